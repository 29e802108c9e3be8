import { css, html, LitElement, nothing, type PropertyValues } from '../i18n/lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ClassStatistics } from '../domain/class-statistics';
import { cardStyles } from './card-styles';
import { imagesHeight, type ImageChart } from './chart-images';
import './plotly-chart';
import { renderSegments, segmentStyles, type Segment } from './segments';
import { baseStyles, buttonStyles, plateStyles } from './shared-styles';

type View = 'mean' | 'deviation';

const VIEWS: readonly Segment<View>[] = [
  { view: 'mean', label: 'Average' },
  { view: 'deviation', label: 'Spread' },
];

const WORDS: Readonly<Record<View, { readonly hint: string; readonly summary: string }>> = {
  mean: {
    hint: 'All images of a digit laid on top of each other.',
    summary: 'The average image of each digit.',
  },
  deviation: {
    hint: 'Dark where the images of a digit differ most.',
    summary: 'The standard deviation of each pixel, for each digit.',
  },
};

/** Below this width, in pixels, ten images make two rows. */
const WIDE = 620;

/** A plate with the average image of each digit, and with how much its images differ. */
@customElement('class-images')
export class ClassImages extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    plateStyles,
    segmentStyles,
    cardStyles,
    css`
      .body {
        min-width: 0;
        overflow: hidden;
      }
    `,
  ];

  @property() heading = 'Average digits';
  /** One for each digit. */
  @property({ attribute: false }) classes: readonly ClassStatistics[] = [];
  /** Changes when the colours do. */
  @property() theme = '';
  @state() private view: View = 'mean';
  @state() private width = 0;

  @query('.body') private body!: HTMLElement;
  /** In the next frame: what follows changes the size that is observed. */
  private readonly resizing = new ResizeObserver(() =>
    requestAnimationFrame(() => (this.width = this.body.clientWidth)),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.resizing.observe(this.body);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizing.disconnect();
  }

  protected override firstUpdated(): void {
    this.resizing.observe(this.body);
  }

  override render() {
    const { hint } = WORDS[this.view];
    return html`
      <section class="plate" aria-label=${this.heading}>
        <header>
          <div>
            <h2>${this.heading}</h2>
            <p class="hint">${hint}</p>
          </div>
          ${renderSegments('Show', VIEWS, this.view, (view) => (this.view = view))}
        </header>
        <div class="body">${this.width > 0 && this.classes.length > 0 ? this.renderChart() : nothing}</div>
      </section>
    `;
  }

  private renderChart() {
    return html`
      <plotly-chart
        .chart=${this.chart()}
        .summary=${WORDS[this.view].summary}
        .theme=${this.theme}
      ></plotly-chart>
    `;
  }

  protected override updated(_changes: PropertyValues<this>): void {
    this.style.setProperty('--chart-height', `${imagesHeight(this.chart())}px`);
  }

  private chart(): ImageChart {
    return {
      kind: 'images',
      images: this.classes.map((one, digit) => ({ name: String(digit), ink: one[this.view] })),
      columns: this.width < WIDE ? 5 : 10,
      width: this.width,
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'class-images': ClassImages;
  }
}
