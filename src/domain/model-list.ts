/** Finding one's way among many models: by words, by tag, and in an order. */
import { versionName, type ModelVersionId } from './ids';
import { accuracyOf, type Score } from './metrics';
import type { ModelVersion } from './model-version';

/** The orders in which models can stand. */
export const MODEL_ORDERS = {
  newest: 'Newest first',
  name: 'By name',
  validation: 'Best validation first',
  test: 'Best test first',
} as const;

export type ModelOrder = keyof typeof MODEL_ORDERS;

/** Which models are listed, and how. */
export interface ModelFilter {
  /** Words that all are in a model's name, number, notes, tags, recipe or file. */
  readonly words: string;
  /** Only models that have it; all of them where it is empty. */
  readonly tag: string;
  readonly order: ModelOrder;
}

export const NO_FILTER: ModelFilter = { words: '', tag: '', order: 'newest' };

/** The most tags of a model, and the longest, in characters. */
export const MOST_TAGS = 12;
const LONGEST_TAG = 30;

/** Tags as a person writes them, apart by commas: each once, in the order in which they stand. */
export function parseTags(text: string): readonly string[] {
  const tags = text.split(',').map((tag) => tag.trim().replace(/\s+/g, ' ').slice(0, LONGEST_TAG));
  const byName = new Map<string, string>();
  for (const tag of tags) {
    const name = tag.toLowerCase();
    if (tag !== '' && !byName.has(name)) byName.set(name, tag);
  }
  return [...byName.values()].slice(0, MOST_TAGS);
}

/** All tags of some models, in alphabetical order. */
export function tagsOf(versions: readonly ModelVersion[]): readonly string[] {
  return [...new Set(versions.flatMap(({ tags = [] }) => tags))].toSorted((a, b) => a.localeCompare(b));
}

/** The models that a filter lets through, in its order. `versions` are the newest first. */
export function filterModels<Version extends ModelVersion>(
  versions: readonly Version[],
  testScores: ReadonlyMap<ModelVersionId, Score | undefined>,
  { words, tag, order }: ModelFilter,
): readonly Version[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const found = versions.filter((version) => {
    if (tag !== '' && !version.tags?.includes(tag)) return false;
    const text = searchText(version);
    return wanted.every((word) => text.includes(word));
  });
  return inOrder(found, testScores, order);
}

function searchText({ id, name, notes, tags, config, importedFrom }: ModelVersion): string {
  const parts = [versionName(id), name, notes, ...(tags ?? []), config?.recipe.title, importedFrom];
  return parts.filter(Boolean).join(' ').toLowerCase();
}

/** What has no such score comes last; of equals the newer first. */
function inOrder<Version extends ModelVersion>(
  versions: readonly Version[],
  testScores: ReadonlyMap<ModelVersionId, Score | undefined>,
  order: ModelOrder,
): readonly Version[] {
  const shareOf = (score: Score | undefined) => (score && score.total > 0 ? accuracyOf(score) : -1);
  switch (order) {
    case 'newest':
      return versions;
    case 'name':
      return versions.toSorted((a, b) => titleOf(a).localeCompare(titleOf(b), undefined, { numeric: true }));
    case 'validation':
      return versions.toSorted((a, b) => shareOf(b.validation) - shareOf(a.validation));
    case 'test':
      return versions.toSorted((a, b) => shareOf(testScores.get(b.id)) - shareOf(testScores.get(a.id)));
  }
}

function titleOf({ id, name }: ModelVersion): string {
  return name ?? versionName(id);
}
