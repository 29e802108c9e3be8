import { html, LitElement, nothing, type PropertyValues } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { LayerPicture, LayerPictures } from '../domain/explanation';
import { largestSize } from '../domain/halftone';
import { KIND_HINTS, strongestPlace, wordLayer, wordShape } from './explanation-words';
import { figureStyles } from './figure-styles';
import './halftone-map';
import { layerMapsStyles } from './layer-maps-styles';
import { renderMarkKey } from './mark-key';
import { baseStyles, buttonStyles } from './shared-styles';
import { paintSigned, readSignedColours } from './signed-painter';

/** Numbers of a dense layer in a row. */
const UNITS_A_ROW = 16;
/** Layers that keep the first convolution's maps apart, so that its filters still are what they look for. */
const KEEPS_MAPS: readonly LayerPicture['kind'][] = ['batch-norm', 'relu', 'max-pool'];

const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

/** What every layer made of the digit: its maps, and the one under the pointer or the keyboard enlarged. */
@customElement('layer-maps')
export class LayerMaps extends LitElement {
  static override styles = [baseStyles, buttonStyles, figureStyles, layerMapsStyles];

  @property({ attribute: false }) pictures: LayerPictures | undefined;
  /** Changes when the colours do. */
  @property() theme = '';
  @state() private layerIndex = 0;
  @state() private mapIndex = 0;

  override render() {
    const layer = this.layer;
    if (!this.pictures || !layer) return nothing;
    const isMaps = layer.shape.length === 3;
    return html`
      <div class="layers" role="group" aria-label="Layer">
        ${this.pictures.layers.map((each, index) => this.renderLayerButton(each, index))}
      </div>
      <p class="hint about">${KIND_HINTS[layer.kind]} Here: ${wordShape(layer)}.</p>
      ${isMaps ? this.renderMaps(layer) : this.renderUnits(layer)}
      ${renderMarkKey('above zero', 'below zero')}
    `;
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (!changes.has('pictures')) return;
    // Another model may have fewer layers, and maps.
    if (!this.layer) this.layerIndex = 0;
    if (this.mapIndex >= (this.layer?.shape[2] ?? 0)) this.mapIndex = 0;
  }

  protected override updated(): void {
    const { layer } = this;
    if (layer?.shape.length !== 3) return;
    const largest = largestSize(layer.values);
    const colours = readSignedColours(this);
    this.renderRoot.querySelectorAll<HTMLCanvasElement>('.maps canvas').forEach((canvas, index) => {
      paintSigned(canvas, mapOf(layer, index), largest, colours);
    });
  }

  private get layer(): LayerPicture | undefined {
    return this.pictures?.layers[this.layerIndex];
  }

  private renderLayerButton(layer: LayerPicture, index: number) {
    return html`
      <button aria-pressed=${index === this.layerIndex} @click=${() => this.chooseLayer(index)}>
        ${wordLayer(layer)}
      </button>
    `;
  }

  private renderMaps(layer: LayerPicture) {
    const [rows, columns, count] = layer.shape as readonly [number, number, number];
    return html`
      <div class="board">
        <div class="maps" role="group" aria-label="Maps of ${wordLayer(layer)}" @keydown=${this.onKey}>
          ${Array.from(
            { length: count },
            (_, index) => html`
              <button
                aria-label="Map ${index + 1}"
                aria-pressed=${index === this.mapIndex}
                tabindex=${index === this.mapIndex ? 0 : -1}
                @pointerenter=${() => (this.mapIndex = index)}
                @focus=${() => (this.mapIndex = index)}
                @click=${() => (this.mapIndex = index)}
              >
                <canvas aria-hidden="true" width=${columns} height=${rows}></canvas>
              </button>
            `,
          )}
        </div>
        ${this.renderDetail(layer, columns, count)}
      </div>
    `;
  }

