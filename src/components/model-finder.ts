import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import { MODEL_ORDERS, type ModelFilter, type ModelOrder } from '../domain/model-list';
import { baseStyles, buttonStyles, fieldStyles } from './shared-styles';

/** Which models are listed, and in which order. Tells `change` with a ModelFilter. */
@customElement('model-finder')
export class ModelFinder extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    fieldStyles,
    css`
      :host {
        display: block;
        margin-top: var(--s-3);
      }
      form {
        display: grid;
        grid-template-columns: minmax(0, 2fr) repeat(2, minmax(0, 1fr));
        gap: var(--s-2) var(--s-3);
      }
      p {
        display: flex;
        align-items: center;
        gap: var(--s-2);
        min-height: 28px;
        margin-bottom: calc(-1 * var(--s-3));
        color: var(--ink-2);
        font-size: var(--t-2);
      }
      @media (max-width: 720px) {
        form {
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        }
        .words,
        .field:nth-child(2):last-child {
          grid-column: 1 / -1;
        }
        input[type='text'] {
          min-height: var(--h-touch);
          font-size: var(--t-4);
        }
      }
    `,
  ];

  @property({ attribute: false }) filter: ModelFilter | undefined;
  @property({ attribute: false }) tags: readonly string[] = [];
  @property({ type: Number }) shown = 0;
  @property({ type: Number }) all = 0;

  override render() {
    const { filter } = this;
    if (!filter) return nothing;
    const isNarrowed = filter.words !== '' || filter.tag !== '';
    return html`
      <form role="search" aria-label="Find models" @submit=${(event: Event) => event.preventDefault()}>
        <div class="field words">
          <label for="words">Find</label>
          <input
            id="words"
            type="text"
            placeholder="Name, note, tag, recipe"
            maxlength="80"
            .value=${filter.words}
            @input=${(event: Event) => this.change({ words: valueOf(event) })}
          />
        </div>
        ${this.tags.length === 0 ? nothing : this.renderTags(filter)}
        <div class="field">
          <label for="order">Order</label>
          <select
            id="order"
            @change=${(event: Event) => this.change({ order: valueOf(event) as ModelOrder })}
          >
            ${Object.entries(MODEL_ORDERS).map(
              ([order, title]) => html`
                <option value=${order} ?selected=${order === filter.order}>${title}</option>
              `,
            )}
          </select>
        </div>
      </form>
      <p role="status">
        ${isNarrowed ? `${this.shown} of ${this.all} models` : ''}
        ${
          isNarrowed
            ? html`
                <button class="quiet" @click=${() => this.change({ words: '', tag: '' })}>Show all</button>
              `
            : nothing
        }
      </p>
    `;
  }

  private renderTags({ tag }: ModelFilter) {
    return html`
      <div class="field">
        <label for="tag">Tag</label>
        <select id="tag" @change=${(event: Event) => this.change({ tag: valueOf(event) })}>
          <option value="" ?selected=${tag === ''}>All</option>
          ${this.tags.map(
            (one) => html`
              <option value=${one} ?selected=${one === tag}>${one}</option>
            `,
          )}
        </select>
      </div>
    `;
  }

  private change(patch: Partial<ModelFilter>): void {
    this.dispatchEvent(new CustomEvent('change', { detail: { ...this.filter, ...patch } }));
  }
}

function valueOf({ target }: Event): string {
  return (target as HTMLInputElement | HTMLSelectElement).value;
}

declare global {
  interface HTMLElementTagNameMap {
    'model-finder': ModelFinder;
  }
}
