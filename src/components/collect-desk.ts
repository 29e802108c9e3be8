import { css, html, LitElement } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import { CLASS_COUNT } from '../domain/sample';
import type { Stroke } from '../domain/strokes';
import './digit-canvas';
import type { StrokeEventDetail } from './digit-canvas';
import './ink-icon';
import { baseStyles, buttonStyles, plateStyles } from './shared-styles';

/** How many of each digit are asked for. */
export const OF_EACH = 10;

/** A digit that somebody drew because they were asked to. */
export interface CollectedDigit {
  readonly strokes: readonly Stroke[];
  readonly label: number;
}

/**
 * Draw ten of each: says which digit to write, and tells `keep` with the strokes, `undo` for the last one
 * that was kept, and `close`. Enter keeps, Delete clears.
 */
@customElement('collect-desk')
export class CollectDesk extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    plateStyles,
    css`
      :host {
        display: block;
      }
      .plate {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--s-5);
        align-items: start;
        --square-size: 12px;
      }
      .statement {
        margin: var(--s-2) 0;
        font: 400 var(--t-6) / 1.25 var(--font-book);
      }
      .tools {
        display: flex;
        flex-wrap: wrap;
        gap: var(--s-2);
        margin: var(--s-4) 0;
      }
      ol {
        display: grid;
        grid-template-columns: repeat(10, minmax(0, 44px));
        gap: 2px;
        padding: 0;
        list-style: none;
      }
      .count {
        display: grid;
        width: 100%;
        min-height: 44px;
        padding: 2px 0;
        gap: 0;
        line-height: 1.2;
      }
      .count small {
        color: var(--ink-3);
        font-size: var(--t-1);
      }
      .count[aria-pressed='true'] {
        border-color: var(--blue);
        background: var(--blue-wash);
      }
      .done {
        color: var(--ink-3);
      }
      @media (max-width: 720px) {
        .plate {
          grid-template-columns: minmax(0, 1fr);
        }
        digit-canvas {
          justify-self: center;
        }
        ol {
          grid-template-columns: repeat(5, minmax(0, 1fr));
        }
      }
    `,
  ];

  /** How many of each digit have been kept. */
  @property({ attribute: false }) counts: readonly number[] = [];
  /** The last one that was kept can be taken back. */
  @property({ type: Boolean }) undoable = false;
  /** Something is being kept. */
  @property({ type: Boolean }) busy = false;
  /** Changes when the colours do. */
  @property() theme = '';

  @state() private strokes: readonly Stroke[] = [];
  /** The digit that somebody chose to write, in place of the one that is asked for. */
  @state() private chosen: number | undefined;

  override render() {
    const digit = this.asked;
    return html`
      <section class="plate" aria-label="Draw digits" @keydown=${this.onKey}>
        <digit-canvas
          .strokes=${this.strokes}
          .theme=${this.theme}
          @stroke-end=${({ detail }: CustomEvent<StrokeEventDetail>) =>
            (this.strokes = [...this.strokes, detail.stroke])}
          @undo=${() => (this.strokes = this.strokes.slice(0, -1))}
          @clear=${() => (this.strokes = [])}
        ></digit-canvas>
        <div>
          <h2>Draw ten of each</h2>
          <p class="statement" role="status">${this.wordTask(digit)}</p>
          <p class="hint">Write as you always do. Enter keeps it, Delete wipes the pad.</p>
          <div class="tools">
            <button class="primary" ?disabled=${this.strokes.length === 0 || this.busy} @click=${this.keep}>
              Keep this ${digit}
            </button>
            <button ?disabled=${this.strokes.length === 0} @click=${() => (this.strokes = [])}>
              <ink-icon name="clear"></ink-icon>
              Clear
            </button>
            <button
              ?disabled=${this.busy || !this.undoable}
              @click=${() => this.dispatchEvent(new CustomEvent('undo'))}
            >
              <ink-icon name="undo"></ink-icon>
              Take the last one back
            </button>
            <button @click=${() => this.dispatchEvent(new CustomEvent('close'))}>Done</button>
          </div>
          <ol aria-label="How many of each">
            ${Array.from({ length: CLASS_COUNT }, (_, each) => this.renderCount(each, digit))}
          </ol>
        </div>
      </section>
    `;
  }

  private renderCount(digit: number, asked: number) {
    const count = this.counts[digit] ?? 0;
    return html`
      <li>
        <button
          class="count figures ${count >= OF_EACH ? 'done' : ''}"
          aria-pressed=${digit === asked ? 'true' : 'false'}
          aria-label="Write a ${digit}: ${count} of ${OF_EACH}"
          @click=${() => (this.chosen = digit)}
        >
          <span>${digit}</span>
          <small>${count} of ${OF_EACH}</small>
        </button>
      </li>
    `;
  }

  private wordTask(digit: number): string {
    const missing = Array.from({ length: CLASS_COUNT }, (_, each) =>
      Math.max(0, OF_EACH - (this.counts[each] ?? 0)),
    ).reduce((sum, count) => sum + count, 0);
    if (missing === 0) return 'Ten of each are there. You can go on.';
    return `Write a ${digit}. ${missing} to go.`;
  }

  /** The digit to write: the chosen one, or the one that there are fewest of. */
  private get asked(): number {
    if (this.chosen !== undefined) return this.chosen;
    const counts = Array.from({ length: CLASS_COUNT }, (_, digit) => this.counts[digit] ?? 0);
    return counts.indexOf(Math.min(...counts));
  }

  private readonly keep = (): void => {
    if (this.strokes.length === 0 || this.busy) return;
    const detail: CollectedDigit = { strokes: this.strokes, label: this.asked };
    this.strokes = [];
    this.chosen = undefined;
    this.dispatchEvent(new CustomEvent('keep', { detail }));
  };

  private onKey(event: KeyboardEvent): void {
    // On a button, Enter does what the button says.
    if (event.key !== 'Enter' || event.composedPath()[0] instanceof HTMLButtonElement) return;
    event.preventDefault();
    this.keep();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'collect-desk': CollectDesk;
  }
}
