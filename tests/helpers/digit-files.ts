/** Normalised digits and what an import made of them: the small change of the archive tests. */
import type { ImportReport, Tally } from '../../src/domain/import-report';
import { acceptedCount, tallyTotal } from '../../src/domain/import-report';
import { inkToPixels } from '../../src/domain/preprocess';
import { readArchive, type ArchiveReading } from '../../workers/ml/import-archive';
import { AppError } from '../../src/domain/errors';
import { collectingSink, type CollectingSink } from './collecting-sink';
import { asImage, inkOf, line } from './pictures';
import { greyPng } from './png-kinds';
import { asFile, zip, type ZipPart, type ZipShape } from './zip-files';

type Bytes = Uint8Array<ArrayBuffer>;

/** The pixels of a hook, [28, 28] bytes in MNIST's form; each of 384 seeds gives another one. */
export function digitPixels(seed: number): Bytes {
  const bend = [14, 8 + ((seed >> 6) % 6)] as const;
  return inkToPixels(inkOf([line([5 + (seed % 8), 4], bend, [20 - ((seed >> 3) % 8), 23])]))!;
}

/** The same as a PNG of 8 bits of grey, white on black. */
export async function digitPng(seed: number): Promise<Bytes> {
  return greyPng(asImage(digitPixels(seed)));
}

/** What became of an archive: a reason where it was refused, else what it held. */
export interface Outcome extends Partial<ArchiveReading> {
  readonly refusal?: string | undefined;
  readonly sink: CollectingSink;
}

/** Reads an archive of these parts into an empty sink. */
export async function importZip(parts: readonly ZipPart[], shape?: ZipShape): Promise<Outcome> {
  return importBytes(await zip(parts, shape));
}

/** Reads these bytes as an archive. An error that is not coded goes through. */
export async function importBytes(bytes: Bytes): Promise<Outcome> {
  const sink = collectingSink();
  try {
    return { ...(await readArchive(asFile(bytes), sink)), sink };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid-input') throw error;
    return { refusal: error.help.reason, sink };
  }
}

/** What a report says, short enough to compare: the number accepted, and a count for each code. */
export function summarize(report: ImportReport | undefined): Record<string, number> {
  if (!report) return {};
  const counts = (tallies: readonly Tally<string>[]) => tallies.map(({ code, count }) => [code, count]);
  const accepted = acceptedCount(report);
  return Object.fromEntries([
    ...(accepted > 0 ? [['accepted', accepted]] : []),
    ...counts(report.rejected),
    ...counts(report.ignored),
    ...counts(report.notes),
  ]) as Record<string, number>;
}

/** True where everything in the file is accounted for. */
export function isComplete(report: ImportReport, entries: number): boolean {
  const known = acceptedCount(report) + tallyTotal(report.rejected) + tallyTotal(report.ignored);
  return report.entries === entries && known === entries;
}
