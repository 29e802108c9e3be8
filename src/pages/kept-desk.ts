import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles, buttonStyles } from '../components/shared-styles';
import type { Services } from '../services/services';
import type { StorageGuard } from '../services/storage-guard';

/** Says that the browser has removed what was kept here: otherwise it would look like a first visit. */
@customElement('kept-desk')
export class KeptDesk extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      section {
        display: grid;
        gap: var(--s-3);
        margin-bottom: 20px;
        padding: 20px;
        border: 1px solid var(--edge);
        border-inline-start: 4px solid var(--amber);
        border-radius: var(--r-3);
        background: var(--sheet);
      }
      p {
        max-width: 64ch;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--s-2);
      }
    `,
  ];

  @property({ attribute: false }) services!: Services;
  @state() private guard: StorageGuard | undefined;

  private stopWatching: readonly (() => void)[] = [];

  /** Not before: it comes to life where it stands already, and has what it stood there with from here on. */
  protected override async firstUpdated(): Promise<void> {
    this.guard = await this.services.openGuard();
    const watched = [this.services.status.status, this.guard.isRemoved];
    this.stopWatching = watched.map((value) => value.subscribe(() => this.requestUpdate()));
    await this.guard.check();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stopWatching) stop();
  }

  override render() {
    if (!this.guard?.isRemoved.value) return nothing;
    const { isPersisted } = this.services.status.status.value;
    return html`
      <section role="status" aria-label="What was kept here is gone">
        <h2>The browser has removed what Inkling kept here</h2>
        <p>
          Browsers do that when space runs short, or after a long time without a visit. The model that comes
          with Inkling is here and answers.
        </p>
        <p>
          What you have saved as files can be brought back: models on Models, sets of digits on Data.
          ${isPersisted ? '' : 'So that it does not happen again, ask the browser to keep it.'}
        </p>
        <div class="actions">
          <a class="button" href="#/models">To Models</a>
          <a class="button" href="#/data">To Data</a>
          ${
            isPersisted
              ? nothing
              : html`
                  <button @click=${() => this.services.status.requestPersistence()}>
                    Ask the browser to keep it
                  </button>
                `
          }
          <button class="quiet" @click=${() => this.guard?.putAway()}>Put away</button>
        </div>
      </section>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'kept-desk': KeptDesk;
  }
}
