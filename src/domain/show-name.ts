/** A name longer than this is shown without its middle, in characters. */
const LONGEST_SHOWN = 80;
/** Characters that are not seen, or that move others about: controls, bidi marks, zero widths. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * A file's name as it may be shown: what cannot be seen is written out (`\u202E`), and a long name loses
 * its middle, so that both its folders and its ending stay.
 */
export function showName(name: string): string {
  const characters = [...name.replace(UNSEEN, writeOut)];
  if (characters.length <= LONGEST_SHOWN) return characters.join('');
  const half = LONGEST_SHOWN / 2;
  return `${characters.slice(0, half).join('')}…${characters.slice(1 - half).join('')}`;
}

function writeOut(character: string): string {
  const hex = character.codePointAt(0)!.toString(16).toUpperCase();
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
}
