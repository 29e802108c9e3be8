import { css, html, LitElement } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import { wordP } from '../domain/gate-words';
import { accuracyOf } from '../domain/metrics';
import {
  accuracyLost,
  faultsOf,
  macroF1Lost,
  type GateComparison,
  type GateFault,
  type GateSet,
  type GateVerdict,
} from '../domain/promotion-gate';
import { formatAccuracy, formatCount } from './format';
import { baseStyles } from './shared-styles';

/** What the sets are called at the beginning of a row. */
const TITLES: Readonly<Record<GateSet, string>> = {
  mnist: 'MNIST’s test images',
  generated: 'Generated test digits',
  drawn: 'Drawn digits',
};

/** The figures that a verdict rests on: a candidate beside the model in use, set by set. */
@customElement('gate-figures')
export class GateFigures extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        position: relative;
        overflow-x: auto;
      }
      table {
        width: 100%;
        border-collapse: collapse;
      }
      caption {
        padding-bottom: var(--s-1);
        color: var(--ink-3);
        font-size: var(--t-2);
        text-align: start;
      }
      th,
      td {
        padding-block: 6px;
        padding-inline: var(--s-2) 0;
        border-bottom: 1px solid var(--rule);
        font-weight: 400;
        text-align: end;
        white-space: nowrap;
      }
      thead th,
      tbody th[scope='rowgroup'] {
        font-size: var(--t-2);
        font-weight: 600;
      }
      thead th {
        border-color: var(--edge);
      }
      tr > :first-child {
        padding-inline-start: 0;
        text-align: start;
        white-space: normal;
      }
      @media (max-width: 720px) {
        th,
        td {
          padding-inline-start: 6px;
          font-size: var(--t-2);
        }
      }
      .fault {
        color: var(--red);
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) verdict!: GateVerdict;
  /** What the two are called. */
  @property() candidate = '';
  @property() champion = '';

  override render() {
    const { comparisons, marginPoints } = this.verdict;
    return html`
      <table class="figures">
        <caption>
          At most ${marginPoints} points may be lost, and no difference may be significant (p below 0.05).
        </caption>
        <thead>
          <tr>
            <th scope="col"><span class="visually-hidden">Figure</span></th>
            <th scope="col">${this.candidate}</th>
            <th scope="col">${this.champion}</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        ${comparisons.map((comparison) => this.renderSet(comparison))}
      </table>
    `;
  }

  private renderSet(comparison: GateComparison) {
    const { set, candidate, champion, onlyCandidate, onlyChampion, pValue } = comparison;
    const faults = faultsOf(this.verdict).filter((fault) => fault.comparison.set === set);
    const classOf = (kind: GateFault['kind']) => (faults.some((fault) => fault.kind === kind) ? 'fault' : '');
    return html`
      <tbody>
        <tr>
          <th scope="rowgroup" colspan="4">${TITLES[set]}, ${formatCount(candidate.score.total)}</th>
        </tr>
        <tr>
          <th scope="row">Accuracy</th>
          <td>${formatAccuracy(accuracyOf(candidate.score))}</td>
          <td>${formatAccuracy(accuracyOf(champion.score))}</td>
          <td class=${classOf('accuracy')}>${wordChange(-accuracyLost(comparison))}</td>
        </tr>
        <tr>
          <th scope="row">Macro F1</th>
          <td>${formatAccuracy(candidate.macroF1)}</td>
          <td>${formatAccuracy(champion.macroF1)}</td>
          <td class=${classOf('macro-f1')}>${wordChange(-macroF1Lost(comparison))}</td>
        </tr>
        <tr>
          <th scope="row">Read by it alone</th>
          <td>${formatCount(onlyCandidate)}</td>
          <td>${formatCount(onlyChampion)}</td>
          <td class=${classOf('significance')}>p ${wordP(pValue)}</td>
        </tr>
      </tbody>
    `;
  }
}

/** A change in points with its sign. */
function wordChange(points: number): string {
  const words = Math.abs(points).toFixed(2);
  if (Number(words) === 0) return words;
  return `${points < 0 ? '−' : '+'}${words}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'gate-figures': GateFigures;
  }
}
