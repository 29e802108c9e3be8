import { speech } from './speech';

/** Begins what is in no language. It also keeps what stands around it from changing its direction. */
export const AS_IS = '\u2068';

/** A name that somebody gave, or an address: it is the same in every language. */
export function asIs(name: string): string {
  return speech.words ? `${AS_IS}${name}\u2069` : name;
}
