import { expect } from 'chai';
import german from '../../../src/i18n/catalogues/de.json';
import spanish from '../../../src/i18n/catalogues/es.json';
import { Translator } from '../../../src/i18n/translator';

/** A message with less of its own than this is found only as part of another. */
const LEAST_LETTERS = 5;
/** Numbers, which no catalogue knows; each tells which place it was put in. */
const fill = (message: string) => message.replace(/\{(\d+)\}/gu, (_, at: string) => `${41 + 2 * Number(at)}`);
/** Without what is written by language: how numbers are, and the capital of a sentence that was a part of one. */
const bare = (text: string) => text.toLowerCase().replace(/[\s.,:;]/gu, '');

describe('a message with something put in', () => {
  for (const [language, catalogue] of Object.entries({ de: german, es: spanish })) {
    it(`is found again in what was said, whichever it is: ${language}`, () => {
      const translator = new Translator(language, catalogue);
      const messages = Object.entries(catalogue).filter(
        ([key]) => /\{\d+\}/u.test(key) && key.replace(/[^\p{L}]/gu, '').length >= LEAST_LETTERS,
      );
      expect(messages.length).to.be.greaterThan(300);
      const lost = messages
        .map(([key, said]) => ({ key, is: translator.say(fill(key)), ought: fill(said) }))
        .filter(({ is, ought }) => bare(is) !== bare(ought));
      expect(lost).to.deep.equal([]);
    });
  }
});
