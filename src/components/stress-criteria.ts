import { css, html, LitElement } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import type { Verdict } from '../domain/stress-run';
import './ink-icon';
import { baseStyles, chipStyles, plateStyles } from './shared-styles';

/** What a test is judged by, and what became of it. */
@customElement('stress-criteria')
export class StressCriteria extends LitElement {
  static override styles = [
    baseStyles,
    chipStyles,
    plateStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .plate {
        height: 100%;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: var(--s-2);
      }
      .chip {
        --icon-size: 16px;
      }
      ul {
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        grid-template-columns: 20px minmax(0, 1fr) auto;
        gap: var(--s-2);
        padding: 10px 0;
      }
      li + li {
        border-top: 1px solid var(--rule);
      }
      .passed ink-icon {
        color: var(--green);
      }
      .broken ink-icon,
      .broken .value {
        color: var(--red);
      }
      .broken .value {
        font-weight: 600;
      }
      .dots {
        color: var(--ink-3);
        letter-spacing: 2px;
      }
    `,
  ];

  @property({ attribute: false }) verdicts: readonly Verdict[] = [];

  override render() {
    const broken = this.verdicts.filter(({ state }) => state === 'broken').length;
    const isWaiting = this.verdicts.every(({ state }) => state === 'waiting');
    return html`
      <section class="plate" aria-label="Success criteria">
        <header>
          <h2>Success criteria</h2>
          <span role="status">${isWaiting ? '' : this.renderChip(broken)}</span>
        </header>
        <ul class="figures">
          ${this.verdicts.map((verdict) => this.renderVerdict(verdict))}
        </ul>
      </section>
    `;
  }

  private renderChip(broken: number) {
    return broken > 0
      ? html`
          <span class="chip wrong">
            <ink-icon name="cross"></ink-icon>
            ${broken} of ${this.verdicts.length} broken
          </span>
        `
      : html`
          <span class="chip passed">
            <ink-icon name="check"></ink-icon>
            All passed
          </span>
        `;
  }

  private renderVerdict({ title, state, value }: Verdict) {
    return html`
      <li class=${state}>
        ${
          state === 'waiting'
            ? html`
                <span class="dots" aria-hidden="true">…</span>
              `
            : html`
                <ink-icon name=${state === 'passed' ? 'check' : 'cross'}></ink-icon>
              `
        }
        <span>
          ${title}
          <span class="visually-hidden">: ${state}</span>
        </span>
        <span class="value">${value}</span>
      </li>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'stress-criteria': StressCriteria;
  }
}
