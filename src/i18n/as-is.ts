import { speech } from './speech';

/** A name between the marks that keep what stands around it from changing its direction. */
export const NAMES_AS_THEY_ARE = /\u2068[^\u2069]*\u2069/gu;
/** Stands for a name while the text around it is looked up: the first character that means nothing. */
export const FIRST_MARK = 0xe000;

/** A name that somebody gave, or an address: it is the same in every language. */
export function asIs(name: string): string {
  return speech.words ? `\u2068${name}\u2069` : name;
}
