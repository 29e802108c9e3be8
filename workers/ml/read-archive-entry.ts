import { readArchivePath } from '../../src/domain/archive-label';
import { AppError, throwIfAborted } from '../../src/domain/errors';
import { IMPORT_LIMITS } from '../../src/domain/import-limits';
import { shrinkSteps } from '../../src/domain/import-preview';
import type { IgnoredCode, ImportedSample, RejectionCode } from '../../src/domain/import-report';
import { createQueue, type Queue } from '../../src/domain/one-at-a-time';
import { preprocess, type PreprocessSteps } from '../../src/domain/preprocess';
import { isAnimated } from '../../src/platform/animation';
import { decodePicture, inspectPicture } from '../../src/platform/decode-image';
import type { PictureHeader } from '../../src/platform/image-header';
import type { ZipEntry } from '../../src/platform/zip/place-entries';
import { readEntry } from '../../src/platform/zip/read-entry';

/** What becomes of an entry before anybody knows whether the set has it already. */
export type EntryOutcome =
  | { readonly kind: 'ignored'; readonly code: IgnoredCode }
  | { readonly kind: 'rejected'; readonly code: RejectionCode }
  | {
      readonly kind: 'sample';
      readonly sample: ImportedSample;
      /** Small enough to keep. */
      readonly steps: PreprocessSteps;
      readonly isAnimated: boolean;
    };

/** Reads an entry whose name, with `/` between folders, is `path`. What is wrong with it is its outcome. */
export type EntryReader = (entry: ZipEntry, path: string) => Promise<EntryOutcome>;

/** What all entries of an archive are read with. */
interface Context {
  readonly archive: Uint8Array<ArrayBuffer>;
  /** Large pictures go through it, so that many at once cannot fill the memory. */
  readonly largeOnes: Queue;
  readonly signal: AbortSignal | undefined;
}

/** The kinds of entries by their Unix mode. */
const MODE_KIND = 0xf000;
const MODE_SYMLINK = 0xa000;
/** A picture of more pixels than this waits until no other such one is being read. */
const LARGE_PIXELS = 1024 * 1024;

/** What an entry can be rejected for while it is read; any other error is not about the entry. */
const REJECTIONS: ReadonlySet<string> = new Set<RejectionCode>([
  'ENTRY_CORRUPT',
  'ENTRY_CRC',
  'ENTRY_SIZE',
  'ZIP_METHOD',
  'NOT_IMAGE',
  'SVG_NOT_SUPPORTED',
  'FORMAT_UNSUPPORTED',
  'IMAGE_EMPTY',
  'IMAGE_CORRUPT',
  'IMAGE_TOO_LARGE',
  'IMAGE_TOO_SMALL',
  'BLANK_IMAGE',
]);

/** A reader of an archive's entries, also of several at once. Once called off it begins no more pictures. */
export function createEntryReader(
  archive: Uint8Array<ArrayBuffer>,
  signal: AbortSignal | undefined,
): EntryReader {
  const context = { archive, largeOnes: createQueue(), signal };
  return (entry, path) => readNamed(context, entry, path);
}

async function readNamed(context: Context, entry: ZipEntry, path: string): Promise<EntryOutcome> {
  const reading = readArchivePath(path, entry.nameLength);
  switch (reading.kind) {
    case 'unsafe':
      return rejected('NAME_UNSAFE');
    case 'system':
      return { kind: 'ignored', code: 'SYSTEM_FILE' };
    case 'folder':
      return { kind: 'ignored', code: 'FOLDER' };
    case 'file':
      return readFile(context, entry, reading).catch(toRejection);
  }
}

async function readFile(
  context: Context,
  entry: ZipEntry,
  { label, split }: Pick<ImportedSample, 'split'> & { readonly label: number | undefined },
): Promise<EntryOutcome> {
  if ((entry.mode & MODE_KIND) === MODE_SYMLINK) return rejected('ENTRY_SYMLINK');
  if (entry.size > IMPORT_LIMITS.entryBytes) return rejected('ENTRY_TOO_LARGE');
  const bytes = await readEntry(context.archive, entry);
  if (isArchive(bytes)) return rejected('NESTED_ZIP');
  const header = inspectPicture(bytes);
  // Told last of what a look at the bytes tells: a text in no folder is rather no picture.
  if (label === undefined) return rejected('LABEL_UNKNOWN');
  const steps = await readSteps(context, bytes, header);
  const sample = { pixels: steps.pixels, label, split };
  return { kind: 'sample', sample, steps, isAnimated: isAnimated(bytes, header.format) };
}

function readSteps(
  { largeOnes, signal }: Context,
  bytes: Uint8Array<ArrayBuffer>,
  header: PictureHeader,
): Promise<PreprocessSteps> {
  const read = async () => {
    throwIfAborted(signal);
    const raster = await decodePicture(bytes, header);
    throwIfAborted(signal);
    return shrinkSteps(preprocess(raster));
  };
  return header.width * header.height > LARGE_PIXELS ? largeOnes(read) : read();
}

function rejected(code: RejectionCode): EntryOutcome {
  return { kind: 'rejected', code };
}

function toRejection(error: unknown): EntryOutcome {
  const reason = error instanceof AppError ? error.help.reason : undefined;
  if (reason === undefined || !REJECTIONS.has(reason)) throw error;
  return rejected(reason as RejectionCode);
}

/** An archive begins with an entry, with its end, or as a part of a split one. Never looked into. */
function isArchive([p, k, first, second]: Uint8Array): boolean {
  return p === 0x50 && k === 0x4b && [0x0304, 0x0506, 0x0708].includes(first! * 256 + second!);
}
