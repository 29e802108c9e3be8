/** How a link names what is of one device: sets of one's own by their content, models by their weights. */
import type { Dataset } from './dataset';
import type { DraftContext } from './draft-context';
import { chooseDataset, MIXTURE, type Replay, type RunDraft, type StartDraft } from './run-draft';
import { isWithin, MOST_PARTS, RUN_LIMITS } from './run-limits';

/** Why a field of a link was not taken. */
export interface Refusal {
  readonly problem: string;
}

/** A thing that a link can say: its key, how it is written, and how it gets into a draft. */
export interface LinkField {
  readonly key: string;
  /** Undefined where there is nothing to say. */
  readonly write: (draft: RunDraft, context: DraftContext) => unknown;
  readonly read: (value: unknown, draft: RunDraft, context: DraftContext) => RunDraft | Refusal;
}

/** Leaves a field of the draft as it is, and says why. */
export function refuse(problem: string): Refusal {
  return { problem };
}

/** Characters of a hash that name a thing: 64 bits, enough for all that one device holds. */
const HASH_LENGTH = 16;
/** Characters of it that a person is shown. */
const SHOWN_LENGTH = 8;
const SHORT_NAMES: Readonly<Record<string, string>> = { mnist: 'm', generated: 'g' };

const shorten = (hash: string) => hash.slice(0, HASH_LENGTH);

/** The set or the sets of a mixture. */
export const dataField: LinkField = {
  key: 'd',
  write: ({ dataset, mixture }, { sets }) =>
    dataset === MIXTURE
      ? mixture.map(({ set, share }) => [nameSet(set, sets), share])
      : nameSet(dataset, sets),
  read: (value, draft, context) =>
    Array.isArray(value) ? readMixture(value, draft, context) : readSet(value, draft, context),
};

function nameSet(set: string, sets: readonly Dataset[]): string | undefined {
  const own = sets.find(({ name }) => name === set);
  return SHORT_NAMES[set] ?? (own && shorten(own.contentHash.train));
}

function readSet(value: unknown, draft: RunDraft, context: DraftContext): RunDraft | Refusal {
  const set = findSet(value, context);
  if (typeof set !== 'string') return set;
  return chooseDataset(draft, set, context.sets);
}

function readMixture(value: readonly unknown[], draft: RunDraft, context: DraftContext): RunDraft | Refusal {
  if (value.length < 2 || value.length > MOST_PARTS)
    return refuse("The link's mixture could not be understood.");
  const mixture: { set: string; share: number }[] = [];
  for (const part of value) {
    const [name, share] = Array.isArray(part) ? (part as readonly unknown[]) : [];
    if (!isWithin(share, RUN_LIMITS.share)) return refuse("The link's mixture could not be understood.");
    const set = findSet(name, context);
    if (typeof set !== 'string') return set;
    mixture.push({ set, share });
  }
  return { ...draft, dataset: MIXTURE, mixture };
}

function findSet(value: unknown, { sets, isMnistAbsent }: DraftContext): string | Refusal {
  if (value === 'g') return 'generated';
  if (value === 'm') return isMnistAbsent ? refuse('The link trains on MNIST, which is not here.') : 'mnist';
  if (!isShortHash(value)) return refuse("The link's data could not be understood.");
  const own = sets.find(({ contentHash }) => shorten(contentHash.train) === value);
  return own?.name ?? refuse(`The link trains on a set that is not on this device (${shown(value)}).`);
}

function isShortHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{16}$/.test(value);
}

function shown(hash: string): string {
  return `${hash.slice(0, SHOWN_LENGTH)}…`;
}

/** The model to go on from; 0 is none. */
export const startField: LinkField = {
  key: 'f',
  write: ({ startFrom }, { versions }) => {
    const version = startFrom && versions.find(({ id }) => id === startFrom.versionId);
    if (!startFrom || !version) return 0;
    return [shorten(version.weightsHash), startFrom.replay, startFrom.replayShare];
  },
  read: (value, draft, { versions }) => {
    if (value === 0) return { ...draft, startFrom: undefined };
    const [hash, replay, replayShare] = Array.isArray(value) ? (value as readonly unknown[]) : [];
    if (!isShortHash(hash) || !isReplay(replay) || !isWithin(replayShare, RUN_LIMITS.replayShare)) {
      return refuse("The link's model to go on from could not be understood.");
    }
    const version = versions.find(({ weightsHash }) => shorten(weightsHash) === hash);
    if (!version) return refuse(`The link goes on from a model that is not on this device (${shown(hash)}).`);
    const startFrom: StartDraft = { versionId: version.id, replay, replayShare };
    return { ...draft, startFrom };
  },
};

function isReplay(value: unknown): value is Replay {
  return value === 'none' || value === 'mnist' || value === 'generated';
}
