/** A language for tests: English with accents, a third longer. What is plain English in it was not translated. */

const PLAIN = 'aceginorsuyzACEGINORSUYZ';
const ACCENTED = 'åçéĝîñöŕšûýžÅÇÉĜÎÑÖŔŠÛÝŽ';

/** A message in the pseudo-language: each word is a third longer; placeholders stay. */
export function pseudo(text: string): string {
  return text.replace(/\p{L}+/gu, (word) => {
    const letters = [...word].map((letter) => ACCENTED[PLAIN.indexOf(letter)] ?? letter);
    return letters.join('') + '·'.repeat(Math.round(word.length * 0.3));
  });
}
