import { html, LitElement, nothing, type PropertyValues } from '../i18n/lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import './digit-tile';
import { formatCount } from './format';
import {
  columnsWithin,
  rowCount,
  scrollTopFor,
  tileAfterKey,
  tileAtPlace,
  tilesInView,
  type GridShape,
  type GridView,
  type TileRange,
} from './grid-geometry';
import { GridPointer } from './grid-pointer';
import { GridSelection, isSameSelection, type Selection } from './grid-selection';
import { gridStyles } from './sample-grid-styles';
import { baseStyles } from './shared-styles';

/** A sample as a tile shows it. */
export interface SampleTile {
  /** [28, 28] bytes. */
  readonly pixels: Uint8Array;
  /** What it is said to be. */
  readonly label: string;
  /** Its number in the set, from 1 on, where this differs from its place in the grid. */
  readonly number?: number;
  /** A word or two in place of the number, such as "was 0". */
  readonly note?: string;
  /** Somebody gave it another label. */
  readonly isChanged?: boolean;
  readonly isWrong?: boolean;
}

/** Room around the tiles for the ring of the one that has the keyboard. */
const PADDING = 6;

/**
 * As many digits as there are, of which only those in view exist. It asks `tileAt` for what it shows;
 * undefined leaves a tile blank until `requestUpdate()` has it ask again. It tells `needrange` (a
 * TileRange) when other tiles come into view, or `count` or `tileAt` change; `selectionchange` (a set of
 * indices) and `open` (an index). Arrows move, Space chooses, Shift and swipes choose many.
 */
@customElement('sample-grid')
export class SampleGrid extends LitElement {
  static override styles = [baseStyles, gridStyles];

  /** How many tiles there are. */
  @property({ type: Number }) count = 0;
  @property({ attribute: false }) tileAt: (index: number) => SampleTile | undefined = () => undefined;
  /** The indices of what is chosen. */
  @property({ attribute: false }) selection: Selection = new Set();
  /** What the grid shows, for those who do not see it. */
  @property() label = 'Digits';
  /** Changes when the colours do. */
  @property() theme = '';

  @state() private shape: GridShape = { count: 0, columns: 1, columnPitch: 72, rowPitch: 94 };
  @state() private range: TileRange = { first: 0, end: 0 };
  /** Where the keyboard is. */
  @state() private active = 0;

  @query('.scroller') private scroller!: HTMLElement;
  @query('.space') private space!: HTMLElement;
  @query('.rows') private rows!: HTMLElement;

  /** A row that leaves at one end becomes the one that comes in at the other: the rest is left alone. */
  private mostRows = 1;
  private readonly choosing = new GridSelection({
    selectionOf: () => this.selection,
    select: (selection) => this.select(selection),
  });
  /** In the next frame: what follows changes the size that is observed. */
  private readonly resizing = new ResizeObserver(() => requestAnimationFrame(() => this.measure()));
  private readonly pointer = new GridPointer(
    {
      tileAt: (x, y) => this.tileAtPoint(x, y),
      tap: (index, event) => this.tap(index, event),
      beginSwipe: (index, isAdding) => this.choosing.begin(index, isAdding),
      extendSwipe: (index) => this.choosing.stretchTo(index),
    },
    () => this.scroller,
  );

  /** Scrolls a tile into view and moves the keyboard there. */
  show(index: number): void {
    this.active = index;
    this.scroller.scrollTop = scrollTopFor(this.shape, this.view(), index);
    this.look();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.resizing.observe(this.scroller);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizing.disconnect();
    this.pointer.reset();
  }

  protected override firstUpdated(): void {
    this.resizing.observe(this.scroller);
    // Not passive, so that it can keep a finger that chooses from scrolling.
    const keep = (event: Event) => this.pointer.keepFromBrowser(event);
    this.scroller.addEventListener('touchmove', keep, { passive: false });
  }

  override render() {
    const { columns } = this.shape;
    const length = Math.ceil((this.range.end - this.range.first) / columns);
    const shown = Array.from({ length }, (_, k) => this.range.first / columns + k);
    this.mostRows = Math.max(this.mostRows, length);
    const ink = this.hasUpdated ? getComputedStyle(this).color : '';
    return html`
      <div
        class="scroller"
        role="grid"
        tabindex="0"
        aria-label=${this.label}
        aria-multiselectable="true"
        aria-rowcount=${rowCount(this.shape)}
        aria-colcount=${columns}
        aria-activedescendant=${this.isShown(this.active) ? `tile-${this.active}` : nothing}
        @scroll=${this.look}
        @keydown=${this.onKey}
        @pointermove=${(event: PointerEvent) => this.pointer.move(event)}
        @pointerup=${(event: PointerEvent) => this.pointer.up(event)}
        @pointercancel=${(event: PointerEvent) => this.pointer.cancel(event)}
        @dblclick=${(event: MouseEvent) => this.tell('open', this.tileAtPoint(event.clientX, event.clientY))}
        @contextmenu=${(event: Event) => this.pointer.keepFromBrowser(event)}
      >
        <div
          class="space"
          role="presentation"
          @pointerdown=${(event: PointerEvent) => this.pointer.down(event)}
        >
          <div class="rows" role="presentation">
            ${repeat(
              shown,
              (row) => row % this.mostRows,
              (row) => this.renderRow(row, ink),
            )}
          </div>
        </div>
      </div>
    `;
  }

