import { html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, query } from 'lit/decorators.js';
import '../components/error-desk';
import '../components/progress-ruler';
import { baseStyles, buttonStyles, plateStyles } from '../components/shared-styles';
import type { DatasetService, MnistState } from '../services/dataset-service';
import { dataPageStyles } from './data-page-styles';
import { wordMnist } from './run-words';
import { watch } from './watch';

/** Where MNIST is, while it is not here: how to get it, and how far that is. Nothing once it is stored. */
@customElement('mnist-band')
export class MnistBand extends LitElement {
  static override styles = [baseStyles, buttonStyles, plateStyles, dataPageStyles];

  @property({ attribute: false }) datasets!: DatasetService;
  @query('input') private fileInput!: HTMLInputElement;

  constructor() {
    super();
    watch(this, () => [this.datasets.mnist]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.datasets.mnist.value.state === 'unknown') void this.datasets.load();
  }

  override render() {
    const mnist = this.datasets.mnist.value;
    if (mnist.state === 'stored' || mnist.state === 'unknown') return nothing;
    const words = wordMnist(mnist);
    return html`
      ${this.renderError(mnist)}
      <section class="plate band" aria-label="MNIST">
        <div class="line">
          <p class="statement">${words ? `${words.statement} ${words.rest}` : wordAbsent(mnist)}</p>
          <div class="side">${this.renderButtons(mnist)}</div>
        </div>
        <progress-ruler .share=${words?.share} label="Getting MNIST" ?hidden=${!words}></progress-ruler>
        <input type="file" multiple hidden aria-hidden="true" tabindex="-1" @change=${this.onFiles} />
      </section>
    `;
  }

  private renderError(mnist: MnistState) {
    const error = mnist.state === 'missing' ? mnist.error : undefined;
    return html`
      <error-desk .error=${error} ?hidden=${!error} @dismiss=${() => this.datasets.load()}></error-desk>
    `;
  }

  private renderButtons(mnist: MnistState) {
    if (mnist.state === 'fetching') {
      return html`
        <button @click=${() => this.datasets.cancelAcquire()}>Stop</button>
      `;
    }
    const isOffered = mnist.state === 'missing' && mnist.isOffered;
    return html`
      ${
        isOffered
          ? html`
              <button @click=${() => this.datasets.acquireMnist()}>Get MNIST, 11 MB</button>
            `
          : nothing
      }
      <button ?disabled=${mnist.state === 'importing'} @click=${() => this.fileInput.click()}>
        Add the four MNIST files
      </button>
    `;
  }

  private readonly onFiles = (): void => {
    const files = [...(this.fileInput.files ?? [])];
    this.fileInput.value = '';
    if (files.length > 0) void this.datasets.importMnist(files);
  };
}

function wordAbsent(mnist: MnistState): string {
  return mnist.state === 'missing' && mnist.isOffered
    ? 'MNIST, 70,000 digits written by hand, is not on this device yet.'
    : 'This copy of Inkling came without MNIST. Training uses generated digits until you add the four MNIST files.';
}

declare global {
  interface HTMLElementTagNameMap {
    'mnist-band': MnistBand;
  }
}
