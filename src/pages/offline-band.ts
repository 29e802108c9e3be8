import { css, html, LitElement } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import '../components/error-desk';
import { formatMegabytes } from '../components/format';
import '../components/ink-icon';
import '../components/progress-ruler';
import { baseStyles, buttonStyles, plateStyles } from '../components/shared-styles';
import type { OfflineService, OfflineState } from '../services/offline-service';
import { watch } from './watch';

type Part = OfflineState['parts'][number];

/** What each part is for. */
const PART_WORDS: Readonly<Record<Part['name'], readonly [title: string, use: string]>> = {
  shell: ['Inkling itself', 'opens every page'],
  model: ['The shipped model', 'reads what you draw'],
  tensorflow: ['TensorFlow.js', 'trains on a graphics device'],
  charts: ['Plotly', 'draws the charts'],
  mnist: ['MNIST', 'the digits to train and test on'],
};

/** What of the app is kept on this device, how large it is, and the way to keep the rest. */
@customElement('offline-band')
export class OfflineBand extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    plateStyles,
    css`
      .statement {
        margin: var(--s-1) 0 var(--s-3);
      }
      table {
        width: 100%;
        border-collapse: collapse;
      }
      th,
      td {
        padding-block: var(--s-2);
        padding-inline: 0 var(--s-2);
        border-bottom: 1px solid var(--rule);
        text-align: start;
        vertical-align: top;
      }
      thead th {
        color: var(--ink-2);
        font-size: var(--t-2);
        font-weight: 400;
      }
      tbody th {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .hint {
        display: block;
        font-weight: 400;
      }
      .number {
        text-align: end;
        white-space: nowrap;
      }
      .state {
        padding-inline-end: 0;
        text-align: end;
      }
      .state ink-icon {
        vertical-align: middle;
        color: var(--green);
      }
      progress-ruler {
        margin-top: var(--s-3);
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--s-2);
        margin-top: var(--s-4);
      }
      error-desk {
        margin: var(--s-3) 0 0;
      }
      .actions + .hint {
        margin-top: var(--s-3);
      }
    `,
  ];

  @property({ attribute: false }) offline!: OfflineService;
  /** Somebody asked whether all that is kept is as it should be. */
  @state() private isChecking = false;

  constructor() {
    super();
    watch(this, () => [this.offline.state]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.offline.checkAll();
  }

  private readonly check = async (): Promise<void> => {
    this.isChecking = true;
    try {
      await this.offline.checkAll();
    } finally {
      this.isChecking = false;
    }
  };

  override render() {
    const { parts, isFetching, failure } = this.offline.state.value;
    return html`
      <section class="plate" aria-label="Offline">
        <h2>Offline</h2>
        <p class="statement" role="status">
          ${this.isChecking ? 'Checking every file…' : wordState(this.offline.state.value)}
        </p>
        ${this.renderTable(parts.length > 0 ? parts : UNTOLD)}
        ${
          isFetching
            ? html`
                <progress-ruler .share=${shareKept(parts)} label="Kept of Inkling"></progress-ruler>
              `
            : ''
        }
        <error-desk
          .error=${failure}
          ?hidden=${!failure || isFetching}
          @dismiss=${() => this.offline.clearFailure()}
        ></error-desk>
        ${this.renderActions()}
      </section>
    `;
  }

  private renderTable(parts: readonly Part[]) {
    return html`
      <table>
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col" class="number">Size</th>
            <th scope="col" class="state">Kept</th>
          </tr>
        </thead>
        <tbody class="figures">${parts.map((part) => this.renderPart(part))}</tbody>
      </table>
    `;
  }

  private renderPart({ name, files, keptFiles, bytes }: Part) {
    const [title, use] = PART_WORDS[name];
    return html`
      <tr>
        <th scope="row">
          ${title}
          <span class="hint">${use}</span>
        </th>
        <td class="number">${files === 0 ? '–' : formatMegabytes(bytes)}</td>
        <td class="state">
          ${
            files > 0 && keptFiles === files
              ? html`
                  <ink-icon name="check"></ink-icon>
                  <span class="visually-hidden">all of it</span>
                `
              : files === 0
                ? '–'
                : `${keptFiles} of ${files} files`
          }
        </td>
      </tr>
    `;
  }

  private renderActions() {
    const { parts, isReady, isFetching, savesData } = this.offline.state.value;
    const isUntold = parts.length === 0;
    return html`
      <div class="actions">
        ${
          isFetching
            ? html`
                <button @click=${() => this.offline.cancel()}>Cancel</button>
              `
            : html`
                <button
                  ?hidden=${isReady}
                  ?disabled=${isUntold}
                  class="primary"
                  @click=${() => this.offline.fetchMissing()}
                >
                  Download now
                </button>
                <button ?disabled=${isUntold} @click=${this.check}>Check every file</button>
              `
        }
      </div>
      <p class="hint" ?hidden=${isReady || !savesData}>
        The browser saves data, or the network is slow: what is large is fetched when you ask for it.
      </p>
    `;
  }
}

/** Rows for what the service worker has not told of yet: nothing moves when it does. */
const UNTOLD = (Object.keys(PART_WORDS) as Part['name'][]).map((name): Part => ({
  name,
  files: 0,
  keptFiles: 0,
  bytes: 0,
  keptBytes: 0,
}));

const sum = (parts: readonly Part[], field: 'bytes' | 'keptBytes') =>
  parts.reduce((total, part) => total + part[field], 0);

function shareKept(parts: readonly Part[]): number {
  return sum(parts, 'keptBytes') / Math.max(1, sum(parts, 'bytes'));
}

function wordState({ parts, isReady, isFetching }: OfflineState): string {
  if (parts.length === 0) return 'Nothing is kept yet: Inkling needs the network at its next start.';
  const total = formatMegabytes(sum(parts, 'bytes'));
  if (isReady) return `Ready offline. All of it, ${total}, is on this device, and each file was checked.`;
  // Not the number that changes with each file: it would be read out each time.
  if (isFetching) return `Fetching the rest of ${total}. You can go on meanwhile.`;
  return `${formatMegabytes(sum(parts, 'keptBytes'))} of ${total} are kept. What is missing needs the network.`;
}

declare global {
  interface HTMLElementTagNameMap {
    'offline-band': OfflineBand;
  }
}
