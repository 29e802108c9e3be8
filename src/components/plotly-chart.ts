import { css, html, LitElement, type PropertyValues } from '../i18n/lit';
import { customElement, property, query } from 'lit/decorators.js';
import type PlotlyModule from 'plotly.js-cartesian-dist-min';
import type { PlotlyHTMLElement, PlotlyPointEvent } from 'plotly.js-cartesian-dist-min';
import { sayDrawing } from '../i18n/chart-words';
import type { ChartLook } from './chart-look';
import { pictureOf } from './chart-picture';
import { drawChart, type Chart } from './chart-style';
import { baseStyles } from './shared-styles';

type Plotly = typeof PlotlyModule;

let loading: Promise<Plotly> | undefined;

/** Loads Plotly once, when the first chart needs it: 474 kB that most visits to Draw never fetch. */
function loadPlotly(): Promise<Plotly> {
  loading ??= import('./plotly-cartesian').then((module) => module.default);
  return loading;
}

/** The shortest time between two drawings of a chart, in milliseconds: as often as an eye follows. */
const REDRAW_INTERVAL_MS = 250;

let lastDrawing: Promise<void> = Promise.resolve();

/** A tab that is hidden has no frames; its charts are drawn all the same, after as many milliseconds. */
const FRAMELESS_MS = 100;

/** Resolves in a task of its own, after the next frame: the click that asked for a chart is answered first. */
function afterFrame(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, FRAMELESS_MS);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      setTimeout(resolve);
    });
  });
}

/**
 * Draws after all that was asked for before, in a task of its own: two charts drawn in one task would
 * keep the page from answering for too long.
 */
function inTurn(draw: () => Promise<void>): Promise<void> {
  // A chart that could not be drawn says so itself, and is no reason to draw no other.
  lastDrawing = lastDrawing.then(afterFrame, afterFrame).then(draw);
  return lastDrawing;
}

/**
 * Resolves once an element is at most a screen away from being seen. What nobody scrolls to is not drawn, and
 * Plotly, which takes half a second to start, does not start for it.
 */
function whenNear(element: Element): Promise<void> {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        resolve();
      },
      { rootMargin: '100%' },
    );
    observer.observe(element);
  });
}

/** No mode bar: its logo is HTML that Trusted Types refuse, and the page has its own buttons. */
const CONFIG = { displaylogo: false, displayModeBar: false, responsive: true, doubleClick: 'reset' };

/**
 * Any chart, drawn by Plotly when it comes near: the only place that knows of it. Tells `pointhover` and `pointclick` with
 * the number of a map's point.
 */
@customElement('plotly-chart')
export class PlotlyChart extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        min-height: var(--chart-height, 260px);
      }
      .chart {
        direction: ltr;
        height: var(--chart-height, 260px);
      }
    `,
  ];

  @property({ attribute: false }) chart: Chart | undefined;
  /** One sentence that says what the chart shows. */
  @property() summary = '';
  /** Changes when the colours do. */
  @property() theme = '';
  /** Not drawn while this is true: somebody waits for other work of this device. */
  @property({ type: Boolean }) held = false;

  @query('.chart') private root!: HTMLElement;
  private plotted = false;
  private drawing: Promise<void> = Promise.resolve();
  private isStale = false;
  private near: Promise<void> | undefined;
  private drawnAt = -Infinity;
  private drawnWidth = 0;
  /** How many ticks have room depends on the width: Plotly by itself only stretches what was drawn. */
  private readonly size = new ResizeObserver(() => {
    const { clientWidth } = this.root;
    if (this.plotted && clientWidth > 0 && clientWidth !== this.drawnWidth) this.requestUpdate();
  });

  /** Resolves when all that was asked for has been drawn. */
  get drawn(): Promise<void> {
    return this.updateComplete.then(() => this.drawing);
  }

  /** The chart as a file, as large as it is shown. */
  async toPicture(format: 'svg' | 'png'): Promise<Blob> {
    await this.drawn;
    return pictureOf(this.root, format, this.look().colour('--sheet'));
  }

  override render() {
    return html`
      <div class="chart" role="img" aria-label=${this.summary}></div>
    `;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.size.disconnect();
    void this.drawing.then(async () => {
      if (this.plotted && !this.isConnected) (await loadPlotly()).purge(this.root);
      this.plotted = this.isConnected && this.plotted;
    });
  }

  /** Draws are one at a time; those that are asked for meanwhile become one. */
  protected override updated(_changes: PropertyValues<this>): void {
    if (this.isStale) return;
    this.isStale = true;
    this.drawing = this.waitForTurn().then(() => inTurn(() => this.draw()));
  }

  private async waitForTurn(): Promise<void> {
    this.near ??= whenNear(this);
    await Promise.all([this.near, this.drawing]);
    const wait = this.drawnAt + REDRAW_INTERVAL_MS - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  }

  private async draw(): Promise<void> {
    const plotly = await loadPlotly();
    this.isStale = false;
    if (!this.isConnected) return;
    if (!this.chart || this.held) return;
    const { data, layout } = sayDrawing(drawChart(this.chart, this.look()));
    if (this.plotted) await plotly.react(this.root, data, layout, CONFIG);
    else this.listen(await plotly.newPlot(this.root, data, layout, CONFIG));
    this.plotted = true;
    this.drawnAt = performance.now();
    this.drawnWidth = this.root.clientWidth;
    this.size.observe(this.root);
    adoptPlotlyStyles(this.renderRoot as ShadowRoot);
  }

  private look(): ChartLook {
    const style = getComputedStyle(this);
    const colour = (token: string) => style.getPropertyValue(token).trim();
    return {
      colour,
      font: style.fontFamily,
      bookFont: colour('--font-book'),
      width: this.root.clientWidth,
      height: this.root.clientHeight,
    };
  }

  private listen(root: PlotlyHTMLElement): void {
    root.on('plotly_hover', (event) => this.tell('pointhover', event));
    root.on('plotly_click', (event) => this.tell('pointclick', event));
  }

  private tell(name: string, { points: [point] }: PlotlyPointEvent): void {
    if (point?.customdata === undefined) return;
    this.dispatchEvent(new CustomEvent(name, { detail: point.customdata }));
  }
}

let plotlySheet: CSSStyleSheet | undefined;

/** Plotly writes its rules into the document's head, where a shadow root does not see them. */
function adoptPlotlyStyles(root: ShadowRoot): void {
  const style = document.getElementById('plotly.js-style-global');
  if (!(style instanceof HTMLStyleElement) || !style.sheet) return;
  plotlySheet ??= copySheet(style.sheet);
  if (root.adoptedStyleSheets.includes(plotlySheet)) return;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, plotlySheet];
}

function copySheet(source: CSSStyleSheet): CSSStyleSheet {
  const copy = new CSSStyleSheet();
  for (const rule of source.cssRules) copy.insertRule(rule.cssText);
  return copy;
}

declare global {
  interface HTMLElementTagNameMap {
    'plotly-chart': PlotlyChart;
  }
}
