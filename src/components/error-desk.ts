import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import type { ErrorRecord } from '../domain/errors';
import './ink-icon';
import { baseStyles, buttonStyles } from './shared-styles';

/**
 * What went wrong: what happened, what was kept, what to do. It stays until it is solved or put away
 * (`dismiss`). Buttons that solve it go into its slot.
 */
@customElement('error-desk')
export class ErrorDesk extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: block;
        margin-bottom: 20px;
      }
      section {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--s-2) var(--s-3);
        padding: 20px;
        border: 1px solid var(--rule);
        border-inline-start: 4px solid var(--red);
        border-radius: var(--r-3);
        background: var(--sheet);
      }
      ink-icon {
        color: var(--red);
      }
      .lines {
        display: grid;
        gap: var(--s-1);
        max-width: 64ch;
      }
      .actions {
        grid-column: 2;
        display: flex;
        flex-wrap: wrap;
        gap: var(--s-2);
      }
      .code {
        color: var(--ink-3);
        font-size: var(--t-1);
      }
    `,
  ];

  @property({ attribute: false }) error: ErrorRecord | undefined;

  override render() {
    const { error } = this;
    if (!error) return nothing;
    return html`
      <section>
        <ink-icon name="warning"></ink-icon>
        <div class="lines" role="alert">
          <h2>${error.message}</h2>
          ${
            error.kept
              ? html`
                  <p>
                    <strong>Kept:</strong>
                    ${error.kept}
                  </p>
                `
              : nothing
          }
          ${
            error.remedy
              ? html`
                  <p>
                    <strong>What you can do:</strong>
                    ${error.remedy}
                  </p>
                `
              : nothing
          }
          <p class="code">${error.reason ?? error.code}</p>
        </div>
        <div class="actions">
          <slot></slot>
          <button class="quiet" @click=${this.copyDetails}>Copy details</button>
          <button class="quiet" @click=${() => this.dispatchEvent(new CustomEvent('dismiss'))}>
            Put away
          </button>
        </div>
      </section>
    `;
  }

  private async copyDetails(): Promise<void> {
    await navigator.clipboard.writeText(JSON.stringify(this.error, null, 2));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'error-desk': ErrorDesk;
  }
}
