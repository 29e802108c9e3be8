import { unifySeparators } from '../../src/domain/archive-label';
import { AppError, throwIfAborted } from '../../src/domain/errors';
import { PreviewPicker, type ImportPreview } from '../../src/domain/import-preview';
import { ImportTally, type ImportReport, type SampleSink } from '../../src/domain/import-report';
import { mapInOrder } from '../../src/domain/map-in-order';
import { showName } from '../../src/domain/show-name';
import { yieldToEvents } from '../../src/platform/yield-to-events';
import { requireReasonableFile, scanArchive } from '../../src/platform/zip/scan-archive';
import { createEntryReader, type EntryOutcome } from './read-archive-entry';

/** Entries that are read at the same time. */
const WINDOW = 8;
/** How long reading goes on before it listens and tells how far it is, in milliseconds. */
const LISTEN_EVERY = 100;

/** How far an import is, in entries. */
export interface ArchiveProgress {
  readonly done: number;
  readonly total: number;
}

/** How an archive is read. */
export interface ReadArchiveOptions {
  readonly signal?: AbortSignal;
  /** Called about ten times a second, and at the end. */
  readonly onProgress?: (progress: ArchiveProgress) => void;
}

/** What an archive held. */
export interface ArchiveReading {
  readonly report: ImportReport;
  /** A few of its pictures, of as many different digits as there are. */
  readonly previews: readonly ImportPreview[];
}

/** A ZIP file: a File, or what a test makes of one. */
export type ArchiveFile = Pick<File, 'name' | 'size' | 'arrayBuffer'>;

/**
 * Reads the labelled pictures of a ZIP file into a sink, in the archive's order. What is wrong with an
 * entry is counted in the report, and the rest is read; an archive that cannot be trusted is refused as a
 * whole, before the sink gets anything: `invalid-input` with a reason of `ArchiveRefusal`, or
 * FILE_UNREADABLE.
 */
export async function readArchive(
  file: ArchiveFile,
  sink: SampleSink,
  options: ReadArchiveOptions = {},
): Promise<ArchiveReading> {
  const { signal } = options;
  throwIfAborted(signal);
  requireReasonableFile(file.size);
  const archive = new Uint8Array(await file.arrayBuffer().catch(throwUnreadable));
  const { entries, strayBytes } = scanArchive(archive);
  const { paths, hadBackslashes } = unifySeparators(entries.map(({ name }) => name));
  const record = new ArchiveRecord(sink);
  if (strayBytes > 0) record.tally.note('STRAY_BYTES', showName(file.name));
  if (hadBackslashes) record.tally.note('BACKSLASH_NAMES', showName(file.name));

  const read = createEntryReader(archive, signal);
  const outcomes = mapInOrder(entries.entries(), WINDOW, ([index, entry]) => read(entry, paths[index]!));
  const listen = createListener(entries.length, options);
  let done = 0;
  for await (const outcome of outcomes) {
    await record.add(outcome, showName(paths[done]!));
    done += 1;
    await listen(done);
  }
  return { report: record.tally.report(), previews: record.previews.picked() };
}

/** The file was moved or changed after it was chosen, or there is no memory for it. */
function throwUnreadable(cause: unknown): never {
  const help = {
    reason: 'FILE_UNREADABLE',
    kept: 'Nothing was added.',
    remedy: 'Choose it again; if it is large, close other tabs first.',
  };
  throw new AppError('invalid-input', 'This file cannot be read.', help, { cause });
}

/** What is known of an archive so far. */
class ArchiveRecord {
  readonly tally = new ImportTally();
  readonly previews = new PreviewPicker();
  constructor(private readonly sink: SampleSink) {}

  async add(outcome: EntryOutcome, name: string): Promise<void> {
    switch (outcome.kind) {
      case 'ignored':
        return this.tally.ignore(outcome.code, name);
      case 'rejected':
        return this.tally.reject(outcome.code, name);
      case 'sample':
        if (outcome.isAnimated) this.tally.note('ANIMATED_FIRST_FRAME', name);
        this.previews.offer(name, outcome.sample.label, outcome.steps);
        return this.tally.take(this.sink, outcome.sample, name);
    }
  }
}

/** Tells how far it is and lets a cancel message arrive, now and then and at the end. */
function createListener(total: number, { signal, onProgress }: ReadArchiveOptions) {
  let listened = performance.now();
  return async (done: number) => {
    if (done < total && performance.now() - listened < LISTEN_EVERY) return;
    onProgress?.({ done, total });
    await yieldToEvents();
    throwIfAborted(signal);
    listened = performance.now();
  };
}
