import { css, html, LitElement } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import { reportJson, reportText, type ClassificationReport } from '../domain/classification-report';
import type { ClassEstimates } from '../domain/evaluation';
import type { Estimate } from '../domain/intervals';
import { cardStyles, chartTableStyles } from './card-styles';
import { renderSegments, segmentStyles, type Segment } from './segments';
import { baseStyles, buttonStyles, plateStyles } from './shared-styles';

type View = 'text' | 'table';

const VIEWS: readonly Segment<View>[] = [
  { view: 'text', label: 'Text' },
  { view: 'table', label: 'Intervals' },
];

/**
 * A plate with the report as scikit-learn prints it, and each digit's figures with their intervals. Tells
 * `copytext` with the text or the JSON to copy.
 */
@customElement('report-card')
export class ReportCard extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    plateStyles,
    segmentStyles,
    cardStyles,
    chartTableStyles,
    css`
      .body {
        container-type: inline-size;
      }
      pre {
        margin: 0;
        overflow-x: auto;
        font: min(0.875rem, 2.95cqw) / 1.65 var(--font-code);
      }
      .table {
        height: auto;
      }
      tr > :first-child {
        text-align: start;
      }
      td small {
        display: block;
        color: var(--ink-3);
        font-size: var(--t-1);
        white-space: nowrap;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--s-2);
        margin-top: var(--s-3);
      }
    `,
  ];

  @property({ attribute: false }) report: ClassificationReport | undefined;
  @property({ attribute: false }) classes: readonly ClassEstimates[] = [];
  @state() private view: View = 'text';

  override render() {
    const text = this.report ? reportText(this.report) : '';
    return html`
      <section class="plate" aria-label="Report">
        <header>
          <div>
            <h2>Report</h2>
            <p class="hint">The same figures, and the same text, that scikit-learn prints.</p>
          </div>
          ${renderSegments('Show the report as', VIEWS, this.view, (view) => (this.view = view))}
        </header>
        <div class="body">${this.view === 'text' ? this.renderText(text) : this.renderTable()}</div>
        <div class="actions">
          <button @click=${() => this.copy(text)}>Copy text</button>
          <button @click=${this.copyJson}>Copy JSON</button>
        </div>
      </section>
    `;
  }

  private renderText(text: string) {
    return html`
      <pre tabindex="0" role="region" aria-label="Report, text">${text}</pre>
    `;
  }

  private renderTable() {
    return html`
      <div class="table" tabindex="0" role="region" aria-label="Report, table with 95% intervals">
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">Digit</th>
              <th scope="col">Precision</th>
              <th scope="col">Recall</th>
              <th scope="col">F1</th>
            </tr>
          </thead>
          <tbody>
            ${this.classes.map(
              ({ digit, precision, recall, f1 }) => html`
                <tr>
                  <th scope="row">${digit}</th>
                  ${[precision, recall, f1].map(renderEstimate)}
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
    `;
  }

  private copyJson(): void {
    if (this.report) this.copy(JSON.stringify(reportJson(this.report), null, 2));
  }

  private copy(text: string): void {
    this.dispatchEvent(new CustomEvent('copytext', { detail: text }));
  }
}

function renderEstimate({ value, low, high }: Estimate) {
  return html`
    <td>
      ${value.toFixed(4)}
      <small>${low.toFixed(4)}–${high.toFixed(4)}</small>
    </td>
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'report-card': ReportCard;
  }
}
