import { html, LitElement, nothing, svg } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ModelVersionId } from '../domain/ids';
import type { Descent, Lineage, LineageNode, PlacedNode } from '../domain/lineage';
import { cardStyles } from './card-styles';
import { lineageStyles } from './lineage-styles';
import { DESCENTS, renderMark, wordDescent } from './lineage-words';
import { renderSegments, segmentStyles, type Segment } from './segments';
import { baseStyles, buttonStyles, plateStyles } from './shared-styles';

type View = 'graph' | 'list';

const VIEWS: readonly Segment<View>[] = [
  { view: 'graph', label: 'Graph' },
  { view: 'list', label: 'List' },
];

/** A box and the ways between boxes, in pixels; room for the focus ring around all of it. */
const BOX = { width: 150, height: 44 };
const STEP = { across: 190, down: 56 };
const MARGIN = 4;
/** How far left of a child its line turns. */
const CORNER = 20;
/** Letters of a title and of the line below it that fit into a box. */
const TITLE_LETTERS = 15;
const LINE_LETTERS = 18;

/**
 * A plate with the models as a forest, and the same as a list. Tells `select` with a model's number. In the graph
 * the arrows go from model to model, Enter chooses one.
 */
@customElement('lineage-graph')
export class LineageGraph extends LitElement {
  static override styles = [baseStyles, buttonStyles, plateStyles, segmentStyles, cardStyles, lineageStyles];

  @property({ attribute: false }) lineage: Lineage = { placed: [], alone: [], rows: 0, columns: 0 };
  @property({ attribute: false }) chosen: ModelVersionId | undefined;
  /** The one that answers on Draw. */
  @property({ attribute: false }) champion: ModelVersionId | undefined;
  /** What is said below a model's name. */
  @property({ attribute: false }) lineOf: (node: LineageNode) => string = () => '';
  @state() private view: View = 'graph';
  /** The node that the keyboard is at. */
  @state() private active: string | undefined;

  override render() {
    const { placed, alone } = this.lineage;
    return html`
      <section class="plate" aria-label="Lineage">
        <header>
          <div>
            <h2>Lineage</h2>
            <p class="hint">${this.summary()}</p>
          </div>
          ${renderSegments('Show lineage as', VIEWS, this.view, (view) => (this.view = view))}
        </header>
        ${this.view === 'list' ? this.renderList() : this.renderGraph()}
        ${alone.length > 0 && this.view === 'graph' ? this.renderAlone(placed.length > 0) : nothing}
        ${this.renderKey()}
      </section>
    `;
  }

  private summary(): string {
    const { placed, alone } = this.lineage;
    if (placed.length === 0) return 'No model came of another one yet.';
    const rest = alone.length === 0 ? '' : ` ${alone.length} stand on their own.`;
    return `Left is the parent, right what came of it.${alone.length === 1 ? ' One stands on its own.' : rest}`;
  }

  private renderGraph() {
    const { placed, rows, columns } = this.lineage;
    if (placed.length === 0) return nothing;
    const width = (columns - 1) * STEP.across + BOX.width + 2 * MARGIN;
    const height = (rows - 1) * STEP.down + BOX.height + 2 * MARGIN;
    const byKey = new Map(placed.map((node) => [node.key, node]));
    return html`
      <div class="scroll">
        <svg
          class="forest figures"
          width=${width}
          height=${height}
          role="tree"
          aria-label="Lineage of the models"
          @keydown=${this.onKey}
        >
          <g aria-hidden="true">${placed.map((node) => renderEdge(node, byKey.get(node.parent ?? '')))}</g>
          ${placed.map((node) => this.renderNode(node))}
        </svg>
      </div>
    `;
  }

  private renderNode(node: PlacedNode) {
    const { key, title, version, descent, column } = node;
    const [x, y] = placeOf(node);
    const line = this.lineUnder(node);
    return svg`
      <g
        class=${version ? 'node' : 'node gone'}
        role="treeitem"
        data-key=${key}
        tabindex=${key === this.activeKey() ? 0 : -1}
        aria-level=${column + 1}
        aria-selected=${version !== undefined && version.id === this.chosen}
        aria-disabled=${version ? nothing : 'true'}
        @click=${() => this.choose(node)}
        @focus=${() => (this.active = key)}
      >
        <title>${[title, wordDescent(descent, this.parentTitle(node)), line].filter(Boolean).join(', ')}</title>
        <rect class="box" x=${x} y=${y} width=${BOX.width} height=${BOX.height} rx="4"></rect>
        <rect class="ring" x=${x - 3} y=${y - 3} width=${BOX.width + 6} height=${BOX.height + 6} rx="6"></rect>
        ${renderMark(descent, x + 16, y + BOX.height / 2)}
        <text x=${x + 32} y=${y + (line ? 19 : 27)}>${shorten(title, TITLE_LETTERS)}</text>
        <text class="under" x=${x + 32} y=${y + 35}>${shorten(line, LINE_LETTERS)}</text>
      </g>
    `;
  }

  private renderAlone(isBelow: boolean) {
    return html`
      <h3 ?hidden=${!isBelow}>On their own</h3>
      <ul class="alone">
        ${this.lineage.alone.map(
          (node) => html`
            <li>${this.renderButton(node)}</li>
          `,
        )}
      </ul>
    `;
  }

