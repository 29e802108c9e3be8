import { reportOn, type ArchitectureReport } from './architecture-report';
import { countText } from './count-text';
import {
  FEWEST_SAMPLES,
  GENERATED_MOST,
  mostSamples,
  sampleCount,
  type Dataset,
  type DatasetPart,
} from './dataset';
import { NO_CONTEXT, type DraftContext } from './draft-context';
import { draftParts } from './draft-parts';
import { estimateEngineBytes, exceedsEngine, mostImagesInMemory } from './memory-estimate';
import { freshSets, MIXTURE, startVersion, type RunDraft } from './run-draft';
import { isWithin, MOST_PARTS, RUN_LIMITS, VARIATION_LIMITS, wordLimit, type Limit } from './run-limits';

/** The fields of the form that can be wrong. */
export type DraftField =
  | 'dataset'
  | 'sampleCount'
  | 'epochs'
  | 'seed'
  | 'layers'
  | 'batchSize'
  | 'learningRate'
  | 'weightDecay'
  | 'momentum'
  | 'labelSmoothing'
  | 'patience'
  | 'startFrom'
  | 'replay'
  | 'replayShare'
  | keyof typeof VARIATION_LIMITS;

/** What is wrong with a draft, field by field; empty where nothing is. */
export type DraftErrors = Partial<Record<DraftField, string>>;

/** A class of fewer samples is hardly learned. */
const FEWEST_OF_A_CLASS = 10;
/** The share of a set that is learned from; the rest checks. */
const TRAIN_SHARE = 11 / 12;

/** Says what has to be mended before the run can begin on this device. */
export function findDraftErrors(draft: RunDraft, context: DraftContext = NO_CONTEXT): DraftErrors {
  const errors = {
    ...findNumberErrors(draft),
    ...findDataErrors(draft, context),
    ...findStartErrors(draft, context),
  };
  // What depends on several fields is only said once each of them is right.
  return Object.keys(errors).length > 0 ? errors : findRoomErrors(draft, context);
}

function findNumberErrors({ epochs, seed, settings, startFrom }: RunDraft): DraftErrors {
  const { optimizer, augmentation, earlyStopping, batchSize, learningRate, labelSmoothing } = settings;
  const report = startFrom ? undefined : reportOn(settings.architecture);
  return {
    ...outOf(RUN_LIMITS, {
      epochs,
      seed,
      batchSize,
      learningRate,
      labelSmoothing,
      weightDecay: optimizer.weightDecay,
      ...(optimizer.kind === 'momentum' ? { momentum: optimizer.momentum } : {}),
      ...(earlyStopping ? { patience: earlyStopping.patience } : {}),
      ...(startFrom && startFrom.replay !== 'none' ? { replayShare: startFrom.replayShare } : {}),
    }),
    ...outOf(VARIATION_LIMITS, { ...augmentation }),
    ...(report?.error ? { layers: report.error } : {}),
  };
}

/** What to use in place of each value that is not within the limit of its name. */
function outOf<Name extends string>(
  limits: Readonly<Record<Name, Limit>>,
  values: Readonly<Partial<Record<Name, number>>>,
): Partial<Record<Name, string>> {
  const wrong = (Object.entries(values) as [Name, number][]).filter(
    ([name, value]) => !isWithin(value, limits[name]),
  );
  return Object.fromEntries(wrong.map(([name]) => [name, wordLimit(limits[name])])) as Partial<
    Record<Name, string>
  >;
}

function findDataErrors(draft: RunDraft, context: DraftContext): DraftErrors {
  if (draft.dataset === MIXTURE) return findMixtureErrors(draft, context);
  const own = context.sets.find(({ name }) => name === draft.dataset);
  if (own) return requireClasses([own]);
  const absent = findAbsent(draft.dataset, context);
  if (absent) return { dataset: absent };
  const kind = draft.dataset === 'generated' ? 'generated' : 'mnist';
  return outOf(
    { sampleCount: { low: FEWEST_SAMPLES, high: mostSamples(kind), isWhole: true } },
    { sampleCount: draft.sampleCount },
  );
}

/** Why a set cannot be had here, or undefined. */
function findAbsent(set: string, { sets, isMnistAbsent }: DraftContext): string | undefined {
  if (set === 'generated') return undefined;
  if (set === 'mnist') return isMnistAbsent ? 'MNIST is not on this device.' : undefined;
  return sets.some(({ name }) => name === set) ? undefined : 'This set is not on this device any more.';
}

function findMixtureErrors(draft: RunDraft, context: DraftContext): DraftErrors {
  const { mixture, sampleCount: count } = draft;
  const countErrors = outOf(
    { sampleCount: { low: FEWEST_SAMPLES, high: GENERATED_MOST, isWhole: true } },
    { sampleCount: count },
  );
  const error = findShareError(mixture) ?? mixture.map(({ set }) => findAbsent(set, context)).find(Boolean);
  if (error) return { ...countErrors, dataset: error };
  if (countErrors.sampleCount) return countErrors;
  return { ...requireEnough(draftParts({ ...draft, startFrom: undefined }, context.sets), context.sets) };
}

