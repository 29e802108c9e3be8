/** What the names of files tell about tables of samples. Names are text; nothing is opened by them. */
import type { ShardedSplitName } from './shard-manifest';

const TABLE = /(\.csv|[.-]idx[13][.-]ubyte|\.idx[13]?)(\.gz)?$/i;
const PICTURE = /\.(png|jpe?g|gif|bmp|webp|avif|tiff?)$/i;
/** Not `latest` or `contest`: a word has to begin there. */
const SPLIT_WORD = /(?:^|[^a-z])(train|test|t10k)/gi;

/** True for the name of a CSV or IDX file, compressed or not. */
export function isTableName(name: string): boolean {
  return TABLE.test(name) && !isHidden(name);
}

/** True where an archive with entries of these names holds tables, and no pictures that they may be about. */
export function looksLikeTables(names: readonly string[]): boolean {
  const seen = names.filter((name) => !isHidden(name));
  return seen.some(isTableName) && !seen.some((name) => PICTURE.test(name));
}

/** The split that a name speaks of, by its last such word: `my-test-digits/train.csv` is training. */
export function splitInName(name: string): ShardedSplitName | undefined {
  const word = [...name.matchAll(SPLIT_WORD)].at(-1)?.[1]?.toLowerCase();
  if (word === undefined) return undefined;
  return word === 'train' ? 'train' : 'test';
}

/** What systems add to archives: `__MACOSX/…`, and names that begin with a dot. */
function isHidden(name: string): boolean {
  return name.split(/[/\\]/).some((part) => part === '__MACOSX' || part.startsWith('.'));
}
