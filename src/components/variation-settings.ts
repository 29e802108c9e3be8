import { css, html, LitElement } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import { NO_AUGMENTATION, type Augmentation } from '../domain/augmentation';
import type { DraftErrors } from '../domain/draft-errors';
import { VARIATION_LIMITS } from '../domain/run-limits';
import './varied-digits';
import { baseStyles, fieldStyles } from './shared-styles';

/** A slider: what it is called, its steps, and how its value is said. */
interface Slider {
  readonly name: keyof Augmentation;
  readonly label: string;
  readonly step: number;
  readonly say: (amount: number) => string;
}

const percent = (amount: number) => `${Math.round(amount * 100)}%`;

const SLIDERS: readonly Slider[] = [
  { name: 'shift', label: 'Move', step: 1, say: (amount) => `${amount} px` },
  { name: 'rotation', label: 'Turn', step: 1, say: (amount) => `${amount}°` },
  { name: 'scale', label: 'Resize', step: 0.01, say: percent },
  { name: 'shear', label: 'Slant', step: 0.01, say: percent },
  { name: 'thickness', label: 'Thickness', step: 0.05, say: (amount) => `${amount.toFixed(2)} px` },
  { name: 'elastic', label: 'Bend', step: 0.1, say: (amount) => `${amount.toFixed(1)} px` },
  { name: 'blur', label: 'Blur', step: 0.1, say: (amount) => `${amount.toFixed(1)} times` },
  { name: 'contrast', label: 'Harden', step: 0.1, say: (amount) => `${(2 ** amount).toFixed(1)} times` },
];

/** How much training images are varied, and what that looks like. Tells `change` with the new amounts. */
@customElement('variation-settings')
export class VariationSettings extends LitElement {
  static override styles = [
    baseStyles,
    fieldStyles,
    css`
      :host {
        display: grid;
        gap: var(--s-4);
        align-content: start;
      }
      .sliders {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--s-3);
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 var(--s-2);
        font-size: var(--t-2);
      }
      .head label {
        font-weight: 600;
      }
      output {
        color: var(--ink-2);
        font-variant-numeric: tabular-nums lining-nums;
      }
    `,
  ];

  @property({ attribute: false }) augmentation!: Augmentation;
  @property({ attribute: false }) errors: DraftErrors = {};
  /** Digits to try it on: [count, 28, 28] bytes; undefined while they are on their way. */
  @property({ attribute: false }) examples: Uint8Array<ArrayBuffer> | undefined;
  @property({ type: Number }) seed = 1;
  @property({ type: Boolean }) locked = false;
  /** Changes when the colours do. */
  @property() theme = '';

  override render() {
    return html`
      <p class="hint">
        Each image is changed a little, differently in each epoch, up to these amounts: a network then learns
        what makes a digit, and not single images.
      </p>
      <div class="sliders">${SLIDERS.map((slider) => this.renderSlider(slider))}</div>
      <varied-digits
        .augmentation=${this.augmentation}
        .examples=${this.examples}
        .seed=${this.seed}
        theme=${this.theme}
      ></varied-digits>
    `;
  }

  private renderSlider({ name, label, step, say }: Slider) {
    const { low, high } = VARIATION_LIMITS[name];
    const amount = this.augmentation[name] ?? 0;
    return html`
      <div>
        <div class="head">
          <label for=${name}>${label}</label>
          <output for=${name}>${amount === 0 ? 'off' : say(amount)}</output>
        </div>
        <input
          id=${name}
          type="range"
          min=${low}
          max=${high}
          step=${step}
          .value=${String(amount)}
          ?disabled=${this.locked}
          aria-valuetext=${amount === 0 ? 'off' : `up to ${say(amount)}`}
          aria-invalid=${this.errors[name] ? 'true' : 'false'}
          @input=${(event: Event) => this.change(name, (event.target as HTMLInputElement).valueAsNumber)}
        />
      </div>
    `;
  }

  private change(name: keyof Augmentation, amount: number): void {
    const { [name]: _, ...others } = this.augmentation;
    // Recipes leave out what they do not have: a slider that is back at 0 must not look like a change.
    const isLeftOut = amount === 0 && !(name in NO_AUGMENTATION);
    this.dispatchEvent(
      new CustomEvent('change', { detail: isLeftOut ? others : { ...this.augmentation, [name]: amount } }),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'variation-settings': VariationSettings;
  }
}
