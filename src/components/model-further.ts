import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import './progress-ruler';
import { baseStyles, buttonStyles, fieldStyles } from './shared-styles';

/** A set that can go with a model. */
export interface FurtherSet {
  readonly name: string;
  readonly title: string;
}

/**
 * Asks with which digits a model is taken further, and tells how far its archive is. Tells `further` with a set's
 * name, empty for none, and `cancel`.
 */
@customElement('model-further')
export class ModelFurther extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    fieldStyles,
    css`
      :host {
        display: grid;
        gap: var(--s-3);
      }
      h3 {
        margin: 0 0 var(--s-1);
        font-size: var(--t-2);
        font-weight: 600;
      }
      button {
        justify-self: start;
      }
    `,
  ];

  @property({ attribute: false }) sets: readonly FurtherSet[] = [];
  /** A file is being written or read. */
  @property({ type: Boolean }) busy = false;
  /** How far the archive is, 0 … 1; undefined where none is being made. */
  @property({ type: Number }) share: number | undefined;
  /** Undefined until somebody chooses: then it is the first set, also where that arrives late. */
  @state() private choice: string | undefined;

  override render() {
    const isWorking = this.share !== undefined;
    const { choice = this.sets[0]?.name ?? '' } = this;
    return html`
      <div>
        <h3>Take it further</h3>
        <p class="hint">
          A ZIP with the model, digits and a program for PyTorch that trains it on any number of machines.
          What it writes is imported here.
        </p>
      </div>
      <div class="field">
        <label for="digits">Digits in it</label>
        <select id="digits" ?disabled=${isWorking} @change=${this.onChange}>
          ${this.sets.map(
            ({ name, title }) => html`
              <option value=${name} .selected=${name === choice}>${title}</option>
            `,
          )}
          <option value="" .selected=${choice === ''}>None</option>
        </select>
      </div>
      ${isWorking ? this.renderProgress(this.share!) : nothing}
      ${
        isWorking
          ? html`
              <button @click=${() => this.tell('cancel')}>Cancel</button>
            `
          : html`
              <button ?disabled=${this.busy} @click=${() => this.tell('further', choice)}>
                Make the ZIP
              </button>
            `
      }
    `;
  }

  private onChange(event: Event): void {
    this.choice = (event.target as HTMLSelectElement).value;
  }

  private renderProgress(share: number) {
    return html`
      <progress-ruler .share=${share} .stages=${10} label="Making the ZIP"></progress-ruler>
    `;
  }

  private tell(name: 'further' | 'cancel', detail?: string): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'model-further': ModelFurther;
  }
}
