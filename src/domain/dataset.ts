import { CLASS_COUNT, IMAGE_PIXELS } from './sample';
import type { ShardedSplitName } from './shard-manifest';

/** Images of one set. */
export type DatasetPart =
  | { readonly kind: 'mnist'; readonly sampleCount: number }
  | { readonly kind: 'generated'; readonly sampleCount: number; readonly seed: number }
  /** A set of one's own: alone, all of it. The title is what it was called when the run was set up. */
  | { readonly kind: 'stored'; readonly name: string; readonly title: string; readonly sampleCount: number };

/** Which images a run learns from: those of one set, or of several, each with its own number of images. */
export type DatasetChoice =
  | DatasetPart
  | { readonly kind: 'mixture'; readonly parts: readonly DatasetPart[]; readonly sampleCount: number };

/** Where the samples of a set come from. */
export type DatasetSource = 'mnist' | 'generated' | 'archive' | 'tables' | 'drawn' | 'corrected';

/** What people call the sources. */
export const SOURCE_TITLES: Readonly<Record<DatasetSource, string>> = {
  mnist: 'The MNIST database',
  generated: 'Generated here',
  archive: 'ZIP of pictures',
  tables: 'IDX or CSV files',
  drawn: 'Drawn here',
  corrected: 'Corrections',
};

/** How many of each digit there are. */
export type ClassCounts = readonly number[];

/** A set of labelled images that is stored on this device, whole. */
export interface Dataset {
  /** Names it for ever; a person may change the title. */
  readonly name: string;
  readonly title: string;
  readonly source: DatasetSource;
  /** Of the samples as they arrived, before anything was relabelled or deleted here. */
  readonly contentHash: Readonly<Record<ShardedSplitName, string>>;
  readonly shardCounts: Readonly<Record<ShardedSplitName, number>>;
  /** How many of each digit, as things stand. */
  readonly counts: Readonly<Record<ShardedSplitName, ClassCounts>>;
  readonly completedAt: number;
  /** The files that it was read from, in words. */
  readonly origin?: string;
  /** SHA-256 of those files: the same ones are not taken twice. */
  readonly originHash?: string;
  /** The version of the preprocessing that made its images; absent where they came as they are, or before 2026-11. */
  readonly preprocessVersion?: number;
}

/** The set that holds what was drawn for training. */
export const DRAWN = 'drawn';
/** The set that holds what was misread on Draw, with the digit that it was meant to be. */
export const CORRECTED = 'corrected';

/** What scores on the benchmark of drawn digits are kept under. Nothing is stored of the digits. */
export const DRAWN_BENCHMARK = 'drawn-benchmark';

/** No digit at all, of each class. */
export function noCounts(): number[] {
  return Array.from({ length: CLASS_COUNT }, () => 0);
}

/** How many of each digit some labels hold. */
export function countLabels(labels: Uint8Array): number[] {
  const counts = noCounts();
  for (const label of labels) counts[label]! += 1;
  return counts;
}

/** All samples of a set, or of one of its splits. */
export function sampleCount({ counts }: Pick<Dataset, 'counts'>, split?: ShardedSplitName): number {
  const parts = split ? [counts[split]] : [counts.train, counts.test];
  return parts.flat().reduce((sum, count) => sum + count, 0);
}

/** What a set takes of this device's storage, in bytes: its pixels and labels, and a little for the rest. */
export function storedBytes(dataset: Pick<Dataset, 'counts'>): number {
  return sampleCount(dataset) * (IMAGE_PIXELS + 1) + 1000;
}

/** The sets that a choice takes images of. */
export function partsOf(choice: DatasetChoice): readonly DatasetPart[] {
  return choice.kind === 'mixture' ? choice.parts : [choice];
}

/** True for a choice that needs MNIST on this device. */
export function needsMnist(choice: DatasetChoice): boolean {
  return partsOf(choice).some(({ kind }) => kind === 'mnist');
}

/** What a person calls a choice of data; of a mixture the share of each part, old images that are replayed too. */
export function choiceTitle(choice: DatasetChoice): string {
  if (choice.kind === 'mixture') {
    return choice.parts.map((part) => `${choiceTitle(part)} ${wordShare(part, choice)}`).join(' + ');
  }
  if (choice.kind === 'stored') return choice.title;
  return choice.kind === 'mnist' ? 'MNIST' : 'Generated digits';
}

/** In per cent, with a decimal where there is one: twelve corrections among three thousand images are 0.4%. */
function wordShare(part: DatasetPart, { sampleCount: total }: DatasetChoice): string {
  const percent = Number(((100 * part.sampleCount) / total).toFixed(1));
  if (percent === 0 && part.sampleCount > 0) return '<0.1%';
  return percent === 100 && part.sampleCount < total ? '>99.9%' : `${percent}%`;
}

/** Images in MNIST's training set; more cannot be asked for. */
export const MNIST_TRAIN_COUNT = 60_000;
/** Generated digits are endless; this many fit in the memory of a small device, 157 MB. */
export const GENERATED_MOST = 200_000;
/** Fewer images than this leave too few to check with. */
export const FEWEST_SAMPLES = 100;

/** The most images that MNIST or the generated digits have to give. */
export function mostSamples(kind: 'mnist' | 'generated'): number {
  return kind === 'mnist' ? MNIST_TRAIN_COUNT : GENERATED_MOST;
}
