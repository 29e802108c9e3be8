import { html, LitElement, nothing } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import type { Change } from '../domain/explanation';
import { withArticle } from './article';
import { wordChange } from './explanation-words';
import { figureStyles } from './figure-styles';
import './halftone-map';
import { renderMarkKey } from './mark-key';
import './pixel-view';
import { baseStyles } from './shared-styles';

/** What would make it another digit: before, what changes, after. */
@customElement('change-view')
export class ChangeView extends LitElement {
  static override styles = [baseStyles, figureStyles];

  @property({ attribute: false }) change: Change | undefined;
  /** The digit before the change: [28, 28] bytes. */
  @property({ attribute: false }) original: Uint8Array | undefined;
  /** What it was read as. */
  @property({ type: Number }) digit = 0;
  /** Changes when the colours do. */
  @property() theme = '';

  override render() {
    const { change, original: before } = this;
    if (!change || !before) return nothing;
    return html`
      <p class="statement">${wordChange(change, before)}</p>
      ${change.after ? this.renderPictures(before, change.after, change.target) : nothing}
      <p class="hint below">
        Found step by step: dabs of ink beside the strokes, or of paper on them, wherever the network says
        that they help most. Those that turn out not to be needed are taken back. There may be smaller
        changes.
      </p>
    `;
  }

  private renderPictures(before: Uint8Array, after: Uint8Array, target: number) {
    const [digit, other] = [withArticle(this.digit), withArticle(target)];
    const difference = Float32Array.from(after, (ink, at) => ink - before[at]!);
    return html`
      <div class="row">
        <figure>
          <h3>Your digit, ${digit}</h3>
          <pixel-view .pixels=${before} .theme=${this.theme} label="Your digit, ${digit}"></pixel-view>
        </figure>
        <figure>
          <h3>What changes</h3>
          <halftone-map
            .values=${difference}
            .largest=${255}
            .pixels=${before}
            .theme=${this.theme}
            label=${wordChange(this.change!, before)}
          ></halftone-map>
        </figure>
        <figure>
          <h3>Read as ${other}</h3>
          <pixel-view
            .pixels=${after}
            .theme=${this.theme}
            label="The changed digit, read as ${other}"
          ></pixel-view>
        </figure>
      </div>
      ${renderMarkKey('gets ink', 'loses ink')}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'change-view': ChangeView;
  }
}
