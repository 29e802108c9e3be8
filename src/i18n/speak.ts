/** Changing the language: all of it is loaded when somebody does. */
import { keep } from '../platform/kept-choice';
import { pseudo } from './pseudo';
import { LANGUAGE_KEY, speech, type Language } from './speech';
import { Translator } from './translator';

/** The languages that a person can choose, as each calls itself. */
export const LANGUAGES: readonly (readonly [Language, string])[] = [
  ['en', 'English'],
  ['de', 'Deutsch'],
  ['es', 'Español'],
];

/** Speaks another language from the next template on. Rejects, and goes on as before, where it cannot be loaded. */
export async function speak(language: Language): Promise<void> {
  speech.words = language === 'en' ? undefined : await loadTranslator(language);
  speech.language = language;
  const isPseudo = language === 'qps-rtl';
  document.documentElement.lang = isPseudo ? 'en' : language;
  document.documentElement.dir = isPseudo ? 'rtl' : 'ltr';
}

/** Speaks a language on this visit and the next ones. All that is shown is shown anew; nothing that runs is touched. */
export async function chooseLanguage(language: Language): Promise<void> {
  await speak(language);
  keep(LANGUAGE_KEY, language);
  speech.onChange?.();
}

/** Fetches a catalogue. The pseudo-language has the messages of a real one. */
async function loadTranslator(language: Exclude<Language, 'en'>): Promise<Translator> {
  const { default: catalogue } = await (language === 'es'
    ? import('./catalogues/es.json')
    : import('./catalogues/de.json'));
  if (language !== 'qps-rtl') return new Translator(language, translatedOf(catalogue));
  return new Translator(
    'en',
    Object.fromEntries(Object.keys(catalogue).map((key) => [key, pseudo(key.replace(' (key)', ''))])),
  );
}

/** What was translated: a message that was not yet is written as null, and is said in English. */
function translatedOf(catalogue: Readonly<Record<string, string | null>>): Record<string, string> {
  const said = Object.entries(catalogue).filter((entry): entry is [string, string] => entry[1] !== null);
  return Object.fromEntries(said);
}
