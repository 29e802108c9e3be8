import type { SampleStatistics } from './class-statistics';
import type { Dataset } from './dataset';
import type { ImportPreview } from './import-preview';
import type { ImportReport } from './import-report';
import type { ShardedSplitName } from './shard-manifest';

/** What a sample is for. Validation is cut from training by its pixels: `split.ts`. */
export const SAMPLE_SPLITS = ['train', 'validation', 'test'] as const;
export type SampleSplit = (typeof SAMPLE_SPLITS)[number];

/** What people call the splits. */
export const SPLIT_TITLES: Readonly<Record<SampleSplit, string>> = {
  train: 'Training',
  validation: 'Validation',
  test: 'Test',
};

/** Some samples of a set on their way to a page, in order. */
export interface SampleChunk {
  /** How many samples the set has in all. */
  readonly total: number;
  /** The number of the first one, from 0. */
  readonly first: number;
  /** [count, 28, 28] bytes. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly labels: Uint8Array<ArrayBuffer>;
  /** The place of each in `SAMPLE_SPLITS`. */
  readonly splits: Uint8Array<ArrayBuffer>;
  /** The place of each among the stored samples of its stored split: training and validation are one. */
  readonly places: Uint32Array<ArrayBuffer>;
}

/** What a set looks like as a whole, as things stand. */
export interface DatasetDescription {
  readonly statistics: SampleStatistics;
  /** Of its samples as they count now, by stored split. */
  readonly contentHash: Readonly<Record<ShardedSplitName, string>>;
}

/** Samples as points of a plane: the two directions in which they differ most. */
export interface DatasetMap {
  readonly points: readonly {
    readonly index: number;
    readonly x: number;
    readonly y: number;
    readonly group: number;
  }[];
  /** How much of all difference the two directions hold, 0 … 1. */
  readonly share: number;
}

/** What an import brought, before anybody has agreed to it. */
export interface ImportResult {
  /** The set, stored and not yet listed; undefined where nothing could be taken. */
  readonly dataset: Dataset | undefined;
  readonly report: ImportReport;
  readonly previews: readonly ImportPreview[];
}

/** How a set can be taken away: PNG files in a folder per digit, MNIST's own files, tables of text. */
export type ExportFormat = 'folders' | 'idx' | 'csv';

/** What people call the formats, and what reads them. */
export const EXPORT_FORMATS: Readonly<
  Record<ExportFormat, { readonly title: string; readonly hint: string }>
> = {
  folders: { title: 'ZIP of PNG folders', hint: 'For Keras, PyTorch, or a file manager.' },
  idx: { title: 'IDX files', hint: 'MNIST’s own format, in a ZIP.' },
  csv: { title: 'CSV', hint: 'A table: the label, then 784 pixels.' },
};