  private renderList() {
    const { placed, alone } = this.lineage;
    const roots = [...placed.filter(({ parent }) => parent === undefined), ...alone];
    return html`
      <ul class="tree">
        ${roots.map((node) => this.renderBranch(node))}
      </ul>
    `;
  }

  private renderBranch(node: LineageNode): unknown {
    const children = this.lineage.placed.filter(({ parent }) => parent === node.key);
    return html`
      <li>
        <div class="line">
          ${this.renderButton(node)}
          <span class="hint figures">
            ${[wordDescent(node.descent, this.parentTitle(node)), this.lineUnder(node)].filter(Boolean).join(', ')}
          </span>
        </div>
        ${
          children.length === 0
            ? nothing
            : html`
                <ul>
                  ${children.map((child) => this.renderBranch(child))}
                </ul>
              `
        }
      </li>
    `;
  }

  private renderButton(node: LineageNode) {
    const { title, version, descent } = node;
    return html`
      <button
        aria-pressed=${version !== undefined && version.id === this.chosen}
        ?disabled=${!version}
        title=${wordDescent(descent, this.parentTitle(node))}
        @click=${() => this.choose(node)}
      >
        ${renderKeyMark(descent)}
        <bdi>${title}</bdi>
      </button>
    `;
  }

  private renderKey() {
    const { placed, alone } = this.lineage;
    const used = new Set([...placed, ...alone].map(({ descent }) => descent));
    const shown = (Object.keys(DESCENTS) as Descent[]).filter((descent) => used.has(descent));
    return html`
      <ul class="key" aria-label="Key">
        ${shown.map(
          (descent) => html`
            <li>${renderKeyMark(descent)}${DESCENTS[descent].title}</li>
          `,
        )}
      </ul>
    `;
  }

  private lineUnder(node: LineageNode): string {
    const isChampion = node.version !== undefined && node.version.id === this.champion;
    return [isChampion ? 'Answers' : '', this.lineOf(node)].filter(Boolean).join(', ');
  }

  private parentTitle({ parent }: LineageNode): string | undefined {
    return this.lineage.placed.find(({ key }) => key === parent)?.title;
  }

  /** One node alone is in the order of the Tab key: where the keyboard was, or the chosen one, or the first. */
  private activeKey(): string | undefined {
    const { placed } = this.lineage;
    const has = (key: string | undefined) => placed.some((node) => node.key === key);
    if (has(this.active)) return this.active;
    const chosen = placed.find(({ version }) => version && version.id === this.chosen);
    return (chosen ?? placed[0])?.key;
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const node = this.lineage.placed.find(({ key }) => key === this.activeKey());
    if (!node) return;
    if (event.key === 'Enter' || event.key === ' ') this.choose(node);
    else {
      const next = neighbour(this.lineage.placed, node, event.key);
      if (!next) return;
      this.active = next.key;
      this.renderRoot.querySelector<SVGGElement>(`[data-key="${next.key}"]`)?.focus();
    }
    event.preventDefault();
  };

  private choose({ key, version }: LineageNode): void {
    this.active = key;
    if (version) this.dispatchEvent(new CustomEvent('select', { detail: version.id }));
  }
}

/** Where an arrow leads; undefined where it leads nowhere, or is no arrow. */
function neighbour(placed: readonly PlacedNode[], node: PlacedNode, key: string): PlacedNode | undefined {
  const at = placed.indexOf(node);
  switch (key) {
    case 'ArrowLeft':
      return placed.find((other) => other.key === node.parent);
    case 'ArrowRight':
      return placed.find((other) => other.parent === node.key);
    case 'ArrowUp':
      return placed.slice(0, at).findLast(({ row }) => row < node.row);
    case 'ArrowDown':
      return placed.slice(at + 1).find(({ row }) => row > node.row);
    case 'Home':
      return placed[0];
    case 'End':
      return placed.at(-1);
    default:
      return undefined;
  }
}

function placeOf({ column, row }: PlacedNode): readonly [x: number, y: number] {
  return [MARGIN + column * STEP.across, MARGIN + row * STEP.down];
}

/** From the right of the parent to the left of the child, around a corner where it lies lower. */
function renderEdge(child: PlacedNode, parent: PlacedNode | undefined) {
  if (!parent) return nothing;
  const [parentX, parentY] = placeOf(parent);
  const [childX, childY] = placeOf(child);
  const [from, to] = [parentY + BOX.height / 2, childY + BOX.height / 2];
  // Where it turns, what comes before is the first child's line: dashes over dashes would be a blur.
  const begin = from === to ? `M${parentX + BOX.width} ${from}` : `M${childX - CORNER} ${from}V${to}`;
  const path = `${begin}H${childX}`;
  return svg`<path class="edge" d=${path} stroke-dasharray=${DESCENTS[child.descent].dash ?? nothing}></path>`;
}

function renderKeyMark(descent: Descent) {
  return html`
    <svg width="14" height="14" aria-hidden="true">${renderMark(descent, 7, 7)}</svg>
  `;
}

function shorten(text: string, letters: number): string {
  const all = [...text];
  return all.length <= letters ? text : `${all.slice(0, letters - 1).join('')}…`;
}

declare global {
  interface HTMLElementTagNameMap {
    'lineage-graph': LineageGraph;
  }
}
