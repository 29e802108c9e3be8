import { css, html, LitElement } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount } from '../components/format';
import { baseStyles, buttonStyles, plateStyles } from '../components/shared-styles';
import '../components/term-hint';
import { compareReadings } from '../domain/compare-readings';
import { versionName } from '../domain/ids';
import type { DoneEvaluation } from '../services/evaluation-service';
import { wordPValue } from './evaluation-words';
import { lastOf } from './last-of';

/** Differences rarer than this, where both are equally good, count as real. */
const SIGNIFICANT = 0.05;

/** Two versions on the same images: how they differ, and whether by more than chance. Tells `show` with rows. */
@customElement('version-comparison')
export class VersionComparison extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    plateStyles,
    css`
      :host {
        display: block;
      }
      .parts {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 2fr);
        gap: var(--s-4) var(--s-6);
        margin-top: var(--s-3);
      }
      .scroll {
        position: relative;
        overflow-x: auto;
      }
      table {
        width: 100%;
        border-collapse: collapse;
      }
      th,
      td {
        padding: 6px var(--s-2);
        border-bottom: 1px solid var(--rule);
        text-align: end;
      }
      th {
        font-size: var(--t-2);
        font-weight: 600;
      }
      tr > :first-child {
        padding-inline-start: 0;
        text-align: start;
      }
      thead th {
        border-color: var(--edge);
      }
      td button {
        min-height: 24px;
        padding: 0;
      }
      @media (max-width: 720px), (pointer: coarse) {
        td button {
          min-height: var(--h-touch);
        }
      }
      .better {
        color: var(--green);
      }
      .worse {
        color: var(--red);
      }
      @media (max-width: 1099px) {
        .parts {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  @property({ attribute: false }) shown!: DoneEvaluation;
  @property({ attribute: false }) rival!: DoneEvaluation;

  private readonly compare = lastOf((shown: DoneEvaluation, rival: DoneEvaluation) =>
    compareReadings(shown.examined.readings, rival.examined.readings),
  );

  override render() {
    const compared = this.compare(this.shown, this.rival);
    const [own, other] = [versionName(this.shown.versionId), versionName(this.rival.versionId)];
    return html`
      <section class="plate" aria-label="Two versions side by side">
        <h2>${capital(own)} and ${other}</h2>
        <p class="figures" role="status">${this.sentence(own, other)}</p>
        <p class="hint">
          Luck, or better?
          <term-hint term="mcnemar"></term-hint>
        </p>
        <div class="parts">
          <table class="figures">
            <tbody>
              <tr>
                <th scope="row">Both right</th>
                <td>${formatCount(compared.bothRight)}</td>
              </tr>
              ${this.renderOnly(`Only ${own} right`, compared.onlyFirst)}
              ${this.renderOnly(`Only ${other} right`, compared.onlySecond)}
              <tr>
                <th scope="row">Both wrong</th>
                <td>${formatCount(compared.bothWrong)}</td>
              </tr>
            </tbody>
          </table>
          ${this.renderDigits(compared.gains)}
        </div>
      </section>
    `;
  }

  private renderOnly(title: string, rows: readonly number[]) {
    return html`
      <tr>
        <th scope="row">${title}</th>
        <td>
          ${
            rows.length === 0
              ? '0'
              : html`
                  <button
                    class="quiet"
                    @click=${() => this.dispatchEvent(new CustomEvent('show', { detail: { title, rows } }))}
                  >
                    <span class="visually-hidden">${title}:</span>
                    ${formatCount(rows.length)}, show
                  </button>
                `
          }
        </td>
      </tr>
    `;
  }

  private renderDigits(gains: readonly number[]) {
    return html`
      <div class="scroll" tabindex="0" role="region" aria-label="By digit">
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">By digit</th>
              ${gains.map(
                (_, digit) => html`
                  <th scope="col">${digit}</th>
                `,
              )}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">More read rightly</th>
              ${gains.map(
                (gain) => html`
                  <td class=${gain > 0 ? 'better' : gain < 0 ? 'worse' : ''}>${wordGain(gain)}</td>
                `,
              )}
            </tr>
          </tbody>
        </table>
      </div>
    `;
  }

  private sentence(own: string, other: string): string {
    const { onlyFirst, onlySecond, pValue } = this.compare(this.shown, this.rival);
    const difference = onlyFirst.length - onlySecond.length;
    const total = formatCount(this.shown.examined.readings.count);
    const words =
      difference === 0
        ? `Both read as many of ${total} rightly.`
        : `${capital(own)} reads ${formatCount(Math.abs(difference))} ${difference > 0 ? 'more' : 'fewer'} of ${total} rightly than ${other}.`;
    const verdict = pValue < SIGNIFICANT ? 'That is more than chance' : 'That may be chance';
    return `${words} ${verdict} (McNemar’s exact test, ${wordPValue(pValue)}).`;
  }
}

function wordGain(gain: number): string {
  return gain > 0 ? `+${gain}` : gain < 0 ? `−${-gain}` : '0';
}

/** Names of versions stay small: v7. */
function capital(name: string): string {
  return /^v\d/.test(name) ? name : name.charAt(0).toUpperCase() + name.slice(1);
}

declare global {
  interface HTMLElementTagNameMap {
    'version-comparison': VersionComparison;
  }
}
