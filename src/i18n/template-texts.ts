/** Where the texts of a template are: the same walk finds them when they are listed and when they are shown. */

/** A piece of a template that a person reads: its markup before it, and whether expressions inside may move. */
export interface TextPiece {
  /** The text, with `{n}` where the expression of that number stands; spaces as they were written. */
  readonly text: string;
  /** True for the value of an attribute. */
  readonly isAttribute: boolean;
  /** The attribute and the tag that it stands in; the tag alone for text. */
  readonly name: string;
  readonly tag: string;
}

/** A template as what is said in it and what is not, in order. */
export type Piece = string | TextPiece;

/** Attributes that carry text, of any element; styles show `data-label`. */
const TEXT_ATTRIBUTES: ReadonlySet<string> = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-roledescription',
  'aria-valuetext',
  'data-label',
  'placeholder',
  'title',
]);
/** What stands in these is for machines, and is the same in every language. */
const SILENT_TAGS: ReadonlySet<string> = new Set(['code', 'pre', 'samp', 'script', 'style']);

/** Stands above what an element with `translate="no"` holds, such as the name of a file. */
const AS_IT_IS = '(as it is)';

/** True where a string has anything to translate: two letters in a row, or a word of one. */
export function hasWords(text: string): boolean {
  return /\p{L}/u.test(text.replace(/\{\d+\}/gu, ''));
}

/** True for an attribute that people read or hear. */
export function isTextAttribute(name: string): boolean {
  return TEXT_ATTRIBUTES.has(name);
}

/**
 * What a text of a template is called in the catalogue: its expressions are counted from 0, its spaces are one
 * each. The name of a key on the keyboard says that it is one: Delete is also a verb.
 */
export function keyOf({ text, tag }: TextPiece): string {
  const numbers: readonly string[] = text.match(/\{\d+\}/gu) ?? [];
  const key = text
    .trim()
    .replace(/\{\d+\}/gu, (number) => `{${numbers.indexOf(number)}}`)
    .replace(/\s+/gu, ' ');
  return tag === 'kbd' ? `${key} (key)` : key;
}

/** Takes a template's strings apart. Expressions are written `{n}`; joined again, the pieces are the template. */
export function takeApart(strings: readonly string[]): readonly Piece[] {
  const whole = strings.reduce((joined, part, index) => `${joined}{${index - 1}}${part}`);
  const pieces: Piece[] = [];
  const open: string[] = [];
  let at = 0;
  while (at < whole.length) {
    const tagStart = whole.indexOf('<', at);
    const end = tagStart < 0 ? whole.length : tagStart;
    if (end > at) pieces.push(asText(whole.slice(at, end), open));
    if (tagStart < 0) break;
    const tagEnd = endOfTag(whole, tagStart);
    pieces.push(...takeTagApart(whole.slice(tagStart, tagEnd), open));
    at = tagEnd;
  }
  return pieces;
}

function asText(text: string, open: readonly string[]): Piece {
  if (open.some((tag) => SILENT_TAGS.has(tag) || tag === AS_IT_IS)) return text;
  return { text, isAttribute: false, name: '', tag: open.at(-1) ?? '' };
}

/** Past the `>` that ends the tag: one in quotes does not. */
function endOfTag(whole: string, start: number): number {
  if (whole.startsWith('<!--', start)) return whole.indexOf('-->', start) + 3;
  let quote = '';
  for (let at = start; at < whole.length; at++) {
    const character = whole[at]!;
    if (quote) quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at + 1;
  }
  return whole.length;
}

function takeTagApart(tag: string, open: string[]): readonly Piece[] {
  const name = /^<\/?([\w-]+)/u.exec(tag)?.[1] ?? '';
  if (tag.startsWith('</')) {
    if (open.includes(name)) open.length = open.lastIndexOf(name);
    return [tag];
  }
  if (!tag.endsWith('/>') && !isVoid(name) && name) {
    open.push(name);
    if (tag.includes(' translate="no"')) open.push(AS_IT_IS);
  }
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of tag.matchAll(/\s([\w-]+)=(?:"([^"]*)"|(\{\d+\}))/gu)) {
    const [all, attribute, quoted, bare] = match;
    const text = quoted ?? bare!;
    const start = match.index + all.length - text.length - (quoted === undefined ? 0 : 1);
    if (!isTextAttribute(attribute!) && !name.includes('-')) continue;
    pieces.push(tag.slice(at, start), { text, isAttribute: true, name: attribute!, tag: name });
    at = start + text.length;
  }
  pieces.push(tag.slice(at));
  return pieces;
}

function isVoid(tag: string): boolean {
  return /^(?:area|br|col|hr|img|input|link|meta|source|wbr)$/u.test(tag);
}
