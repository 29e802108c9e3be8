/** Numbers in texts, from how English writes them to how another language does. */

interface Marks {
  readonly decimal: string;
  readonly group: string;
  readonly percent: string;
}

const known = new Map<string, Marks>();

/** How a language writes numbers: its decimal mark, what stands between thousands, its percent sign. */
export function marksOf(locale: string): Marks {
  const kept = known.get(locale);
  if (kept) return kept;
  const parts = new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 1 }).formatToParts(
    12_345.678,
  );
  const markOf = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  const space = parts.at(-2)?.type === 'literal' ? parts.at(-2)!.value : '';
  const marks = { decimal: markOf('decimal'), group: markOf('group'), percent: `${space}%` };
  known.set(locale, marks);
  return marks;
}

/** A number that stands alone: no part of a version, an address, or a word such as `v1.2`. */
const NUMBER = /(?<![\p{L}\d._/:-])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(%?)(?![\d/]|\.\d|[\p{L}_])/gu;

/** Writes the numbers of a text anew: 60,000 and 98.5% are 60.000 and 98,5 % in German. */
export function writeNumbers(text: string, locale: string): string {
  if (locale === 'en' || !/\d[.,%]/u.test(text)) return text;
  const { decimal, group, percent } = marksOf(locale);
  return text.replace(NUMBER, (_, whole: string, fraction: string | undefined, sign: string) => {
    const digits = whole.replaceAll(',', group);
    return digits + (fraction ? decimal + fraction.slice(1) : '') + (sign ? percent : '');
  });
}
