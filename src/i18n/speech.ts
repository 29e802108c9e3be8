/** Which language is spoken. English is in the code; what another one needs is loaded when it is chosen. */
import { readKept } from '../platform/kept-choice';
import type { Translator } from './translator';

/** A language; `qps-rtl` is made of English, reads from right to left, and is for tests. */
export type Language = 'en' | 'de' | 'es' | 'qps-rtl';

/** What is spoken, what translates (nothing in English), and who shows all anew when that changes. */
export const speech: { language: Language; words?: Translator | undefined; onChange?: () => void } = {
  language: 'en',
};

/** The key that the language is kept under in localStorage: it is needed before the first paint. */
export const LANGUAGE_KEY = 'inkling-language';

/** A text in the spoken language, for what is in no template: the title of the page, a drawing. */
export function say(text: string): string {
  return speech.words?.say(text) ?? text;
}

/** The locale of dates: in English the device's own, as it was before a language was chosen. */
export function dateLocale(): string | undefined {
  return speech.words?.locale;
}

/** The language to begin with: that of the address (`lang=de`), the kept one, or the first that is known. */
export function preferredLanguage(): Language {
  const asked = [/\blang=([\w-]+)/.exec(location.href)?.[1], readKept(LANGUAGE_KEY), ...navigator.languages];
  const known = asked.map((name) => /^(?:en|de|es|qps-rtl)\b/.exec(name ?? '')?.[0]);
  return (known.find(Boolean) as Language | undefined) ?? 'en';
}
