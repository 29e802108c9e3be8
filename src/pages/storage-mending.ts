import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { baseStyles, buttonStyles } from '../components/shared-styles';
import type { Services } from '../services/services';

/** What can be done about a database that cannot be opened; it stands among the buttons of the error that says so. */
@customElement('storage-mending')
export class StorageMending extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: contents;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--s-2);
        margin-top: var(--s-4);
      }
      [role='status'] {
        flex-basis: 100%;
      }
      [role='status']:empty {
        display: none;
      }
      dialog {
        max-width: min(46ch, calc(100vw - 2 * var(--s-4)));
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
        border-color: var(--red);
        background: var(--red);
        color: var(--sheet);
      }
      dialog p {
        margin-top: var(--s-2);
      }
    `,
  ];

  @property({ attribute: false }) services!: Services;
  @state() private isTrying = false;
  /** What came of the last attempt. */
  @state() private outcome = '';
  @query('dialog') private dialog!: HTMLDialogElement;

  private stopWatching: () => void = () => undefined;

  /** Not before: it comes to life where it stands already, and has what it stood there with from here on. */
  protected override firstUpdated(): void {
    this.stopWatching = this.services.notices.failure.subscribe(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopWatching();
  }

  override render() {
    const failure = this.services.notices.failure.value;
    // What waits for another tab goes on by itself.
    if (failure?.code !== 'storage-unavailable' || failure.reason === 'DATABASE_BLOCKED') return nothing;
    return html`
      <p role="status">${this.outcome}</p>
      <button ?disabled=${this.isTrying} @click=${this.retry}>Try again</button>
      ${
        failure.reason === 'DATABASE_BROKEN'
          ? html`
              <button ?disabled=${this.isTrying} @click=${() => this.dialog.showModal()}>
                Reset storage…
              </button>
              ${this.renderDialog()}
            `
          : nothing
      }
    `;
  }

  private renderDialog() {
    return html`
      <dialog aria-labelledby="reset-title">
        <h2 id="reset-title">Reset the storage of Inkling?</h2>
        <p>
          All data sets, runs and models of your own, and all settings, are lost, also where they could still
          have been read. The app itself and the model that comes with it stay. This cannot be undone.
        </p>
        <div class="actions">
          <button autofocus @click=${() => this.dialog.close()}>Keep everything</button>
          <button class="danger" @click=${this.reset}>Delete it and begin anew</button>
        </div>
      </dialog>
    `;
  }

  private readonly retry = () =>
    this.attempt(async () => {
      await (await this.services.openGuard()).retry();
      // What could not be read at the start is read by starting anew; later on, each page reads for itself.
      if (!this.services.models.catalogue.value.isLoaded) location.reload();
      else this.services.notices.clearFailure();
    });

  private readonly reset = () => {
    this.dialog.close();
    return this.attempt(async () => {
      await (await this.services.openGuard()).reset();
      location.reload();
    });
  };

  private async attempt(work: () => Promise<void>): Promise<void> {
    this.isTrying = true;
    this.outcome = 'Trying…';
    try {
      await work();
      this.outcome = '';
    } catch (error) {
      this.outcome = 'It did not help: it is as before.';
      this.services.notices.fail(error);
    } finally {
      this.isTrying = false;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'storage-mending': StorageMending;
  }
}
