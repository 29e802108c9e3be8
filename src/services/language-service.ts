import { LANGUAGE_KEY, speech, type Language } from '../i18n/speech';
import { Observable, type Watched } from './observable';

/** Speaks another language from the next template on. Rejects, and goes on as before, where it cannot be loaded. */
export async function speak(next: Language): Promise<void> {
  await (await import('../i18n/speak')).speak(next);
}

/** Which language is spoken, and the choice of another one. */
export class LanguageService {
  private readonly spoken = new Observable(speech.language);

  get language(): Watched<Language> {
    return this.spoken;
  }

  /** Speaks a language from now on, on this visit and the next ones. Rejects where it cannot be loaded. */
  async choose(next: Language): Promise<void> {
    await speak(next);
    localStorage.setItem(LANGUAGE_KEY, next);
    this.spoken.value = next;
  }
}
