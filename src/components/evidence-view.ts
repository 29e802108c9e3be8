import { html, LitElement, nothing } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import type { Evidence } from '../domain/explanation';
import { poolMeans } from '../domain/halftone';
import { IMAGE_SIDE } from '../domain/sample';
import { withArticle } from './article';
import { wordCovering, wordLooking } from './explanation-words';
import { figureStyles } from './figure-styles';
import './halftone-map';
import { renderMarkKey } from './mark-key';
import { baseStyles } from './shared-styles';

/** Pixels of the image per cell of the why-map, either way: 14 × 14 cells. */
const BLOCK = 2;
const CELLS = IMAGE_SIDE / BLOCK;

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
    const covering = poolMeans(evidence.covering, IMAGE_SIDE, BLOCK);
    const looking = evidence.looking && poolMeans(evidence.looking.values, IMAGE_SIDE, BLOCK);
    return html`
      <div class="row">
        ${this.renderMap('Covered up, bit by bit', covering, wordCovering(evidence, covering, CELLS))}
        ${this.renderMap('Where it looked', looking, wordLooking(evidence))}
      </div>
      ${renderMarkKey(`speaks for ${digit}`, `speaks for ${rival}`)}
      <p class="hint below">
        First: a patch of paper was laid over each place, and the lead of ${digit} over ${rival} measured anew
        (an occlusion map). Second: the maps of a late convolution, each place weighed by how much it raises
        ${digit} (Grad-CAM).
      </p>
    `;
  }

  private renderMap(heading: string, values: Float32Array | undefined, summary: string) {
    return html`
      <figure>
        <h3>${heading}</h3>
        <halftone-map
          .values=${values ?? new Float32Array(CELLS * CELLS)}
          .columns=${CELLS}
          .pixels=${this.pixels}
          .theme=${this.theme}
          label=${summary}
        ></halftone-map>
        <figcaption>${summary}</figcaption>
      </figure>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'evidence-view': EvidenceView;
  }
}
