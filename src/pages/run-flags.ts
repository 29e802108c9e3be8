import { readLesson, type LessonLink } from '../domain/lesson-link';
import type { RunDraft } from '../domain/run-draft';

/**
 * Applies the debug flags of the page's address to a draft: `?engine=cpu`, `?seed=1`,
 * `?dataset=generated`. What is not understood is left as it was.
 */
export function readDraftFlags(draft: RunDraft, search: string): RunDraft {
  const flags = new URLSearchParams(search);
  const engine = flags.get('engine');
  const dataset = flags.get('dataset');
  const seed = Number(flags.get('seed') ?? draft.seed);
  return {
    ...draft,
    engine: engine === 'cpu' || engine === 'webgl' || engine === 'simd' ? engine : draft.engine,
    dataset: dataset === 'generated' || dataset === 'mnist' ? dataset : draft.dataset,
    seed: Number.isInteger(seed) ? seed : draft.seed,
  };
}

/** The setup that an address carries: what `?run=` says behind the route; undefined where it says nothing. */
export function readLinkFlag(hash: string): string | undefined {
  return readFlag(hash, 'run');
}

/** The lesson that an address carries with a setup; undefined where it carries none. */
export function readLessonFlag(hash: string): LessonLink | undefined {
  return readLesson(readFlag(hash, 'lesson'), readFlag(hash, 'lock'));
}

function readFlag(hash: string, name: string): string | undefined {
  const query = /^#\/train\?(.*)$/.exec(hash)?.[1];
  return query === undefined ? undefined : (new URLSearchParams(query).get(name) ?? undefined);
}

/** The address of a setup: the page's own, without its debug flags. */
export function linkAddress(href: string, written: string): string {
  return lessonAddress(href, `run=${written}`);
}

/** The address of a lesson, of what stands behind its `?`. */
export function lessonAddress(href: string, query: string): string {
  const { origin, pathname } = new URL(href);
  return `${origin}${pathname}#/train?${query}`;
}
