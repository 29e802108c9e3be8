/** Text that is HTML already: what it was made of has been escaped. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What can be put into markup: text, which is escaped, and what is markup already. */
export type MarkupValue = string | number | Markup | readonly Markup[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A tagged template that makes HTML. Whatever it is given as text stays text, in attributes too. */
export function markup(strings: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  const parts = strings.map((string, at) => string + (at < values.length ? write(values[at]!) : ''));
  return new Markup(parts.join(''));
}

function write(value: MarkupValue): string {
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return String(value).replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}
