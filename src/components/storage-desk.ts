import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, query } from 'lit/decorators.js';
import { formatMegabytes } from './format';
import './progress-ruler';
import { baseStyles, buttonStyles, plateStyles } from './shared-styles';

/** What the data take of this device. Tells `persist`, and `erase` once somebody has said so twice. */
@customElement('storage-desk')
export class StorageDesk extends LitElement {
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
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--s-2);
        margin-top: var(--s-4);
      }
      .actions + .hint {
        margin-top: var(--s-3);
      }
      .danger {
        border-color: var(--red);
        color: var(--red);
      }
      dialog {
        max-width: 46ch;
        padding: 20px;
        border: 1px solid var(--edge);
        border-radius: var(--r-3);
        background: var(--sheet);
        color: var(--ink);
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 45%);
      }
      dialog .danger {
        background: var(--red);
        color: var(--sheet);
      }
      dialog p {
        margin-top: var(--s-2);
      }
    `,
  ];

  @property({ type: Number }) usedBytes: number | undefined;
  @property({ type: Number }) quotaBytes: number | undefined;
  /** The browser promised to keep the data. */
  @property({ type: Boolean }) persisted = false;
  /** It was asked to, and did not. */
  @property({ type: Boolean }) refused = false;
  @query('dialog') private dialog!: HTMLDialogElement;

  override render() {
    return html`
      <section class="plate" aria-label="Storage">
        <h2>Storage</h2>
        <p class="statement figures">${this.wordUse()}</p>
        <progress-ruler
          .share=${this.usedBytes !== undefined && this.quotaBytes ? this.usedBytes / this.quotaBytes : 0}
          label="Used of what this browser allows"
        ></progress-ruler>
        <div class="actions">
          ${
            this.persisted
              ? nothing
              : html`
                  <button @click=${() => this.dispatchEvent(new CustomEvent('persist'))}>
                    Ask the browser to keep it
                  </button>
                `
          }
          <button class="danger" @click=${() => this.dialog.showModal()}>Delete all my data…</button>
        </div>
        <p class="hint" role="status">${this.wordPromise()}</p>
        ${this.renderDialog()}
      </section>
    `;
  }

  private renderDialog() {
    return html`
      <dialog aria-labelledby="erase-title">
        <h2 id="erase-title">Delete all data on this device?</h2>
        <p>
          All data sets, runs and models of your own, settings, and the copy of Inkling that needs no network
          are deleted. This cannot be undone.
        </p>
        <div class="actions">
          <button autofocus @click=${() => this.dialog.close()}>Keep everything</button>
          <button class="danger" @click=${this.erase}>Delete everything</button>
        </div>
      </dialog>
    `;
  }

  private wordPromise(): string {
    if (this.persisted) return 'The browser promised to keep it.';
    if (!this.refused) return 'The browser may clear it when space runs short.';
    return 'The browser did not promise to keep it: it may clear it when space runs short, and a private window forgets all of it when it closes. Save what matters as files.';
  }

  private wordUse(): string {
    if (this.usedBytes === undefined) return 'This browser does not say how much is used.';
    const used = `${formatMegabytes(this.usedBytes)} used`;
    return this.quotaBytes === undefined ? `${used}.` : `${used} of ${formatMegabytes(this.quotaBytes)}.`;
  }

  private readonly erase = (): void => {
    this.dialog.close();
    this.dispatchEvent(new CustomEvent('erase'));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'storage-desk': StorageDesk;
  }
}
