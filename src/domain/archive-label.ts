/**
 * What an archive's names say: `train/3/x.png` is a 3 to train on. A name is read as a label and never as
 * a path; what looks as if it wanted to be one is not mended, for that would forge the label.
 */
import { IMPORT_LIMITS } from './import-limits';
import type { ShardedSplitName } from './shard-manifest';

/** What an entry's name says about it. */
export type NameReading =
  | { readonly kind: 'folder' | 'system' | 'unsafe' }
  /** The label is undefined where no folder names a digit. */
  | { readonly kind: 'file'; readonly label: number | undefined; readonly split: ShardedSplitName };

const WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
/** What systems leave behind beside a person's files: whole folders, and files in any folder. */
const SYSTEM_FOLDER = /^(?:__macosx|\..+)$/i;
const SYSTEM_FILE = /^(?:\._.*|\.ds_store|thumbs\.db|desktop\.ini)$/i;
/** The start of a place on a disk rather than in the archive. */
const ABSOLUTE = /^(?:\/|[a-z]:)/i;

/**
 * Reads an entry's path, whose separator is `/`; `nameBytes` is how long it is in the archive. The
 * nearest folder that names a digit is the label, the nearest that names a split is the split.
 */
export function readArchivePath(path: string, nameBytes: number): NameReading {
  const isFolder = path.endsWith('/');
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  const folders = isFolder ? parts : parts.slice(0, -1);
  if (nameBytes > IMPORT_LIMITS.nameBytes || folders.length > IMPORT_LIMITS.depth || isUnsafe(path, parts)) {
    return { kind: 'unsafe' };
  }
  const isSystem = SYSTEM_FILE.test(parts.at(-1) ?? '') || folders.some((name) => SYSTEM_FOLDER.test(name));
  if (isSystem) return { kind: 'system' };
  if (isFolder) return { kind: 'folder' };
  return {
    kind: 'file',
    label: nearest(folders, digitNamedBy),
    split: nearest(folders, splitNamedBy) ?? 'train',
  };
}

/**
 * The names of an archive with `/` between their folders. Old tools of Windows write `\` instead: that
 * is taken for `/` only where no name at all holds a `/`.
 */
export function unifySeparators(names: readonly string[]): {
  readonly paths: readonly string[];
  readonly hadBackslashes: boolean;
} {
  const hadBackslashes =
    names.some((name) => name.includes('\\')) && !names.some((name) => name.includes('/'));
  return { paths: hadBackslashes ? names.map((name) => name.replaceAll('\\', '/')) : names, hadBackslashes };
}

/** The digit that a folder's name means: `3`, `Three`, `digit_3`, `３`; or undefined. */
export function digitNamedBy(folder: string): number | undefined {
  const name = plain(folder);
  const digit = /^(?:digit[-_ ]?)?([0-9])$/.exec(name)?.[1];
  if (digit !== undefined) return Number(digit);
  const word = WORDS.indexOf(name);
  return word < 0 ? undefined : word;
}

function splitNamedBy(folder: string): ShardedSplitName | undefined {
  const name = plain(folder);
  return name === 'train' || name === 'test' ? name : undefined;
}

/** Full-width and other dressed-up characters as plain ones, without case, without space around. */
function plain(folder: string): string {
  return folder.normalize('NFKC').trim().toLowerCase();
}

function nearest<T>(folders: readonly string[], meaningOf: (folder: string) => T | undefined): T | undefined {
  for (const folder of folders.toReversed()) {
    const meaning = meaningOf(folder);
    if (meaning !== undefined) return meaning;
  }
  return undefined;
}

/** A backslash that is still there stands beside slashes: one tool would take it for one, another not. */
function isUnsafe(path: string, parts: readonly string[]): boolean {
  return parts.length === 0 || ABSOLUTE.test(path) || /[\0\\]/.test(path) || parts.includes('..');
}
