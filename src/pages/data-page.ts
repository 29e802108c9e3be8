import { html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import '../components/dataset-table';
import '../components/error-desk';
import { formatCount } from '../components/format';
import '../components/generate-desk';
import type { GeneratedDraft } from '../components/generate-desk';
import '../components/progress-ruler';
import { baseStyles, buttonStyles, pageStyles, plateStyles } from '../components/shared-styles';
import '../components/storage-desk';
import { DRAWN, noCounts, sampleCount, type Dataset } from '../domain/dataset';
import { IMPORT_LIMITS } from '../domain/import-limits';
import { MNIST } from '../domain/mnist';
import type { CatalogueService } from '../services/catalogue-service';
import type { CollectionService } from '../services/collection-service';
import type { DatasetService } from '../services/dataset-service';
import type { ImportService } from '../services/import-service';
import type { NoticeService } from '../services/notice-service';
import type { RecognitionService } from '../services/recognition-service';
import type { SampleService } from '../services/sample-service';
import type { StatusService } from '../services/status-service';
import type { TrainingService } from '../services/training-service';
import './collect-band';
import './data-explorer';
import { dataPageStyles } from './data-page-styles';
import { toDatasetRow, wordCatalogue, wordWork } from './data-words';
import './import-band';
import './mnist-band';
import './set-dialog';
import type { SetDialog, SetIntent } from './set-dialog';
import { watch } from './watch';

/** What the Data page needs of the app. */
export interface DataServices {
  readonly catalogue: CatalogueService;
  readonly imports: ImportService;
  readonly samples: SampleService;
  readonly collection: CollectionService;
  readonly datasets: DatasetService;
  readonly recognition: RecognitionService;
  readonly training: TrainingService;
  readonly status: StatusService;
  readonly notices: NoticeService;
}

/** Data: see, collect, bring, mend and take away what networks learn from. */
@customElement('data-page')
export class DataPage extends LitElement {
  static override styles = [baseStyles, buttonStyles, plateStyles, pageStyles, dataPageStyles];

  @property({ attribute: false }) services!: DataServices;
  /** Deletes everything and starts anew. */
  @property({ attribute: false }) erase!: () => Promise<void>;
  @property() theme = '';

  @state() private chosen: string | undefined;
  @state() private panel: 'generate' | 'collect' | undefined;
  @state() private isDropping = false;
  @query('.files') private fileInput!: HTMLInputElement;
  @query('set-dialog') private dialog!: SetDialog;

  constructor() {
    super();
    watch(this, () => [
      this.services.catalogue.catalogue,
      this.services.training.state,
      this.services.status.status,
    ]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { catalogue, training, status } = this.services;
    void catalogue.load();
    void catalogue.sweep();
    void training.load();
    void status.refreshStorage();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.services.samples.close();
  }

  override render() {
    const { sets } = this.services.catalogue.catalogue.value;
    const shown = this.shownSet(sets);
    return html`
      <div
        class=${this.isDropping ? 'dropping' : ''}
        @dragover=${this.onDragOver}
        @dragleave=${() => (this.isDropping = false)}
        @drop=${this.onDrop}
      >
        ${this.renderHead(sets)} ${this.renderFailure()}
        <mnist-band .datasets=${this.services.datasets}></mnist-band>
        <import-band
          .imports=${this.services.imports}
          .theme=${this.theme}
          @added=${(event: CustomEvent<Dataset>) => this.welcome(event.detail)}
        ></import-band>
        ${this.renderWork()} ${this.renderPanel(sets)}
        <div class="top">
          ${this.renderSets(sets, shown)}
          <div class="beside">${this.renderStorage()}</div>
        </div>
        ${
          shown
            ? html`
                <data-explorer
                  .samples=${this.services.samples}
                  .set=${shown}
                  .theme=${this.theme}
                ></data-explorer>
              `
            : nothing
        }
        <set-dialog @intent=${(event: CustomEvent<SetIntent>) => this.carryOut(event.detail)}></set-dialog>
      </div>
    `;
  }

  private renderHead(sets: readonly Dataset[]) {
    return html`
      <header class="head">
        <div>
          <h1>Data</h1>
          <p class="figures">${wordCatalogue(sets)}</p>
        </div>
        <div class="side">
          <button aria-expanded=${this.panel === 'collect'} @click=${() => this.toggle('collect')}>
            Draw digits
          </button>
          <button aria-expanded=${this.panel === 'generate'} @click=${() => this.toggle('generate')}>
            Make a set
          </button>
          <button class="primary" @click=${() => this.fileInput.click()}>Add a ZIP of digits</button>
          <input
            class="files"
            type="file"
            accept=".zip,.csv,.gz,application/zip,text/csv"
            multiple
            hidden
            aria-hidden="true"
            tabindex="-1"
            @change=${this.onFiles}
          />
        </div>
      </header>
    `;
  }

  private renderFailure() {
    const { catalogue } = this.services;
    const { failure } = catalogue.catalogue.value;
    return html`
      <error-desk
        .error=${failure}
        ?hidden=${!failure}
        @dismiss=${() => catalogue.clearFailure()}
      ></error-desk>
    `;
  }

  private renderWork() {
    const { catalogue } = this.services;
    const { work } = catalogue.catalogue.value;
    if (!work) return nothing;
    return html`
      <section class="plate band" aria-label="In work">
        <div class="line">
          <p class="statement">${wordWork(work)}</p>
          <button @click=${() => catalogue.cancel()}>Cancel</button>
        </div>
        <progress-ruler .share=${work.progress?.share} label=${wordWork(work)}></progress-ruler>
      </section>
    `;
  }

  private renderPanel(sets: readonly Dataset[]) {
    if (this.panel === 'generate') {
      return html`
        <generate-desk
          class="band"
          .busy=${this.services.catalogue.catalogue.value.work !== undefined}
          @make=${(event: CustomEvent<GeneratedDraft>) => this.generate(event.detail)}
        ></generate-desk>
      `;
    }
    if (this.panel !== 'collect') return nothing;
    const { collection, recognition, notices } = this.services;
    return html`
      <collect-band
        class="band"
        .collection=${collection}
        .recognition=${recognition}
        .notices=${notices}
        .counts=${sets.find(({ name }) => name === DRAWN)?.counts.train ?? noCounts()}
        .theme=${this.theme}
        @changed=${this.onCollected}
        @close=${() => (this.panel = undefined)}
      ></collect-band>
    `;
  }

  private renderSets(sets: readonly Dataset[], shown: Dataset | undefined) {
    const { runs } = this.services.training.state.value;
    if (sets.length === 0) return this.renderNothing();
    return html`
      <dataset-table
        .rows=${sets.map((set) => toDatasetRow(set, runs))}
        .chosen=${shown?.name ?? ''}
        @select=${(event: CustomEvent<string>) => (this.chosen = event.detail)}
        @take=${(event: CustomEvent<string>) => this.ask('take', event.detail)}
        @rename=${(event: CustomEvent<string>) => this.ask('rename', event.detail)}
        @remove=${(event: CustomEvent<string>) => this.ask('remove', event.detail)}
      ></dataset-table>
    `;
  }

  private renderNothing() {
    const megabytes = (bytes: number) => `${formatCount(bytes / 1024 / 1024)} MB`;
    return html`
      <section class="plate" aria-label="Sets">
        <h2>No sets yet</h2>
        <p>Get MNIST, make digits, draw some, or add a ZIP with a folder for each digit: 0/, 1/ … 9/.</p>
        <div class="actions">
          <button @click=${() => this.fileInput.click()}>Add a ZIP of digits</button>
        </div>
        <p class="hint limits">
          A ZIP may have up to ${formatCount(IMPORT_LIMITS.entries)} files and
          ${megabytes(IMPORT_LIMITS.fileBytes)}, ${megabytes(IMPORT_LIMITS.totalBytes)} unpacked. Nothing
          leaves this device.
        </p>
      </section>
    `;
  }

  private renderStorage() {
    const { usedBytes, quotaBytes, isPersisted, isRefused } = this.services.status.status.value;
    return html`
      <storage-desk
        .usedBytes=${usedBytes}
        .quotaBytes=${quotaBytes}
        .persisted=${isPersisted}
        .refused=${isRefused ?? false}
        @persist=${() => this.services.status.requestPersistence()}
        @erase=${() => this.erase()}
      ></storage-desk>
    `;
  }

  /** The chosen set, or the first one: MNIST where it is there. */
  private shownSet(sets: readonly Dataset[]): Dataset | undefined {
    return (
      sets.find(({ name }) => name === this.chosen) ?? sets.find(({ name }) => name === MNIST) ?? sets[0]
    );
  }

  private toggle(panel: 'generate' | 'collect'): void {
    this.panel = this.panel === panel ? undefined : panel;
  }

  /** A set has been added: it is shown, and can be trained on. */
  private welcome(dataset: Dataset): void {
    this.chosen = dataset.name;
    this.services.notices.show(`${formatCount(sampleCount(dataset))} digits added.`, {
      label: 'Train on them',
      href: '#/train',
    });
  }

  private async generate({ seed, count }: GeneratedDraft): Promise<void> {
    const made = await this.services.catalogue.generate(seed, count);
    if (!made) return;
    this.panel = undefined;
    this.chosen = made.name;
  }

  private readonly onCollected = (): void => {
    const { catalogue, samples } = this.services;
    if (this.shownSet(catalogue.catalogue.value.sets)?.name === DRAWN) void samples.openSet(DRAWN);
  };

  private ask(kind: SetIntent['kind'], name: string): void {
    const set = this.services.catalogue.catalogue.value.sets.find((each) => each.name === name);
    if (set) this.dialog.ask(kind, set);
  }

  private async carryOut(intent: SetIntent): Promise<void> {
    const { catalogue } = this.services;
    switch (intent.kind) {
      case 'take':
        return this.take(intent);
      case 'rename':
        return catalogue.rename(intent.set.name, intent.title);
      case 'remove':
        await catalogue.remove(intent.set.name);
        if (intent.set.name === MNIST) await this.services.datasets.load();
        await this.services.status.refreshStorage();
        return this.services.notices.show(`“${intent.set.title}” is deleted.`);
    }
  }

  private async take({ set, format }: Extract<SetIntent, { kind: 'take' }>): Promise<void> {
    const file = await this.services.catalogue.exportSet(set, format);
    if (file) this.services.samples.save(file.fileName, file.blob);
  }

  private readonly onFiles = (): void => {
    const files = [...(this.fileInput.files ?? [])];
    this.fileInput.value = '';
    if (files.length > 0) this.services.imports.add(files);
  };

  private onDragOver(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.isDropping = true;
  }

  private onDrop(event: DragEvent): void {
    event.preventDefault();
    this.isDropping = false;
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) this.services.imports.add(files);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'data-page': DataPage;
  }
}
