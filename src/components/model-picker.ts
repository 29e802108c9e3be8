import { css, html, LitElement } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import type { ModelVersionId } from '../domain/ids';
import './ink-icon';
import { baseStyles, chipStyles } from './shared-styles';

/** A model to choose. */
export interface ModelOption {
  readonly id: ModelVersionId;
  readonly label: string;
}

/** Chooses the model that answers; tells `choose` with its id. */
@customElement('model-picker')
export class ModelPicker extends LitElement {
  static override styles = [
    baseStyles,
    chipStyles,
    css`
      .chip {
        padding-inline-end: 4px;
      }
      select {
        max-width: 40vw;
        min-height: 26px;
        border: 0;
        border-radius: var(--r-round);
        background: none;
        color: var(--ink);
        font: inherit;
        font-weight: 600;
      }
      option {
        background: var(--sheet);
        color: var(--ink);
      }
      @media (max-width: 720px), (pointer: coarse) {
        .chip,
        select {
          min-height: var(--h-touch);
        }
      }
    `,
  ];

  @property({ attribute: false }) options: readonly ModelOption[] = [];
  @property({ attribute: false }) chosen: ModelVersionId | undefined;

  override render() {
    return html`
      <label class="chip">
        <ink-icon name="champion"></ink-icon>
        Model
        <select @change=${this.onChange}>
          ${this.options.map(
            ({ id, label }) => html`
              <option value=${id} ?selected=${id === this.chosen}>${label}</option>
            `,
          )}
        </select>
      </label>
    `;
  }

  private onChange(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    this.dispatchEvent(new CustomEvent('choose', { detail: Number(value) }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'model-picker': ModelPicker;
  }
}
