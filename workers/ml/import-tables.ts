import { AppError, throwIfAborted } from '../../src/domain/errors';
import { pairIdxFiles } from '../../src/domain/idx-pairs';
import { IMPORT_LIMITS } from '../../src/domain/import-limits';
import type { ImportReport, SampleSink } from '../../src/domain/import-report';
import type { WorkOptions } from '../../src/platform/pace';
import { unpackedBytes } from '../../src/platform/unpacked-bytes';
import { importCsv } from './import-csv';
import { importIdxPair } from './import-idx';
import { ImportRun, type TableFile } from './import-run';

type TableKind = 'images' | 'labels' | 'csv';

/** How IDX files of unsigned bytes begin; the number of dimensions follows. */
const IDX_START = [0, 0, 8] as const;
const LABELS_DIMENSIONS = 1;

/**
 * Takes the samples of IDX pairs and CSV files, compressed or not, in the order of the files. `domain/
 * idx-pairs.ts` says which files are a pair; names also choose the split. Throws `invalid-input` where a file
 * is not what it should be (FILE_MISSING, FILE_TOO_LARGE, IDX_PAIR, and those of `importIdxPair`, `importCsv`
 * and `unpackedBytes`) and `aborted`: whoever keeps the samples then has to drop those that were added.
 */
export async function readTables(
  files: readonly TableFile[],
  sink: SampleSink,
  options: WorkOptions = {},
): Promise<ImportReport> {
  requireReasonable(files);
  const kinds = await recogniseAll(files, options.signal);
  const ofKind = (kind: TableKind) => files.filter((_, index) => kinds[index] === kind);
  const pairs = pairIdxFiles(ofKind('images'), ofKind('labels'));
  const run = new ImportRun(files, sink, options);
  for (const pair of pairs) await importIdxPair(pair, run);
  for (const file of ofKind('csv')) await importCsv(file, run);
  return run.tally.report();
}

function requireReasonable(files: readonly TableFile[]): void {
  if (files.length === 0) throw refused('No file was chosen.', 'FILE_MISSING');
  const large = files.find(({ size }) => size > IMPORT_LIMITS.fileBytes);
  if (large) throw refused(`“${large.name}” is too large.`, 'FILE_TOO_LARGE');
}

async function recogniseAll(
  files: readonly TableFile[],
  signal: AbortSignal | undefined,
): Promise<readonly TableKind[]> {
  const kinds: TableKind[] = [];
  for (const file of files) {
    throwIfAborted(signal);
    kinds.push(await recognise(file));
  }
  return kinds;
}

/** By its first bytes; what is called IDX is held to be it, so that it is told what is wrong with it. */
async function recognise(file: TableFile): Promise<TableKind> {
  const head = await readHead(file);
  const startsAsIdx = IDX_START.every((byte, at) => head[at] === byte);
  if (!startsAsIdx && !/idx[13]|ubyte/i.test(file.name)) return 'csv';
  const isLabels = startsAsIdx ? head[3] === LABELS_DIMENSIONS : /label/i.test(file.name);
  return isLabels ? 'labels' : 'images';
}

/** The first piece of a file, unpacked; nothing of an empty one. */
async function readHead(file: TableFile): Promise<Uint8Array> {
  for await (const { bytes } of unpackedBytes(file, { bytesLeft: IMPORT_LIMITS.totalBytes })) return bytes;
  return new Uint8Array(0);
}

function refused(message: string, reason: string): AppError {
  return new AppError('invalid-input', message, {
    reason,
    kept: 'Nothing was added.',
    remedy: `Choose CSV files, or IDX files of images and labels, of at most ${IMPORT_LIMITS.fileBytes / 1024 / 1024} MB each.`,
  });
}
