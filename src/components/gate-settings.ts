import { css, html, LitElement } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import { GATE_MARGIN } from '../domain/gate-margin';
import { renderNumberField } from './fields';
import { baseStyles, fieldStyles } from './shared-styles';

/** When a new model may take over. Tells `margin` with points, and `alone` with yes or no. */
@customElement('gate-settings')
export class GateSettings extends LitElement {
  static override styles = [
    baseStyles,
    fieldStyles,
    css`
      :host {
        display: grid;
        gap: var(--s-3);
      }
      p {
        max-width: 68ch;
        color: var(--ink-2);
      }
      .field {
        max-width: 34ch;
      }
      .field .hint,
      .field-error {
        min-height: 2.6em;
      }
    `,
  ];

  @property({ type: Number }) margin: number = GATE_MARGIN.usual;
  @property({ type: Boolean }) alone = true;
  @state() private error = '';

  override render() {
    return html`
      <h2>When a new model takes over</h2>
      <p>
        Every model that is trained, taught or imported is a candidate first. It is held against the model in
        use on images that neither learned from: MNIST’s test images, or generated digits without MNIST, and
        the drawn digits. Where it reads fewer by more than you allow, or by more than chance explains, the
        model in use stays.
      </p>
      ${renderNumberField({
        id: 'margin',
        label: 'May lose, in points',
        value: this.margin,
        hint: 'A point is one of a hundred images. Of accuracy and macro F1, on each of the two sets.',
        error: this.error || undefined,
        change: (points) => this.setMargin(points),
      })}
      <label class="check">
        <input
          type="checkbox"
          .checked=${this.alone}
          @change=${({ target }: Event) => this.tell('alone', (target as HTMLInputElement).checked)}
        />
        <span>
          Replace by itself after a good retrain
          <span class="hint">Otherwise a candidate that passes waits until you choose it.</span>
        </span>
      </label>
    `;
  }

  private setMargin(points: number): void {
    const isWithin = points >= GATE_MARGIN.least && points <= GATE_MARGIN.most;
    this.error = isWithin ? '' : `From ${GATE_MARGIN.least} to ${GATE_MARGIN.most} points.`;
    if (isWithin) this.tell('margin', points);
  }

  private tell(name: 'margin' | 'alone', detail: number | boolean): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gate-settings': GateSettings;
  }
}