  private renderRow(row: number, ink: string) {
    const first = row * this.shape.columns;
    const length = Math.min(this.shape.columns, this.shape.count - first);
    return html`
      <div class="row" role="row" aria-rowindex=${row + 1}>
        ${Array.from({ length }, (_, column) => this.renderTile(first + column, column, ink))}
      </div>
    `;
  }

  private renderTile(index: number, column: number, ink: string) {
    const tile = this.tileAt(index);
    const isChosen = this.selection.has(index);
    return html`
      <digit-tile
        id=${`tile-${index}`}
        role="gridcell"
        aria-colindex=${column + 1}
        aria-selected=${isChosen}
        .pixels=${tile?.pixels}
        .label=${tile?.label ?? ''}
        .number=${formatCount(tile?.number ?? index + 1)}
        .note=${tile?.note ?? ''}
        .ink=${ink}
        .chosen=${isChosen}
        .changed=${tile?.isChanged ?? false}
        .wrong=${tile?.isWrong ?? false}
        .active=${index === this.active}
      ></digit-tile>
    `;
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (!changes.has('count')) return;
    this.shape = { ...this.shape, count: this.count };
    this.active = Math.max(0, Math.min(this.active, this.count - 1));
    if (this.hasUpdated) this.look();
  }

  protected override updated(changes: PropertyValues): void {
    const { rowPitch, columns } = this.shape;
    this.space.style.height = `${rowCount(this.shape) * rowPitch}px`;
    this.rows.style.transform = `translateY(${(this.range.first / columns) * rowPitch}px)`;
    this.style.setProperty('--columns', String(columns));
    // A window that was empty a moment ago has its height only now.
    if (changes.has('count')) this.look();
    const isNew = ['range', 'count', 'tileAt'].some((name) => changes.has(name));
    if (isNew && this.range.end > this.range.first) this.tell('needrange', this.range);
  }

  /** Finds out how many tiles fit side by side now. */
  private measure(): void {
    const style = getComputedStyle(this);
    const pixels = (name: string) => parseFloat(style.getPropertyValue(name));
    const gap = pixels('--tile-gap');
    const width = this.scroller.clientWidth - 2 * PADDING;
    const columns = columnsWithin(width, pixels('--tile'), gap);
    const rowPitch = pixels('--tile') + pixels('--tile-caption') + gap;
    const first = this.range.first;
    const hasMoved = columns !== this.shape.columns && first > 0;
    this.shape = { count: this.count, columns, columnPitch: (width + gap) / columns, rowPitch };
    // What was in view stays there though the rows have become longer or shorter.
    if (hasMoved) this.scroller.scrollTop = Math.floor(first / columns) * rowPitch;
    this.look();
  }

  private view(): GridView {
    const { scrollTop, clientHeight } = this.scroller;
    return { top: Math.max(0, scrollTop - PADDING), height: clientHeight - 2 * PADDING };
  }

  private look(): void {
    const { first, end } = tilesInView(this.shape, this.view());
    if (first !== this.range.first || end !== this.range.end) this.range = { first, end };
  }

  private isShown(index: number): boolean {
    return index >= this.range.first && index < this.range.end;
  }

  private tileAtPoint(clientX: number, clientY: number): number {
    const { left, top } = this.space.getBoundingClientRect();
    return tileAtPlace(this.shape, clientX - left, clientY - top);
  }

  private onKey(event: KeyboardEvent): void {
    const rowsPerPage = Math.max(1, Math.floor(this.view().height / this.shape.rowPitch));
    const target = tileAfterKey(this.shape, this.active, event, rowsPerPage);
    if (this.count === 0) return;
    if (target !== undefined) this.moveTo(target, event.shiftKey);
    else if (!this.runKey(event)) return;
    event.preventDefault();
  }

  private moveTo(index: number, isStretching: boolean): void {
    if (isStretching) this.choosing.stretchTo(index);
    else this.choosing.moveTo(index);
    this.show(index);
  }

  private runKey({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
    if (key === ' ') this.choosing.toggle(this.active);
    else if (key === 'Enter') this.tell('open', this.active);
    else if (key === 'Escape' && this.selection.size > 0) this.choosing.none();
    else if (key.toLowerCase() === 'a' && (ctrlKey || metaKey)) this.choosing.all(this.count);
    else return false;
    return true;
  }

  /** A mouse chooses; a finger opens, and chooses once something is chosen. */
  private tap(index: number, event: PointerEvent): void {
    this.active = index;
    if (event.pointerType === 'touch' && this.selection.size === 0) this.tell('open', index);
    else if (event.pointerType === 'touch' || event.ctrlKey || event.metaKey) this.choosing.toggle(index);
    else if (event.shiftKey) this.choosing.stretchTo(index);
    else this.choosing.only(index);
  }

  private select(selection: Selection): void {
    if (isSameSelection(selection, this.selection)) return;
    this.selection = selection;
    this.tell('selectionchange', selection);
  }

  private tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sample-grid': SampleGrid;
  }
}
