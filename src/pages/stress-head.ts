import { html, nothing } from '../i18n/lit';
import type { StressRun } from '../domain/stress-run';
import { isUnderWay, runTitle, wordState } from './stress-words';

/** What the head of the page says. */
interface HeadShown {
  readonly run: StressRun | undefined;
  /** Another one than the last: its name is said. */
  readonly isStored: boolean;
  readonly canStart: boolean;
}

/** What a person can do there. */
interface HeadActs {
  readonly reset: () => void;
  /** Starts a test, or stops the one that runs. */
  readonly press: (event: MouseEvent) => void;
}

/** The state of the test, and the button that starts and stops it: always the same one, so that it keeps the focus. */
export function renderHead({ run, isStored, canStart }: HeadShown, { reset, press }: HeadActs) {
  const isBusy = isUnderWay(run);
  return html`
    <header class="head">
      <div>
        <h1>Stress</h1>
        <p class="figures">${run && isStored ? `${runTitle(run)}. ` : ''}${wordState(run)}</p>
      </div>
      <div class="side">
        ${
          isBusy
            ? html`
                <button @click=${reset}>Reset stats</button>
              `
            : nothing
        }
        <button class="primary" ?disabled=${!isBusy && !canStart} @click=${press} @keydown=${ignoreHeldKey}>
          ${wordPress(run)}
        </button>
      </div>
    </header>
  `;
}

/** A key that is held down would start, stop, and stop without waiting. */
function ignoreHeldKey(event: KeyboardEvent): void {
  if (event.repeat && event.key === 'Enter') event.preventDefault();
}

function wordPress(run: StressRun | undefined): string {
  if (!isUnderWay(run)) return run ? 'Start new test' : 'Start test';
  return run?.status === 'stopping' ? 'Stop without waiting' : 'Stop test';
}
