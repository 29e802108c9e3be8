import { css, html, LitElement } from '../i18n/lit';
import { asIs } from '../i18n/as-is';
import { customElement, property } from 'lit/decorators.js';
import type { AnswerTime, MeasuredShare, ModelEvaluation } from '../domain/model-evaluation';
import { formatAccuracy, formatCount } from './format';
import { baseStyles } from './shared-styles';

/** Rows that belong together, with what the shares are shares of. */
interface Group {
  readonly title: string;
  readonly hint: string;
  readonly rows: readonly Row[];
}

interface Row {
  readonly name: string;
  readonly figure: string;
  readonly interval: string;
}

/** What was measured of the shipped model, as `npm run evaluate` found it: each share with its interval. */
@customElement('model-figures')
export class ModelFigures extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        container-type: inline-size;
      }
      table {
        width: 100%;
        border-collapse: collapse;
      }
      caption {
        padding-bottom: var(--s-2);
        text-align: start;
      }
      th,
      td {
        padding-block: 6px;
        padding-inline: 0 var(--s-2);
        border-bottom: 1px solid var(--rule);
        text-align: start;
        vertical-align: baseline;
      }
      tbody th[scope='row'] {
        font-weight: 400;
      }
      thead th,
      th[scope='rowgroup'] {
        border-color: var(--edge);
        font-size: var(--t-2);
      }
      th[scope='rowgroup'] {
        padding-top: var(--s-4);
      }
      th[scope='rowgroup'] .hint {
        display: block;
        font-weight: 400;
      }
      .number {
        padding-inline-end: 0;
        text-align: end;
      }
      td.number {
        white-space: nowrap;
      }
      td.number + td.number {
        padding-inline-start: var(--s-3);
        color: var(--ink-2);
      }
      @container (max-width: 26rem) {
        td.number + td.number {
          padding-inline-start: var(--s-2);
          font-size: var(--t-1);
        }
      }
      @container (max-width: 17rem) {
        td.number + td.number {
          white-space: normal;
        }
        th {
          overflow-wrap: anywhere;
        }
      }
    `,
  ];

  @property({ attribute: false }) evaluation!: ModelEvaluation;

  override render() {
    return html`
      <table class="figures">
        <caption class="hint">
          Measured with npm run evaluate. The interval is where the true figure lies with 95% certainty.
        </caption>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col" class="number">Figure</th>
            <th scope="col" class="number">95% interval</th>
          </tr>
        </thead>
        ${groupsOf(this.evaluation).map(renderGroup)}
      </table>
    `;
  }
}

function groupsOf(evaluation: ModelEvaluation): readonly Group[] {
  const { test, seeds, calibrationError, refusedDigits, refusedThings, redrawn } = evaluation;
  const { fromGenerated, drawToAnswer } = evaluation;
  const deviation = (100 * seeds.deviation).toFixed(2);
  return [
    {
      title: 'MNIST’s test set',
      hint: `${formatCount(test.total)} digits that it never saw.`,
      rows: [
        { ...test, name: 'Read rightly by this model' },
        { ...seeds, name: `Mean of ${seeds.seeds.length} trainings (deviation ${deviation}%)` },
        { ...calibrationError, name: 'How far “90% sure” is from right 90% of the time' },
        { ...fromGenerated, name: 'Another network, which learned from generated digits alone' },
      ].map(shareRow),
    },
    {
      title: 'Refused as no digit',
      hint: 'Of digits few should be, of other things all. Those were made by computation. This model judges for those that you train or bring, too: they refuse the same.',
      rows: [refusedDigits, ...refusedThings].map(shareRow),
    },
    {
      title: 'Test digits written again, read rightly',
      hint: 'By other pens, at other sizes, places and slants, and as poor devices show them. Computed from every fourth one.',
      rows: redrawn.map(shareRow),
    },
    {
      title: 'From the pen to the answer',
      hint: `${formatCount(drawToAnswer.count)} movements of the pen, on ${asIs(drawToAnswer.machine)}.`,
      rows: timeRows(drawToAnswer),
    },
  ];
}

function shareRow({ name, share, low, high }: MeasuredShare): Row {
  return {
    name: name.charAt(0).toUpperCase() + name.slice(1),
    figure: formatAccuracy(share),
    interval: `${(100 * low).toFixed(2)}–${(100 * high).toFixed(2)}`,
  };
}

function timeRows({ median, p95, low, high }: AnswerTime): readonly Row[] {
  return [
    { name: 'Half of them within', figure: `${median.toFixed(1)} ms`, interval: '' },
    {
      name: '95 of 100 within',
      figure: `${p95.toFixed(1)} ms`,
      interval: `${low.toFixed(1)}–${high.toFixed(1)}`,
    },
  ];
}

function renderGroup({ title, hint, rows }: Group) {
  return html`
    <tbody>
      <tr>
        <th scope="rowgroup" colspan="3">
          ${title}
          <span class="hint">${hint}</span>
        </th>
      </tr>
      ${rows.map(
        ({ name, figure, interval }) => html`
          <tr>
            <th scope="row">${name}</th>
            <td class="number">${figure}</td>
            <td class="number">${interval}</td>
          </tr>
        `,
      )}
    </tbody>
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'model-figures': ModelFigures;
  }
}
