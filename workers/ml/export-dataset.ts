import { encodeCsvNames, encodeCsvRows } from '../../src/domain/csv-samples';
import type { ExportFormat } from '../../src/domain/dataset-view';
import { AppError } from '../../src/domain/errors';
import { encodeIdxImages, encodeIdxLabels } from '../../src/domain/idx';
import { MNIST_FILES, type MnistFile } from '../../src/domain/mnist';
import { encodeGreyPng } from '../../src/domain/png';
import { CLASS_COUNT, imageAt, type SampleBlock } from '../../src/domain/sample';
import type { ShardedSplitName } from '../../src/domain/shard-manifest';
import { gzip } from '../../src/platform/gzip';
import { Pace, type WorkOptions } from '../../src/platform/pace';
import { writeArchive, type ArchiveEntry } from '../../src/platform/zip/write-archive';

/** A data set as a file. */
export interface DatasetExport {
  /** What to put behind the set's name, such as `-folders.zip`. */
  readonly suffix: string;
  readonly blob: Blob;
}

type Splits = Readonly<Record<ShardedSplitName, SampleBlock>>;
type FilledSplit = readonly [ShardedSplitName, SampleBlock];

/** Digits in the number of a PNG file, at least. */
const NUMBER_DIGITS = 5;
/** Rows that are made into text at a time. */
const ROWS = 1000;
/** Where tables are packed: the share of the work after which they are text. */
const TEXT_SHARE = 0.2;

/**
 * Writes a data set as one file; splits without samples are left out:
 *
 * - `folders`: a ZIP of `train/0/00000.png` … `test/9/…`, or of `0/00000.png` … where nothing is for testing.
 *   Keras' image_dataset_from_directory and torchvision's ImageFolder read it. A file's number is its place
 *   in the split, counted over all digits.
 * - `idx`: a ZIP of MNIST's own files, `train-images-idx3-ubyte.gz` and so on.
 * - `csv`: `label,pixel0,…,pixel783`; one table as it is, two as a ZIP of `train.csv` and `test.csv`.
 *
 * What is read back is the same: the same samples as often, that is pixels, label and split. `idx` and `csv`
 * keep their order, too. The same samples give the same bytes, in the same browser for `idx`, whose gzip is
 * the browser's. Throws `invalid-input` (EXPORT_EMPTY) and `aborted`.
 */
export async function exportDataset(
  splits: Splits,
  format: ExportFormat,
  options: WorkOptions = {},
): Promise<DatasetExport> {
  const filled = filledSplits(splits);
  switch (format) {
    case 'folders':
      return { suffix: '-folders.zip', blob: await writeArchive(folderEntries(filled), options) };
    case 'idx':
      return { suffix: '-idx.zip', blob: await writeArchive(await idxEntries(splits, options), options) };
    case 'csv':
      return exportCsv(filled, options);
  }
}

function filledSplits({ train, test }: Splits): readonly FilledSplit[] {
  const all: readonly FilledSplit[] = [
    ['train', train],
    ['test', test],
  ];
  const filled = all.filter(([, { labels }]) => labels.length > 0);
  if (filled.length > 0) return filled;
  throw new AppError('invalid-input', 'This set has no digits.', {
    reason: 'EXPORT_EMPTY',
    kept: 'The set is as it was.',
    remedy: 'Add some digits first.',
  });
}

/** Digit by digit, each in the order of the set. */
function* folderEntries(splits: readonly FilledSplit[]): Generator<ArchiveEntry> {
  const isTrainOnly = splits.every(([name]) => name === 'train');
  for (const [name, { pixels, labels }] of splits) {
    const folder = isTrainOnly ? '' : `${name}/`;
    const digits = Math.max(NUMBER_DIGITS, String(labels.length - 1).length);
    for (let label = 0; label < CLASS_COUNT; label++) {
      for (let at = labels.indexOf(label); at >= 0; at = labels.indexOf(label, at + 1)) {
        const path = `${folder}${label}/${String(at).padStart(digits, '0')}.png`;
        yield { path, content: encodeGreyPng(imageAt(pixels, at)), isPacked: true };
      }
    }
  }
}

/** MNIST's own files of a set, compressed. Throws `invalid-input` (EXPORT_EMPTY) and `aborted`. */
export async function idxEntries(
  splits: Splits,
  { signal, onProgress }: WorkOptions,
): Promise<readonly ArchiveEntry[]> {
  const filled = filledSplits(splits);
  const entries: ArchiveEntry[] = [];
  for (const [name, { pixels, labels }] of filled) {
    entries.push(await packIdx(`${name}Images`, encodeIdxImages(pixels), signal));
    entries.push(await packIdx(`${name}Labels`, encodeIdxLabels(labels), signal));
    onProgress?.(entries.length / (2 * filled.length));
  }
  return entries;
}

async function packIdx(
  file: MnistFile,
  bytes: Uint8Array<ArrayBuffer>,
  signal: AbortSignal | undefined,
): Promise<ArchiveEntry> {
  return { path: `${MNIST_FILES[file].name}.gz`, content: await gzip(bytes, signal), isPacked: true };
}

async function exportCsv(
  splits: readonly FilledSplit[],
  { signal, onProgress }: WorkOptions,
): Promise<DatasetExport> {
  const textShare = splits.length === 1 ? 1 : TEXT_SHARE;
  const tables = await writeTables(splits, {
    signal,
    onProgress: (share) => onProgress?.(textShare * share),
  });
  if (tables.length === 1) return { suffix: `-${tables[0]!.path}`, blob: tables[0]!.content };
  const blob = await writeArchive(tables, {
    signal,
    onProgress: (share) => onProgress?.(textShare + (1 - textShare) * share),
  });
  return { suffix: '-csv.zip', blob };
}

interface Table extends ArchiveEntry {
  readonly content: Blob;
}

async function writeTables(splits: readonly FilledSplit[], options: WorkOptions): Promise<readonly Table[]> {
  const pace = new Pace(options);
  const total = splits.reduce((sum, [, { labels }]) => sum + labels.length, 0);
  const tables: Table[] = [];
  let done = 0;
  for (const [name, block] of splits) {
    // Each piece is a Blob of its own, which the browser may keep outside of this thread's memory.
    const pieces = [new Blob([encodeCsvNames()])];
    for (let from = 0; from < block.labels.length; from += ROWS) {
      const to = Math.min(block.labels.length, from + ROWS);
      pieces.push(new Blob([encodeCsvRows(block, from, to)]));
      done += to - from;
      await pace.step(done / total);
    }
    tables.push({ path: `${name}.csv`, content: new Blob(pieces, { type: 'text/csv' }) });
  }
  return tables;
}
