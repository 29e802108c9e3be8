import { keep, readKept } from '../platform/kept-choice';
import { Observable, type Watched } from './observable';

/** What a person chose; `system` follows the device. */
export type ThemeChoice = 'system' | 'light' | 'dark';
/** What is shown. */
export type Theme = 'light' | 'dark';

/** The key that the theme is kept under in localStorage. */
const THEME_KEY = 'inkling-theme';

/**
 * Ink by day, chalk by night. The choice is kept in localStorage, because it is needed before the first
 * paint, and IndexedDB answers later than that.
 */
export class ThemeService {
  private readonly dark = matchMedia('(prefers-color-scheme: dark)');
  private readonly chosen = new Observable<ThemeChoice>(readChoice());
  private readonly shown = new Observable<Theme>('light');

  constructor(private readonly root: HTMLElement) {
    this.dark.addEventListener('change', () => this.apply());
    this.apply();
  }

  get choice(): Watched<ThemeChoice> {
    return this.chosen;
  }

  get theme(): Watched<Theme> {
    return this.shown;
  }

  /** Chooses a theme, for this visit and the next ones. */
  choose(choice: ThemeChoice): void {
    keep(THEME_KEY, choice);
    this.chosen.value = choice;
    this.apply();
  }

  private apply(): void {
    const choice = this.chosen.value;
    const theme = choice === 'system' ? (this.dark.matches ? 'dark' : 'light') : choice;
    this.root.dataset['theme'] = theme;
    this.shown.value = theme;
  }
}

function readChoice(): ThemeChoice {
  const stored = readKept(THEME_KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}
