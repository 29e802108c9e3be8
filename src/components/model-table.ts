import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ModelVersionId } from '../domain/ids';
import './ink-icon';
import type { ModelRow } from './model-rows';
import { modelTableStyles } from './model-table-styles';
import { runTableStyles } from './run-table-styles';
import { baseStyles, buttonStyles, chipStyles, plateStyles } from './shared-styles';

/** All models. Tells `select` and `use` with a model's number. */
@customElement('model-table')
export class ModelTable extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    chipStyles,
    plateStyles,
    runTableStyles,
    modelTableStyles,
  ];

  @property({ attribute: false }) rows: readonly ModelRow[] = [];
  @property({ attribute: false }) chosen: ModelVersionId | undefined;

  override render() {
    return html`
      <section class="plate" aria-label="Versions">
        <h2>Versions</h2>
        <p class="hint">${this.hint()}</p>
        <div class="scroll" role="region" aria-label="Versions, table" tabindex="0">
          <table class="figures">
            <thead>
              <tr>
                <th scope="col">Model</th>
                <th scope="col">Learned</th>
                <th scope="col">Parent</th>
                <th scope="col" class="number">Validation</th>
                <th scope="col" class="number">Test</th>
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
    if (this.rows.length > 1) return 'Choose one to see all of it. One of them answers on Draw.';
    return 'The model that came with Inkling. What you train or import appears here too.';
  }

  private renderRow(row: ModelRow) {
    const isChosen = row.id === this.chosen;
    return html`
      <tr class=${isChosen ? 'chosen' : ''}>
        <td class="who">
          <button
            class="quiet name"
            aria-pressed=${isChosen}
            title=${row.title}
            @click=${() => this.tell('select', row.id)}
          >
            <bdi>${row.title}</bdi>
          </button>
          <span class="hint under">${row.number}</span>
        </td>
        <td class="learned">
          <span>${row.recipe}</span>
          <bdi class="hint under" title=${row.data}>${row.data}</bdi>
        </td>
        <td class="labelled" data-label="Parent">${row.parent}</td>
        <td class="labelled number" data-label="Validation">${row.validation}</td>
        <td class="labelled number" data-label="Test">${row.test}</td>
        <td class="actions">${row.isChampion ? this.renderChampion() : this.renderUse(row)}</td>
      </tr>
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

  private tell(name: 'select' | 'use', id: ModelVersionId): void {
    this.dispatchEvent(new CustomEvent(name, { detail: id }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'model-table': ModelTable;
  }
}