  private renderDetail(layer: LayerPicture, columns: number, count: number) {
    const map = mapOf(layer, this.mapIndex);
    const summary = this.wordMap(map, columns);
    return html`
      <div class="detail">
        <figure>
          <h3>Map ${this.mapIndex + 1} of ${count}</h3>
          <halftone-map
            .values=${map}
            .columns=${columns}
            .largest=${largestSize(layer.values)}
            .theme=${this.theme}
            label=${summary}
          ></halftone-map>
          <figcaption aria-live="polite">${summary}</figcaption>
        </figure>
        ${this.renderFilter()}
      </div>
    `;
  }

  private wordMap(map: Float32Array, columns: number): string {
    const answering = map.filter((value) => value > 0).length;
    const place = strongestPlace(map, columns);
    if (!place) return 'Nothing here is above zero.';
    return `Strongest: ${place}. ${answering} of ${map.length} places are above zero.`;
  }

  /** The filter of the map that is looked at, where it looks at the pixels themselves. */
  private renderFilter() {
    const filters = this.pictures?.filters;
    if (!filters || !this.isOfFirstConvolution()) {
      return html`
        <p class="hint">Its filter weighs all maps of the layer before it, so it is no single picture.</p>
      `;
    }
    const values = pick(filters.values, this.mapIndex, filters.count);
    return html`
      <figure>
        <h3>Its filter</h3>
        <halftone-map
          class="filter"
          .values=${values}
          .columns=${filters.side}
          .theme=${this.theme}
          label="The filter of map ${this.mapIndex + 1}, ${filters.side} by ${filters.side} weights"
        ></halftone-map>
        <figcaption>Looks for ink at the squares and for paper at the circles.</figcaption>
      </figure>
    `;
  }

  private isOfFirstConvolution(): boolean {
    const before = this.pictures?.layers.slice(1, this.layerIndex + 1) ?? [];
    return before.every(({ kind }) => KEEPS_MAPS.includes(kind));
  }

  private renderUnits(layer: LayerPicture) {
    const isLast = this.layerIndex === this.pictures!.layers.length - 1;
    return html`
      <halftone-map
        class=${isLast ? 'digits' : 'units'}
        .values=${layer.values}
        .columns=${isLast ? layer.values.length : UNITS_A_ROW}
        .theme=${this.theme}
        label=${isLast ? wordLogits(layer.values) : `${wordShape(layer)} of ${wordLayer(layer)}`}
      ></halftone-map>
      ${isLast ? this.renderLogits(layer.values) : nothing}
    `;
  }

  private renderLogits(values: Float32Array) {
    return html`
      <ol class="logits figures" aria-label="What each digit got">
        ${Array.from(
          values,
          (value, digit) => html`
            <li>
              <strong>${digit}</strong>
              <span>${value.toFixed(1)}</span>
            </li>
          `,
        )}
      </ol>
    `;
  }

  private chooseLayer(index: number): void {
    this.layerIndex = index;
    if (this.mapIndex >= (this.layer?.shape[2] ?? 0)) this.mapIndex = 0;
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    const buttons = this.renderRoot.querySelectorAll<HTMLElement>('.maps button');
    if (step === undefined || buttons.length === 0) return;
    event.preventDefault();
    buttons[(this.mapIndex + step + buttons.length) % buttons.length]!.focus();
  };
}

/** One map of a layer, [rows, columns]. */
function mapOf({ values, shape }: LayerPicture, index: number): Float32Array {
  return pick(values, index, shape[2]!);
}

/** Every `count`-th number, from the one at `index` on. */
function pick(values: Float32Array, index: number, count: number): Float32Array {
  return Float32Array.from({ length: values.length / count }, (_, at) => values[at * count + index]!);
}

function wordLogits(values: Float32Array): string {
  const best = values.indexOf(Math.max(...values));
  return `The digit ${best} got most: ${values[best]!.toFixed(1)}.`;
}

declare global {
  interface HTMLElementTagNameMap {
    'layer-maps': LayerMaps;
  }
}
