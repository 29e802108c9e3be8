import { Patterns } from './patterns';
import { writeNumbers } from './numbers';
import { FIRST_MARK, NAMES_AS_THEY_ARE } from './as-is';
import { hasWords, isTextAttribute, keyOf, takeApart, type TextPiece } from './template-texts';

/** What a language says: English, with `{0}` for what is put in, to that language. */
export type Catalogue = Readonly<Record<string, string>>;

/** A template and what is put into it, as lit takes them. */
interface Filled {
  readonly strings: TemplateStringsArray;
  readonly values: unknown[];
}

/** A template in another language. */
interface Plan {
  readonly strings: TemplateStringsArray;
  /** The number of the value that goes into each place, and whether it is read by people. */
  readonly places: readonly { readonly value: number; readonly isRead: boolean }[];
}

/** As many texts as are remembered; a training says another one ten times a second. */
const MOST_REMEMBERED = 2000;

/** Where texts are put together, the widest seams first. */
const SEAMS = [
  /((?<=[.!?…])\s+)/u,
  /([:;]\s+)/u,
  /(\s[·–+]\s)/u,
  /(,\s+)/u,
  /(\s?\(|\)(?=$|[\s.,;]))/u,
] as const;
const NUMBER_AND_UNIT = /((?<=\d)\s(?=\p{L})|(?<=\p{L})\s(?=\d))/u;

/** Says in another language what templates and code say in English. */
export class Translator {
  private readonly patterns: Patterns;
  /** The messages by themselves in small letters. */
  private readonly keys = new Map<string, string>();
  private readonly plans = new WeakMap<TemplateStringsArray, Plan>();
  private readonly said = new Map<string, string>();

  constructor(
    /** Whose numbers are written, as Intl names it. */
    readonly locale: string,
    private readonly catalogue: Catalogue,
  ) {
    this.patterns = new Patterns(catalogue);
    for (const key of Object.keys(catalogue)) this.keys.set(key.toLowerCase(), key);
  }

  /** A template's strings and values. The same strings give the same strings: lit knows templates by them. */
  fill(strings: TemplateStringsArray, values: readonly unknown[]): Filled {
    let plan = this.plans.get(strings);
    if (!plan) this.plans.set(strings, (plan = this.plan(strings)));
    return {
      strings: plan.strings,
      values: plan.places.map(({ value, isRead }) => (isRead ? this.sayValue(values[value]) : values[value])),
    };
  }

  /**
   * A text. It is looked up as a whole, then as a message with something put in, then sentence by sentence. What
   * no catalogue knows, such as a name, stays; its numbers are written as the language writes them.
   */
  say(text: string): string {
    const kept = this.said.get(text);
    if (kept !== undefined) return kept;
    const said = this.sayAround(text);
    if (this.said.size >= MOST_REMEMBERED) this.said.clear();
    this.said.set(text, said);
    return said;
  }

  /** Names that are the same in every language are taken out meanwhile: nothing in them is a message. */
  private sayAround(text: string): string {
    const names: string[] = [];
    const bare = text.replace(NAMES_AS_THEY_ARE, (name) =>
      String.fromCharCode(FIRST_MARK + names.push(name) - 1),
    );
    const said = this.translate(bare, false) ?? this.sayParts(bare) ?? writeNumbers(bare, this.locale);
    return names.reduce((all, name, at) => all.replace(String.fromCharCode(FIRST_MARK + at), name), said);
  }

  private sayValue(value: unknown): unknown {
    if (typeof value === 'string') return this.say(value);
    if (typeof value === 'number') return writeNumbers(String(value), this.locale);
    return Array.isArray(value) ? value.map((one) => this.sayValue(one)) : value;
  }

  private translate(text: string, isLoose: boolean): string | undefined {
    const [, before, core, after] = /^(\s*)(.*?)(\s*)$/su.exec(text)!;
    if (!hasWords(core!)) return undefined;
    const key = core!.replace(/\s+/gu, ' ');
    const found = this.catalogue[key] ?? this.nearly(key) ?? this.fromPattern(key, isLoose);
    return found === undefined ? undefined : `${before}${found}${after}`;
  }

  private fromPattern(key: string, isLoose: boolean): string | undefined {
    const match = this.patterns.find(key, isLoose);
    if (!match) return undefined;
    return match.translation.replace(/\{(\d+)\}/gu, (_, index: string) =>
      this.say(match.values[Number(index)]!),
    );
  }

  /**
   * A heading that code has put into a sentence, or a message that got a full stop. German keeps the capitals of
   * its nouns.
   */
  private nearly(key: string): string | undefined {
    const stop = key.endsWith('.') ? '.' : '';
    const found = this.catalogue[this.keys.get(key.slice(0, key.length - stop.length).toLowerCase()) ?? ''];
    if (!found) return undefined;
    const isLower = key.charAt(0) === key.charAt(0).toLowerCase();
    return (isLower && this.locale !== 'de' ? found.charAt(0).toLowerCase() + found.slice(1) : found) + stop;
  }

  /**
   * What was put together of several messages: sentences, parts of one. Where a part is known to nobody, a message
   * that says next to nothing by itself, such as `{0} of {1}`, may be the whole; then a number and its unit.
   */
  private sayParts(text: string): string | undefined {
    const halves: string[] = [];
    for (const seam of SEAMS) {
      const { said, isWhole } = this.sayBetween(text, seam);
      if (isWhole) return said;
      if (said !== text) halves.push(said);
    }
    const loose = this.translate(text, true);
    if (loose !== undefined) return loose;
    const { said, isWhole } = this.sayBetween(text, NUMBER_AND_UNIT);
    return isWhole ? said : halves[0];
  }

  private sayBetween(text: string, seam: RegExp): { readonly said: string; readonly isWhole: boolean } {
    const parts = text.split(seam);
    if (parts.length === 1) return { said: text, isWhole: false };
    const said = parts.map((part, index) => (index % 2 === 0 ? this.say(part) : part));
    const isSaid = (part: string, index: number) =>
      part !== said[index] || index % 2 === 1 || !hasWords(part);
    return { said: said.join(''), isWhole: parts.every(isSaid) };
  }

  private plan(strings: TemplateStringsArray): Plan {
    const read = new Set<number>();
    const whole = takeApart(strings)
      .map((piece) => (typeof piece === 'string' ? piece : this.sayPiece(piece, read)))
      .join('');
    const parts = whole.split(/\{(\d+)\}/u);
    const texts = parts.filter((_, index) => index % 2 === 0);
    return {
      strings: Object.assign(texts, { raw: texts }) as readonly string[] as TemplateStringsArray,
      places: parts
        .filter((_, index) => index % 2 === 1)
        .map((value) => ({ value: Number(value), isRead: read.has(Number(value)) })),
    };
  }

  /** A text of a template. Its expressions are counted from 0 in the catalogue. */
  private sayPiece(piece: TextPiece, read: Set<number>): string {
    const { text, isAttribute, name } = piece;
    // What a component is told in English, it says itself.
    if (isAttribute && !isTextAttribute(name)) return text;
    const numbers: readonly string[] = text.match(/\{\d+\}/gu) ?? [];
    for (const number of numbers) read.add(Number(number.slice(1, -1)));
    if (!hasWords(text)) return text;
    const core = text.trim();
    const found = this.catalogue[keyOf(piece)];
    if (found === undefined) return text;
    const start = text.indexOf(core);
    const said = found.replace(/\{(\d+)\}/gu, (_, index: string) => numbers[Number(index)]!);
    return text.slice(0, start) + said + text.slice(start + core.length);
  }
}
