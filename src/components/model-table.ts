import { html, LitElement, nothing } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import type { ModelVersionId } from '../domain/ids';
import './ink-icon';
import type { ModelRow } from './model-rows';
import { modelListStyles, modelTableStyles } from './model-table-styles';
import { rowTableStyles, tickStyles } from './row-table-styles';
import { baseStyles, buttonStyles, chipStyles, plateStyles } from './shared-styles';

/**
 * All models; what finds among them is slotted in. Tells `select`, `use` and `tick`, which puts it beside others,
 * with a model's number.
 */
@customElement('model-table')
export class ModelTable extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    chipStyles,
    plateStyles,
    rowTableStyles,
    tickStyles,
    modelTableStyles,
    modelListStyles,
  ];

  @property({ attribute: false }) rows: readonly ModelRow[] = [];
  @property({ attribute: false }) chosen: ModelVersionId | undefined;
  /** Those that are put side by side. */
  @property({ attribute: false }) ticked: ReadonlySet<ModelVersionId> = new Set();
  /** There are models, and a filter lets none of them through. */
  @property({ type: Boolean }) empty = false;

  override render() {
    return html`
      <section class="plate" aria-label="Versions">
        <h2>Versions</h2>
        <p class="hint">${this.hint()}</p>
        <slot></slot>
        <p ?hidden=${!this.empty}>No model has these words.</p>
        <div class="scroll" ?hidden=${this.empty} role="region" aria-label="Versions, table" tabindex="0">
          <table class="figures">
            <thead>
              <tr>
                <th scope="col">Model</th>
                <th scope="col">Learned</th>
                <th scope="col">Parent</th>
                <th scope="col" class="number">Validation</th>
                <th scope="col" class="number">Test</th>
                <th scope="col" class="number">Drawn</th>
                <th scope="col"><span class="visually-hidden">What answers</span></th>
              </tr>
            </thead>
            <tbody>${this.rows.map((row) => this.renderRow(row))}</tbody>
          </table>
        </div>
      </section>
    `;
  }

  private hint(): string {
    if (this.rows.length > 1 || this.empty) {
      return 'Choose one to see all of it, tick some to compare them. One of them answers on Draw.';
    }
    return 'The model that came with Inkling. What you train or import appears here too.';
  }

  private renderRow(row: ModelRow) {
    const isChosen = row.id === this.chosen;
    return html`
      <tr class=${isChosen ? 'chosen' : ''}>
        <td class="who">
          ${this.renderTick(row)}
          <button
            class="quiet name"
            aria-pressed=${isChosen}
            title=${row.title}
            @click=${() => this.tell('select', row.id)}
          >
            <bdi>${row.title}</bdi>
          </button>
          <span class="hint under">${row.number}</span>
          ${row.tags.length === 0 ? nothing : renderTags(row.tags)}
        </td>
        <td class="learned">
          <span>${row.recipe}</span>
          <bdi class="hint under" title=${row.data}>${row.data}</bdi>
        </td>
        <td class="labelled" data-label="Parent">${row.parent}</td>
        <td class="labelled number" data-label="Validation">${row.validation}</td>
        <td class="labelled number" data-label="Test">${row.test}</td>
        <td class="labelled number" data-label="Drawn">${row.drawn}</td>
        <td class="actions">${row.isChampion ? this.renderChampion() : this.renderUse(row)}</td>
      </tr>
    `;
  }

  private renderTick({ id, title }: ModelRow) {
    if (this.rows.length < 2 && this.ticked.size === 0) return nothing;
    return html`
      <label class="tick">
        <input type="checkbox" .checked=${this.ticked.has(id)} @change=${() => this.tell('tick', id)} />
        <span class="visually-hidden">Compare ${title}</span>
      </label>
    `;
  }

  private renderChampion() {
    return html`
      <span class="chip passed">
        <ink-icon name="champion"></ink-icon>
        Answers
        <span class="visually-hidden">on Draw</span>
      </span>
    `;
  }

  private renderUse({ id, title }: ModelRow) {
    return html`
      <button @click=${() => this.tell('use', id)}>
        Use on Draw
        <span class="visually-hidden">: ${title}</span>
      </button>
    `;
  }

  private tell(name: 'select' | 'use' | 'tick', id: ModelVersionId): void {
    this.dispatchEvent(new CustomEvent(name, { detail: id }));
  }
}

function renderTags(tags: readonly string[]) {
  return html`
    <ul class="tags" aria-label="Tags">
      ${tags.map(
        (tag) => html`
          <li class="chip"><bdi translate="no">${tag}</bdi></li>
        `,
      )}
    </ul>
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'model-table': ModelTable;
  }
}
