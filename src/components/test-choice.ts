import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import type { ModelVersionId } from '../domain/ids';
import type { ModelOption } from './model-picker';
import { baseStyles, buttonStyles, fieldStyles, plateStyles } from './shared-styles';
import './term-hint';

/** Digits to choose. */
export interface DigitsOption {
  readonly key: string;
  readonly label: string;
}

/**
 * A plate in which one chooses what is tested, on which digits, and what stands beside it. Tells `model` with
 * an id, `digits` with a key, `rival` with an id or undefined, and `test`.
 */
@customElement('test-choice')
export class TestChoice extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    fieldStyles,
    plateStyles,
    css`
      :host {
        display: block;
        margin-bottom: 20px;
      }
      .plate {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 1fr)) auto;
        gap: var(--s-3) var(--s-4);
        align-items: end;
      }
      .hint {
        grid-column: 1 / -1;
      }
      @media (max-width: 1099px) {
        .plate {
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        }
      }
      @media (max-width: 720px) {
        :host {
          margin-bottom: 14px;
        }
        .plate {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  @property({ attribute: false }) models: readonly ModelOption[] = [];
  @property({ attribute: false }) model: ModelVersionId | undefined;
  @property({ attribute: false }) digits: readonly DigitsOption[] = [];
  @property() chosenDigits = '';
  /** Models that can stand beside the one whose test is shown. */
  @property({ attribute: false }) rivals: readonly ModelOption[] = [];
  @property({ attribute: false }) rival: ModelVersionId | undefined;
  /** What the button says. */
  @property() action = '';
  /** The button is what to do next. */
  @property({ type: Boolean }) urgent = false;
  @property({ type: Boolean }) busy = false;
  /** What to know of the choice. */
  @property() hint = '';

  override render() {
    return html`
      <section class="plate" aria-label="What is tested">
        <div class="field">
          <label for="model">Model</label>
          <select id="model" @change=${(event: Event) => this.tell('model', Number(valueOf(event)))}>
            ${this.models.map((option) => renderModel(option, this.model))}
          </select>
        </div>
        <div class="field">
          <span class="label">
            <label for="digits">Digits</label>
            <term-hint term="validation-and-test"></term-hint>
          </span>
          <select id="digits" @change=${(event: Event) => this.tell('digits', valueOf(event))}>
            ${this.digits.map(
              ({ key, label }) => html`
                <option value=${key} ?selected=${key === this.chosenDigits}>${label}</option>
              `,
            )}
          </select>
        </div>
        <div class="field">
          <label for="rival">Beside it</label>
          <select id="rival" ?disabled=${this.rivals.length === 0} @change=${this.onRival}>
            <option value="" ?selected=${this.rival === undefined}>No other model</option>
            ${this.rivals.map((option) => renderModel(option, this.rival))}
          </select>
        </div>
        <button
          class=${this.urgent ? 'primary' : ''}
          ?disabled=${this.busy}
          @click=${() => this.tell('test')}
        >
          ${this.action}
        </button>
        ${
          this.hint
            ? html`
                <p class="hint">${this.hint}</p>
              `
            : nothing
        }
      </section>
    `;
  }

  private onRival(event: Event): void {
    const value = valueOf(event);
    this.tell('rival', value === '' ? undefined : Number(value));
  }

  private tell(name: string, detail?: number | string): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

function renderModel({ id, label }: ModelOption, chosen: ModelVersionId | undefined) {
  return html`
    <option value=${id} ?selected=${id === chosen}>${label}</option>
  `;
}

function valueOf({ target }: Event): string {
  return (target as HTMLSelectElement).value;
}

declare global {
  interface HTMLElementTagNameMap {
    'test-choice': TestChoice;
  }
}
