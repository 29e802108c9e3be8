/** Messages with something put in, found again in what was said. */

interface Pattern {
  readonly expression: RegExp;
  /** What must not be in anything that is put in. */
  readonly end: RegExp;
  /** The longest of its words in a row: a text without them needs no closer look. */
  readonly longest: string;
  /** The number of the placeholder that each group holds. */
  readonly order: readonly number[];
  readonly translation: string;
  readonly weight: number;
  /** Of what it says by itself, with quotes and stops. */
  readonly length: number;
}

/** A message that was found: what it is in the other language, and what was put in, by number. */
export interface Found {
  readonly translation: string;
  readonly values: Readonly<Record<number, string>>;
}

/** As many letters of its own as a message needs to be told from others. */
const FIRM = 5;
/** The end of a sentence inside of what was put in: then it was another message that began the text. */
const SENTENCE_END = /[.!?]\s/u;
const PART_END = /[.!?:;]\s/u;
/** A message of several sentences may take in others. */
const NO_END = /(?!)/u;

/** The messages of a catalogue that have placeholders; those that say most come first. */
export class Patterns {
  private readonly patterns: readonly Pattern[];

  constructor(catalogue: Readonly<Record<string, string>>) {
    this.patterns = Object.entries(catalogue)
      .filter(([key]) => /\{\d+\}/u.test(key) && /\p{L}/u.test(key.replace(/\{\d+\}/gu, '')))
      .map(([key, translation]) => compile(key, translation))
      .sort((a, b) => b.weight - a.weight || b.order.length - a.order.length || b.length - a.length);
  }

  /**
   * The message that a text was made of; undefined where it is none. Those that say next to nothing, such as
   * `{0} of {1}`, are found where that is wanted only: nearly everything could be made of them.
   */
  find(text: string, isLoose: boolean): Found | undefined {
    const lowered = text.toLowerCase();
    for (const { expression, end, longest, order, translation, weight } of this.patterns) {
      if (weight < FIRM && !isLoose) break;
      if (!lowered.includes(longest)) continue;
      const groups = expression.exec(text)?.slice(1);
      if (!groups || groups.some((group) => (isLoose ? SENTENCE_END : end).test(group))) continue;
      return {
        translation,
        values: Object.fromEntries(order.map((number, index) => [number, groups[index]!])),
      };
    }
    return undefined;
  }
}

function compile(message: string, said: string): Pattern {
  // What follows another part is found without the comma before it: texts are taken apart at commas.
  const [key, translation] = [message, said].map((text) => text.replace(/^[,;] /u, '')) as [string, string];
  const parts = key.split(/\{(\d+)\}/u);
  const literals = parts.filter((_, index) => index % 2 === 0);
  const source = parts
    .map((part, index) => (index % 2 === 1 ? '(.*?)' : part.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&')))
    .join('');
  return {
    expression: new RegExp(`^${source}$`, 'isu'),
    end: SENTENCE_END.test(key) ? NO_END : PART_END,
    longest: literals
      .reduce((longest, part) => (part.length > longest.length ? part : longest))
      .toLowerCase(),
    order: parts.filter((_, index) => index % 2 === 1).map(Number),
    translation,
    weight: literals.join('').replace(/[^\p{L}]/gu, '').length,
    length: literals.join('').length,
  };
}
