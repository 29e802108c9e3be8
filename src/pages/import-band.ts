import { html, LitElement, nothing } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import '../components/error-desk';
import '../components/import-desk';
import '../components/progress-ruler';
import { baseStyles, buttonStyles, plateStyles } from '../components/shared-styles';
import type { ImportService, ImportState } from '../services/import-service';
import { dataPageStyles } from './data-page-styles';
import { wordImport } from './data-words';
import { watch } from './watch';

/** What is being brought in: how far it is, then what was read, then yes or no. Tells `added` with the set. */
@customElement('import-band')
export class ImportBand extends LitElement {
  static override styles = [baseStyles, buttonStyles, plateStyles, dataPageStyles];

  @property({ attribute: false }) imports!: ImportService;
  /** Changes when the colours do. */
  @property() theme = '';

  constructor() {
    super();
    watch(this, () => [this.imports.import]);
  }

  override render() {
    const state = this.imports.import.value;
    switch (state.state) {
      case 'idle':
        return nothing;
      case 'reading':
        return this.renderReading(state);
      case 'failed':
        return html`
          <error-desk .error=${state.error} @dismiss=${() => this.imports.discard()}>
            <p class="hint"><bdi translate="no">${state.fileName}</bdi></p>
          </error-desk>
        `;
      case 'read':
        return html`
          <import-desk
            class="band"
            .result=${state.result}
            .fileName=${state.fileName}
            .theme=${this.theme}
            @accept=${this.accept}
            @discard=${() => this.imports.discard()}
          ></import-desk>
        `;
    }
  }

  private renderReading(state: ImportState & { state: 'reading' }) {
    return html`
      <section class="plate band" aria-label="Import">
        <div class="line">
          <div>
            <h2><bdi translate="no">${state.fileName}</bdi></h2>
            <p class="figures">${wordImport(state, this.imports.waitingCount)}</p>
          </div>
          <button @click=${() => this.imports.cancel()}>Cancel</button>
        </div>
        <progress-ruler .share=${state.progress?.share} label="Reading"></progress-ruler>
        <p class="visually-hidden" role="status">${wordQuarter(state.progress?.share)}</p>
      </section>
    `;
  }

  private readonly accept = async (): Promise<void> => {
    const dataset = await this.imports.accept();
    if (dataset) this.dispatchEvent(new CustomEvent('added', { detail: dataset }));
  };
}

/** Said at each quarter, not at each step. */
function wordQuarter(share: number | undefined): string {
  return share === undefined ? 'Reading the file.' : `${Math.floor(share * 4) * 25} percent read.`;
}

declare global {
  interface HTMLElementTagNameMap {
    'import-band': ImportBand;
  }
}
