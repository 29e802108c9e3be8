import { css, html, LitElement } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import { GENERATED_MOST } from '../domain/dataset';
import { formatCount } from './format';
import { baseStyles, buttonStyles, fieldStyles, plateStyles } from './shared-styles';

/** Digits that somebody asks for. */
export interface GeneratedDraft {
  readonly count: number;
  readonly seed: number;
}

const FEWEST = 10;

/** Asks how many digits to generate, and from which seed. Tells `make` with a GeneratedDraft. */
@customElement('generate-desk')
export class GenerateDesk extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    fieldStyles,
    plateStyles,
    css`
      :host {
        display: block;
      }
      .make {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 160px)) auto;
        gap: var(--s-3);
        align-items: end;
        justify-content: start;
        margin-top: var(--s-3);
      }
      @media (max-width: 720px) {
        .make {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
        .make button {
          grid-column: 1 / -1;
        }
      }
    `,
  ];

  /** Something is being made already. */
  @property({ type: Boolean }) busy = false;
  @state() private draft: GeneratedDraft = { count: 5000, seed: 1 };

  override render() {
    const { count, seed } = this.draft;
    const isRight =
      Number.isInteger(count) && count >= FEWEST && count <= GENERATED_MOST && Number.isInteger(seed);
    return html`
      <section class="plate" aria-label="Make a set">
        <h2>Make a set of generated digits</h2>
        <p class="hint">Strokes written by a program. The same seed gives the same digits again.</p>
        <div class="make">
          ${this.renderNumber('count', 'How many')} ${this.renderNumber('seed', 'Seed')}
          <button class="primary" ?disabled=${!isRight || this.busy} @click=${this.make}>Make it</button>
        </div>
        <p class=${isRight ? 'hint' : 'field-error'} role="status">
          ${isRight ? '' : `Use whole numbers, from ${FEWEST} to ${formatCount(GENERATED_MOST)} digits.`}
        </p>
      </section>
    `;
  }

  private renderNumber(name: keyof GeneratedDraft, label: string) {
    const change = ({ target }: Event) => {
      this.draft = { ...this.draft, [name]: (target as HTMLInputElement).valueAsNumber };
    };
    return html`
      <div class="field">
        <label for=${name}>${label}</label>
        <input
          id=${name}
          type="number"
          inputmode="numeric"
          .value=${String(this.draft[name])}
          @input=${change}
        />
      </div>
    `;
  }

  private readonly make = (): void => {
    this.dispatchEvent(new CustomEvent('make', { detail: this.draft }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'generate-desk': GenerateDesk;
  }
}
