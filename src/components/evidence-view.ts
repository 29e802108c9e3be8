import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Evidence } from '../domain/explanation';
import { poolMeans } from '../domain/halftone';
import { IMAGE_SIDE } from '../domain/sample';
import { withArticle, wordCovering, wordLooking } from './explanation-words';
import { figureStyles } from './figure-styles';
import './halftone-map';
import { renderMarkKey } from './mark-key';
import { baseStyles } from './shared-styles';

/** Pixels of the image per cell of the why-map, either way: 14 × 14 cells. */
const BLOCK = 2;

/** Why it is this digit and not its rival: two maps over the digit. */
@customElement('evidence-view')
export class EvidenceView extends LitElement {
  static override styles = [baseStyles, figureStyles];

  @property({ attribute: false }) evidence: Evidence | undefined;
  /** The digit: [28, 28] bytes. */
  @property({ attribute: false }) pixels: Uint8Array | undefined;
  /** Changes when the colours do. */
  @property() theme = '';

  override render() {
    const { evidence } = this;
    if (!evidence) return nothing;
    const [digit, rival] = [withArticle(evidence.digit), withArticle(evidence.rival)];
    return html`
      <div class="row">
        <figure>
          <h3>Covered up, bit by bit</h3>
          ${this.renderMap(evidence.covering, wordCovering(evidence))}
          <figcaption>${wordCovering(evidence)}</figcaption>
        </figure>
        <figure>
          <h3>Where the network looked</h3>
          ${this.renderMap(evidence.looking?.values, wordLooking(evidence))}
          <figcaption>${wordLooking(evidence)}</figcaption>
        </figure>
      </div>
      ${renderMarkKey(`speaks for ${digit}`, `speaks for ${rival}`)}
      <p class="hint below">
        Left: a patch of paper was laid over each place, and the lead of ${digit} over ${rival} measured anew
        (an occlusion map). Right: the maps of the last convolution, each weighed by how much it raises
        ${digit} (Grad-CAM).
      </p>
    `;
  }

  private renderMap(values: Float32Array | undefined, summary: string) {
    return html`
      <halftone-map
        .values=${values ? poolMeans(values, IMAGE_SIDE, BLOCK) : new Float32Array(196)}
        .columns=${IMAGE_SIDE / BLOCK}
        .pixels=${this.pixels}
        .theme=${this.theme}
        label=${summary}
      ></halftone-map>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'evidence-view': EvidenceView;
  }
}
