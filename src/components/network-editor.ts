import { html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type Architecture, INPUT_SHAPE, type Layer } from '../domain/architecture';
import { reportOn, type LayerReport } from '../domain/architecture-report';
import { LAYER_LIMITS, MOST_LAYERS } from '../domain/run-limits';
import { nameArchitecture } from '../domain/run-link-settings';
import { renderChoiceField, renderChoices, renderNumberField } from './fields';
import { formatCount } from './format';
import { LAYER_FIELD_LABELS, LAYER_KINDS, wordLayer, wordShape } from './layer-words';
import { networkEditorStyles } from './network-editor-styles';
import { baseStyles, buttonStyles, fieldStyles } from './shared-styles';

const KINDS = Object.entries(LAYER_KINDS).map(([kind, { title }]) => [kind as Layer['kind'], title] as const);

/** A network, layer by layer, with what each of them gives. Tells `change` with the new network. */
@customElement('network-editor')
export class NetworkEditor extends LitElement {
  static override styles = [baseStyles, buttonStyles, fieldStyles, networkEditorStyles];

  @property({ attribute: false }) architecture!: Architecture;
  /** What is wrong with the network on this device, though its layers fit each other. */
  @property() error = '';
  @property({ type: Boolean }) locked = false;
  /** It can be read, not changed: a model that is trained further keeps its network. */
  @property({ type: Boolean }) fixed = false;
  /** The layer that is open. */
  @state() private chosen: number | undefined;
  /** The kind of layer that would be added. */
  @state() private kind: Layer['kind'] = 'conv';

  override render() {
    const report = reportOn(this.architecture);
    const whole = report.layers.some(({ error }) => error) ? '' : (report.error ?? this.error);
    return html`
      <p class="hint figures">
        ${formatCount(report.parameters)} parameters, ${wordCost(report.multiplyAdds)} for each image.
      </p>
      <ol aria-label="Layers">
        <li>
          <div class="row">
            <span class="title">Image</span>
            <span class="shape">${wordShape(INPUT_SHAPE)}</span>
          </div>
        </li>
        ${report.layers.map((layer, index) => this.renderLayer(layer, index))}
      </ol>
      <p class="field-error" role="status" ?hidden=${whole === ''}>${whole}</p>
      ${this.fixed ? nothing : this.renderAdd()}
    `;
  }

  private renderLayer({ output, error, fieldErrors }: LayerReport, index: number) {
    const layer = this.architecture.layers[index]!;
    const isChosen = index === this.chosen && !this.fixed;
    const { title } = LAYER_KINDS[layer.kind];
    const isShown = error !== undefined && Object.keys(fieldErrors).length === 0;
    return html`
      <li class="${isChosen ? 'chosen' : ''} ${error ? 'wrong' : ''}">
        <button
          type="button"
          class="row"
          aria-expanded=${isChosen ? 'true' : 'false'}
          ?disabled=${this.fixed}
          @click=${() => (this.chosen = isChosen ? undefined : index)}
        >
          <span class="title">
            ${title}
            <span class="numbers">${wordLayer(layer)}</span>
          </span>
          <span class="shape">
            <span class="visually-hidden">gives</span>
            ${error ? 'Does not fit' : wordShape(output)}
          </span>
        </button>
        ${
          isShown
            ? html`
                <span class="field-error wrong-line">${error}</span>
              `
            : nothing
        }
        ${isChosen ? this.renderEditor(layer, index, fieldErrors) : nothing}
      </li>
    `;
  }

  private renderEditor(layer: Layer, index: number, errors: LayerReport['fieldErrors']) {
    const numbers = Object.entries(layer).filter(
      (entry): entry is [keyof typeof LAYER_LIMITS, number] => entry[0] in LAYER_LIMITS,
    );
    return html`
      <div class="editor">
        <p class="hint">${LAYER_KINDS[layer.kind].hint}</p>
        <div class="fields" ?hidden=${numbers.length === 0}>
          ${numbers.map(([name, value]) =>
            renderNumberField({
              id: name,
              label: LAYER_FIELD_LABELS[name]!,
              value,
              isWhole: LAYER_LIMITS[name].isWhole,
              error: errors[name],
              disabled: this.locked,
              change: (next) => this.replace(index, { ...layer, [name]: next } as Layer),
            }),
          )}
          ${layer.kind === 'conv' ? this.renderPadding(layer, index) : nothing}
        </div>
        ${this.renderMoves(index)}
      </div>
    `;
  }

  private renderPadding(layer: Layer & { kind: 'conv' }, index: number) {
    return renderChoiceField<'valid' | 'same'>({
      id: 'padding',
      label: 'Border',
      choices: [
        ['valid', 'None'],
        ['same', 'Zeros'],
      ],
      chosen: layer.padding,
      disabled: this.locked,
      change: (padding) => this.replace(index, { ...layer, padding }),
    });
  }

  private renderMoves(index: number) {
    const last = this.architecture.layers.length - 1;
    return html`
      <div class="moves">
        <button
          type="button"
          ?disabled=${this.locked || index === 0}
          @click=${() => this.move(index, index - 1)}
        >
          Up
        </button>
        <button
          type="button"
          ?disabled=${this.locked || index === last}
          @click=${() => this.move(index, index + 1)}
        >
          Down
        </button>
        <button type="button" ?disabled=${this.locked} @click=${() => this.removeLayer(index)}>Remove</button>
      </div>
    `;
  }

  private renderAdd() {
    const isFull = this.architecture.layers.length >= MOST_LAYERS;
    return html`
      <div class="add">
        <select
          aria-label="Layer to add"
          ?disabled=${this.locked}
          @change=${(event: Event) =>
            (this.kind = (event.target as HTMLSelectElement).value as Layer['kind'])}
        >
          ${renderChoices(KINDS, this.kind)}
        </select>
        <button type="button" ?disabled=${this.locked || isFull} @click=${this.add}>Add layer</button>
      </div>
    `;
  }

  /** Behind the open layer; where none is open, before the last one, which gives the answer. */
  private readonly add = (): void => {
    const { layers } = this.architecture;
    const at = this.chosen === undefined ? Math.max(0, layers.length - 1) : this.chosen + 1;
    this.chosen = at;
    this.tell(layers.toSpliced(at, 0, LAYER_KINDS[this.kind].usual));
  };

  private replace(index: number, layer: Layer): void {
    this.tell(this.architecture.layers.with(index, layer));
  }

  private move(from: number, to: number): void {
    const { layers } = this.architecture;
    this.chosen = to;
    this.tell(layers.toSpliced(from, 1).toSpliced(to, 0, layers[from]!));
  }

  private removeLayer(index: number): void {
    this.chosen = undefined;
    this.tell(this.architecture.layers.toSpliced(index, 1));
  }

  private tell(layers: readonly Layer[]): void {
    this.dispatchEvent(new CustomEvent('change', { detail: nameArchitecture(layers) }));
  }
}

/** What one image costs. A multiply-add is what such a count is made of everywhere. */
function wordCost(multiplyAdds: number): string {
  if (multiplyAdds < 1e6) return `${formatCount(multiplyAdds / 1000)} thousand multiply-adds`;
  return `${(multiplyAdds / 1e6).toFixed(1)} million multiply-adds`;
}

declare global {
  interface HTMLElementTagNameMap {
    'network-editor': NetworkEditor;
  }
}
