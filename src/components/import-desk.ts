import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import { sampleCount } from '../domain/dataset';
import type { ImportResult } from '../domain/dataset-view';
import type { ImportPreview } from '../domain/import-preview';
import { tallyTotal, type Tally } from '../domain/import-report';
import { formatCount } from './format';
import './grey-picture';
import { IGNORED_WORDS, NOTE_WORDS, REJECTION_WORDS } from './import-words';
import './pixel-view';
import { baseStyles, buttonStyles, plateStyles } from './shared-styles';

/**
 * What an import has read, before anything of it is kept: how many are new, what was not taken and why, and
 * how a few of the pictures were read. Tells `accept` and `discard`.
 */
@customElement('import-desk')
export class ImportDesk extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    plateStyles,
    css`
      :host {
        display: block;
      }
      .statement {
        margin: var(--s-1) 0 var(--s-3);
        font: 400 var(--t-5) / 1.25 var(--font-book);
      }
      .file {
        overflow-wrap: anywhere;
      }
      dl {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        max-width: 640px;
      }
      dt,
      dd {
        padding: var(--s-2) 0;
        border-bottom: 1px solid var(--rule);
      }
      dd {
        font-weight: 600;
        text-align: end;
      }
      .wrong dd,
      dd.wrong {
        color: var(--red);
      }
      details {
        margin-top: var(--s-3);
      }
      summary {
        color: var(--blue);
        cursor: pointer;
      }
      .names {
        margin: var(--s-1) 0 var(--s-3);
        padding-inline-start: var(--s-5);
        color: var(--ink-2);
        font-size: var(--t-2);
        overflow-wrap: anywhere;
      }
      .digits {
        display: flex;
        flex-wrap: wrap;
        gap: var(--s-1) var(--s-4);
        margin-top: var(--s-3);
        padding: 0;
        color: var(--ink-2);
        list-style: none;
      }
      .previews {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(220px, 1fr));
        gap: var(--s-3);
        margin: var(--s-3) 0 0;
        padding: 0;
        list-style: none;
      }
      .steps {
        display: grid;
        grid-template-columns: repeat(3, 1fr);
        gap: var(--s-1);
      }
      .previews p {
        margin-top: var(--s-1);
        color: var(--ink-2);
        font-size: var(--t-1);
        overflow-wrap: anywhere;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--s-2);
        margin-top: var(--s-4);
      }
    `,
  ];

  @property({ attribute: false }) result!: ImportResult;
  @property() fileName = '';
  /** Changes when the colours do. */
  @property() theme = '';

  override render() {
    const { dataset, report } = this.result;
    const added = dataset ? sampleCount(dataset) : 0;
    const rejected = tallyTotal(report.rejected);
    return html`
      <section class="plate" aria-label="What was read">
        <h2 class="file"><bdi translate="no">${this.fileName}</bdi></h2>
        <p class="statement" role="status">${wordReading(report.entries, added, rejected)}</p>
        <dl class="figures">
          <dt>New digits</dt>
          <dd>${formatCount(added)}</dd>
          ${report.ignored.map(({ code, count }) => renderLine(IGNORED_WORDS[code], count, false))}
          ${report.rejected.map(({ code, count }) => renderLine(REJECTION_WORDS[code], count, true))}
        </dl>
        ${dataset ? this.renderDigits() : nothing} ${this.renderNames()} ${this.renderPreviews()}
        <div class="actions">
          ${
            dataset
              ? html`
                  <button class="primary" @click=${() => this.tell('accept')}>
                    Add ${formatCount(added)} ${added === 1 ? 'digit' : 'digits'}
                  </button>
                `
              : nothing
          }
          <button @click=${() => this.tell('discard')}>${dataset ? 'Leave them' : 'Close'}</button>
        </div>
      </section>
    `;
  }

  private renderDigits() {
    const { train, test } = this.result.report.accepted;
    return html`
      <ul class="digits figures" aria-label="New digits by label">
        ${train.map(
          (count, digit) => html`
            <li>${digit}: ${formatCount(count + test[digit]!)}</li>
          `,
        )}
      </ul>
    `;
  }

  private renderNames() {
    const { rejected, ignored, notes } = this.result.report;
    const groups = [
      ...rejected.map((tally) => renderGroup(REJECTION_WORDS[tally.code], tally)),
      ...notes.map((tally) => renderGroup(NOTE_WORDS[tally.code], tally)),
      ...ignored.map((tally) => renderGroup(IGNORED_WORDS[tally.code], tally)),
    ];
    if (groups.length === 0) return nothing;
    return html`
      <details>
        <summary>See which</summary>
        ${groups}
      </details>
    `;
  }

  private renderPreviews() {
    const { previews } = this.result;
    if (previews.length === 0) return nothing;
    return html`
      <details>
        <summary>See how they were read</summary>
        <ul class="previews">
          ${previews.map((preview) => this.renderPreview(preview))}
        </ul>
      </details>
    `;
  }

  private renderPreview({ name, label, grey, ink, pixels }: ImportPreview) {
    return html`
      <li>
        <div class="steps">
          <grey-picture .image=${grey} label="As it came"></grey-picture>
          <grey-picture .image=${ink} label="Its ink, light on dark"></grey-picture>
          <pixel-view .pixels=${pixels} .theme=${this.theme} label="As the network sees it"></pixel-view>
        </div>
        <p>
          ${label}:
          <bdi translate="no">${name}</bdi>
        </p>
      </li>
    `;
  }

  private tell(type: 'accept' | 'discard'): void {
    this.dispatchEvent(new CustomEvent(type));
  }
}

function wordReading(entries: number, added: number, rejected: number): string {
  const read = `${formatCount(entries)} ${entries === 1 ? 'entry' : 'entries'} read.`;
  const taken = added === 0 ? ' Nothing in it can be added.' : ` ${formatCount(added)} are new digits.`;
  return `${read}${taken}${rejected > 0 ? ` ${formatCount(rejected)} could not be taken.` : ''}`;
}

function renderLine(words: string, count: number, isWrong: boolean) {
  return html`
    <dt>${words}</dt>
    <dd class=${isWrong ? 'wrong' : ''}>${formatCount(count)}</dd>
  `;
}

function renderGroup(words: string, { count, names }: Tally<unknown>) {
  const more = count - names.length;
  return html`
    <p>${words}: ${formatCount(count)}</p>
    <ul class="names">
      ${names.map(
        (name) => html`
          <li><bdi translate="no">${name}</bdi></li>
        `,
      )}
      ${
        more > 0
          ? html`
              <li>and ${formatCount(more)} more</li>
            `
          : nothing
      }
    </ul>
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'import-desk': ImportDesk;
  }
}