function findShareError(mixture: RunDraft['mixture']): string | undefined {
  if (mixture.length < 2) return 'A mixture needs two sets at least.';
  if (mixture.length > MOST_PARTS) return `Use at most ${MOST_PARTS} sets.`;
  if (new Set(mixture.map(({ set }) => set)).size < mixture.length) return 'Each set can be in it once.';
  if (mixture.some(({ share }) => !isWithin(share, RUN_LIMITS.share)))
    return `Shares: ${wordLimit(RUN_LIMITS.share).toLowerCase()}`;
  const sum = mixture.reduce((total, { share }) => total + share, 0);
  return sum === 100 ? undefined : `The shares add up to ${sum}%, not to 100%.`;
}

/** Each part of a mixture must have its images, and all together two different digits. */
function requireEnough(parts: readonly DatasetPart[], sets: readonly Dataset[]): DraftErrors {
  for (const part of parts) {
    const most = mostOf(part, sets);
    if (part.sampleCount > most) return { sampleCount: wordShortage(part, most) };
    if (part.sampleCount === 0) return { sampleCount: 'Too few: one of the sets gives no image at all.' };
  }
  const own = sets.filter(({ name }) => parts.some((part) => part.kind === 'stored' && part.name === name));
  return own.length === parts.length ? requireClasses(own) : {};
}

function mostOf(part: DatasetPart, sets: readonly Dataset[]): number {
  if (part.kind !== 'stored') return mostSamples(part.kind);
  const own = sets.find(({ name }) => name === part.name);
  return own ? sampleCount(own, 'train') : 0;
}

function wordShortage(part: DatasetPart, most: number): string {
  const title = part.kind === 'stored' ? part.title : part.kind === 'mnist' ? 'MNIST' : 'Generated digits';
  return `${title}: its share is ${countText(part.sampleCount)} images, and it has ${countText(most)}.`;
}

function requireClasses(sets: readonly Dataset[]): DraftErrors {
  const isThere = (digit: number) => sets.some(({ counts }) => (counts.train[digit] ?? 0) > 0);
  const classes = Array.from({ length: 10 }, (_, digit) => digit).filter(isThere);
  return classes.length >= 2
    ? {}
    : { dataset: 'A network learns to tell digits apart: two different ones at least.' };
}

function findStartErrors(draft: RunDraft, context: DraftContext): DraftErrors {
  const { startFrom } = draft;
  if (!startFrom) return {};
  if (!startVersion(draft, context)) return { startFrom: 'This model is not on this device.' };
  const { replay } = startFrom;
  if (replay === 'none') return {};
  if (freshSets(draft).includes(replay)) return { replay: 'These images are among the data already.' };
  const absent = findAbsent(replay, context);
  return absent ? { replay: absent } : {};
}

/** What does not fit together: the batch and the set, the network and the engine, the images and the device. */
function findRoomErrors(draft: RunDraft, context: DraftContext): DraftErrors {
  const { batchSize } = draft.settings;
  const parts = draftParts(draft, context.sets);
  const count = parts.reduce((sum, part) => sum + part.sampleCount, 0);
  const replayed = draft.startFrom && draft.startFrom.replay !== 'none' ? parts.at(-1) : undefined;
  if (replayed && replayed.sampleCount > mostOf(replayed, context.sets)) {
    return { replayShare: wordShortage(replayed, mostOf(replayed, context.sets)) };
  }
  const trainCount = Math.floor(count * TRAIN_SHARE);
  // A small set of one's own is one batch, whatever the recipe says: ten images are enough to try it.
  if (count >= FEWEST_SAMPLES && batchSize > trainCount) {
    return {
      batchSize: `Larger than the set: about ${countText(trainCount)} images are learned from.`,
    };
  }
  const architecture = startVersion(draft, context)?.architecture ?? draft.settings.architecture;
  return findMemoryErrors(reportOn(architecture), batchSize, count, context);
}

function findMemoryErrors(
  report: ArchitectureReport,
  batchSize: number,
  count: number,
  { memoryBytes }: DraftContext,
): DraftErrors {
  const bytes = estimateEngineBytes(report, batchSize);
  const megabytes = countText(bytes / 1e6);
  if (exceedsEngine(estimateEngineBytes(report, 1))) {
    return {
      layers: `This network takes about ${megabytes} MB, more than an engine can have. Make it smaller.`,
    };
  }
  if (exceedsEngine(bytes)) {
    return {
      batchSize: `Too little memory: a batch like this takes about ${megabytes} MB. Use a smaller one.`,
    };
  }
  const most = mostImagesInMemory(memoryBytes, bytes);
  if (count <= most) return {};
  return {
    sampleCount: `Too little memory: this device holds about ${countText(most)} images at once.`,
  };
}

/** What a person should know before training on a set of their own; undefined where all is well. */
export function warnOfSet({ counts }: Dataset): string | undefined {
  const missing = counts.train.flatMap((count, digit) => (count === 0 ? [digit] : []));
  if (missing.length > 0) return `No ${missing.join(', ')} in it: a network trained on it never reads one.`;
  if (sampleCount({ counts }, 'train') < FEWEST_SAMPLES) {
    return 'A small set: a network learns it by heart and reads others worse.';
  }
  const fewest = Math.min(...counts.train);
  return fewest < FEWEST_OF_A_CLASS
    ? `Only ${fewest} of the rarest digit: it will be read less surely.`
    : undefined;
}
