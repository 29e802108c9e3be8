import { html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import '../components/collect-desk';
import type { CollectedDigit } from '../components/collect-desk';
import '../components/dataset-table';
import '../components/error-desk';
import { formatCount } from '../components/format';
import '../components/import-desk';
import '../components/progress-ruler';
import { baseStyles, buttonStyles, fieldStyles, pageStyles, plateStyles } from '../components/shared-styles';
import '../components/storage-desk';
import { DRAWN, GENERATED_MOST, noCounts, sampleCount, type Dataset } from '../domain/dataset';
import { IMPORT_LIMITS } from '../domain/import-limits';
import { MNIST } from '../domain/mnist';
import type { CatalogueService } from '../services/catalogue-service';
import type { CollectionService, KeptSample } from '../services/collection-service';
import type { DatasetService } from '../services/dataset-service';
import type { ImportService } from '../services/import-service';
import type { NoticeService } from '../services/notice-service';
import type { RecognitionService } from '../services/recognition-service';
import type { SampleService } from '../services/sample-service';
import type { StatusService } from '../services/status-service';
import type { TrainingService } from '../services/training-service';
import './data-explorer';
import { dataPageStyles } from './data-page-styles';
import { toDatasetRow, wordCatalogue, wordImport, wordWork } from './data-words';
import './set-dialog';
import type { SetDialog, SetIntent } from './set-dialog';
import { wordMnist } from './run-words';
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
  static override styles = [baseStyles, buttonStyles, fieldStyles, plateStyles, pageStyles, dataPageStyles];

  @property({ attribute: false }) services!: DataServices;
  /** Deletes everything and starts anew. */
  @property({ attribute: false }) erase!: () => Promise<void>;
  @property() theme = '';

  @state() private chosen: string | undefined;
  @state() private panel: 'generate' | 'collect' | undefined;
  @state() private draft = { count: 5000, seed: 1 };
  @state() private kept: readonly KeptSample[] = [];
  @state() private isKeeping = false;
  @state() private isDropping = false;
  @query('.files') private fileInput!: HTMLInputElement;
  @query('.mnist-files') private mnistInput!: HTMLInputElement;
  @query('set-dialog') private dialog!: SetDialog;

  constructor() {
    super();
    watch(this, () => [
      this.services.catalogue.catalogue,
      this.services.imports.import,
      this.services.datasets.mnist,
      this.services.training.state,
      this.services.status.status,
    ]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { catalogue, datasets, training, status } = this.services;
    void catalogue.load();
    void catalogue.sweep();
    void training.load();
    void status.refreshStorage();
    if (datasets.mnist.value.state === 'unknown') void datasets.load();
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
        ${this.renderHead(sets)} ${this.renderErrors()} ${this.renderMnist()} ${this.renderImport()}
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

  private renderErrors() {
    const { catalogue, imports, datasets } = this.services;
    const { failure } = catalogue.catalogue.value;
    const imported = imports.import.value;
    const mnist = datasets.mnist.value;
    const mnistError = mnist.state === 'missing' ? mnist.error : undefined;
    return html`
      <error-desk
        .error=${failure}
        ?hidden=${!failure}
        @dismiss=${() => catalogue.clearFailure()}
      ></error-desk>
      <error-desk
        .error=${imported.state === 'failed' ? imported.error : undefined}
        ?hidden=${imported.state !== 'failed'}
        @dismiss=${() => imports.discard()}
      >
        <button @click=${() => this.fileInput.click()}>Choose another file</button>
      </error-desk>
      <error-desk .error=${mnistError} ?hidden=${!mnistError} @dismiss=${() => datasets.load()}></error-desk>
    `;
  }

  private renderMnist() {
    const { datasets } = this.services;
    const mnist = datasets.mnist.value;
    const input = html`
      <input
        class="mnist-files"
        type="file"
        multiple
        hidden
        aria-hidden="true"
        tabindex="-1"
        @change=${this.onMnistFiles}
      />
    `;
    if (mnist.state === 'stored' || mnist.state === 'unknown') return input;
    const words = wordMnist(mnist);
    return html`
      <section class="plate band" aria-label="MNIST">
        <div class="line">
          <p class="statement">
            ${words ? `${words.statement} ${words.rest}` : this.wordAbsent(mnist.state === 'missing' && mnist.isOffered)}
          </p>
          <div>
            ${
              mnist.state === 'fetching'
                ? html`
                    <button @click=${() => datasets.cancelAcquire()}>Stop</button>
                  `
                : nothing
            }
            ${
              mnist.state === 'missing' && mnist.isOffered
                ? html`
                    <button @click=${() => datasets.acquireMnist()}>Get MNIST, 11 MB</button>
                  `
                : nothing
            }
            <button @click=${() => this.mnistInput.click()}>Add the four MNIST files</button>
          </div>
        </div>
        ${
          words
            ? html`
                <progress-ruler .share=${words.share} label="Getting MNIST"></progress-ruler>
              `
            : nothing
        }
        ${input}
      </section>
    `;
  }

  private wordAbsent(isOffered: boolean): string {
    return isOffered
      ? 'MNIST, 70,000 digits written by hand, is not on this device yet.'
      : 'This copy of Inkling came without MNIST. Training uses generated digits until you add the four MNIST files.';
  }

  private renderImport() {
    const { imports } = this.services;
    const state = imports.import.value;
    if (state.state === 'read') {
      return html`
        <import-desk
          class="band"
          .result=${state.result}
          .fileName=${state.fileName}
          .theme=${this.theme}
          @accept=${this.acceptImport}
          @discard=${() => imports.discard()}
        ></import-desk>
      `;
    }
    if (state.state !== 'reading') return nothing;
    return html`
      <section class="plate band" aria-label="Import">
        <div class="line">
          <div>
            <h2><bdi>${state.fileName}</bdi></h2>
            <p class="figures" role="status">${wordImport(state, imports.waitingCount)}</p>
          </div>
          <button @click=${() => imports.cancel()}>Cancel</button>
        </div>
        <progress-ruler .share=${state.progress?.share} label="Reading"></progress-ruler>
      </section>
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
    if (this.panel === 'generate') return this.renderGenerate();
    if (this.panel !== 'collect') return nothing;
    const drawn = sets.find(({ name }) => name === DRAWN);
    return html`
      <collect-desk
        class="band"
        .counts=${drawn?.counts.train ?? noCounts()}
        .busy=${this.isKeeping}
        .undoable=${this.kept.length > 0}
        .theme=${this.theme}
        @keep=${(event: CustomEvent<CollectedDigit>) => this.keep(event.detail)}
        @undo=${this.takeBack}
        @close=${() => (this.panel = undefined)}
      ></collect-desk>
    `;
  }

  private renderGenerate() {
    const { count, seed } = this.draft;
    const isRight =
      Number.isInteger(count) && count >= 10 && count <= GENERATED_MOST && Number.isInteger(seed);
    const readNumber = (event: Event) => (event.target as HTMLInputElement).valueAsNumber;
    return html`
      <section class="plate band" aria-label="Make a set">
        <h2>Make a set of generated digits</h2>
        <p class="hint">Strokes written by a program. The same seed gives the same digits again.</p>
        <div class="make">
          <div class="field">
            <label for="count">How many</label>
            <input
              id="count"
              type="number"
              .value=${String(count)}
              @input=${(event: Event) => (this.draft = { ...this.draft, count: readNumber(event) })}
            />
          </div>
          <div class="field">
            <label for="seed">Seed</label>
            <input
              id="seed"
              type="number"
              .value=${String(seed)}
              @input=${(event: Event) => (this.draft = { ...this.draft, seed: readNumber(event) })}
            />
          </div>
          <button class="primary" ?disabled=${!isRight || this.isWorking} @click=${this.generate}>
            Make it
          </button>
        </div>
        <p class=${isRight ? 'hint' : 'field-error'} role="status">
          ${isRight ? '' : `Use whole numbers, from 10 to ${formatCount(GENERATED_MOST)} digits.`}
        </p>
      </section>
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
    const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;
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
    const { usedBytes, quotaBytes, isPersisted } = this.services.status.status.value;
    return html`
      <storage-desk
        .usedBytes=${usedBytes}
        .quotaBytes=${quotaBytes}
        .persisted=${isPersisted}
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

  private get isWorking(): boolean {
    return this.services.catalogue.catalogue.value.work !== undefined;
  }

  private toggle(panel: 'generate' | 'collect'): void {
    this.panel = this.panel === panel ? undefined : panel;
  }

  private readonly acceptImport = async (): Promise<void> => {
    const dataset = await this.services.imports.accept();
    if (!dataset) return;
    this.chosen = dataset.name;
    this.services.notices.show(`${formatCount(sampleCount(dataset))} digits added.`, {
      label: 'Train on them',
      href: '#/train',
    });
  };

  private readonly generate = async (): Promise<void> => {
    const { seed, count } = this.draft;
    const made = await this.services.catalogue.generate(seed, count);
    if (!made) return;
    this.panel = undefined;
    this.chosen = made.name;
  };

  private async keep({ strokes, label }: CollectedDigit): Promise<void> {
    const pixels = this.services.recognition.toPixels(strokes);
    if (!pixels) return;
    await this.collect(async () => {
      this.kept = [...this.kept, await this.services.collection.keep(DRAWN, pixels, label)];
    });
  }

  private readonly takeBack = async (): Promise<void> => {
    const last = this.kept.at(-1);
    if (!last) return;
    await this.collect(async () => {
      await this.services.collection.takeBack(last);
      this.kept = this.kept.slice(0, -1);
    });
  };

  private async collect(work: () => Promise<void>): Promise<void> {
    this.isKeeping = true;
    try {
      await work();
      if (this.shownSet(this.services.catalogue.catalogue.value.sets)?.name === DRAWN) {
        void this.services.samples.openSet(DRAWN);
      }
    } catch (error) {
      this.services.notices.fail(error);
    } finally {
      this.isKeeping = false;
    }
  }

  private ask(kind: SetIntent['kind'], name: string): void {
    const set = this.services.catalogue.catalogue.value.sets.find((each) => each.name === name);
    if (set) this.dialog.ask(kind, set);
  }

  private async carryOut(intent: SetIntent): Promise<void> {
    const { catalogue } = this.services;
    switch (intent.kind) {
      case 'take':
        return save(await catalogue.exportSet(intent.set, intent.format));
      case 'rename':
        return catalogue.rename(intent.set.name, intent.title);
      case 'remove':
        await catalogue.remove(intent.set.name);
        if (intent.set.name === MNIST) await this.services.datasets.load();
        await this.services.status.refreshStorage();
        return this.services.notices.show(`“${intent.set.title}” is deleted.`);
    }
  }

  private readonly onFiles = (): void => {
    const files = [...(this.fileInput.files ?? [])];
    this.fileInput.value = '';
    if (files.length > 0) this.services.imports.add(files);
  };

  private readonly onMnistFiles = (): void => {
    const files = [...(this.mnistInput.files ?? [])];
    this.mnistInput.value = '';
    if (files.length > 0) void this.services.datasets.importMnist(files);
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

/** Hands a file to the browser's downloads. */
function save(file: { readonly fileName: string; readonly blob: Blob } | undefined): void {
  if (!file) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file.blob);
  link.download = file.fileName;
  link.click();
  // The download has begun with the click and holds the file itself.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

declare global {
  interface HTMLElementTagNameMap {
    'data-page': DataPage;
  }
}
