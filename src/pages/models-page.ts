import { html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import '../components/error-desk';
import { formatCount } from '../components/format';
import '../components/model-details';
import { asIs } from '../i18n/as-is';
import type { ModelDetails, ModelNotes } from '../components/model-details';
import '../components/model-finder';
import '../components/model-further';
import '../components/model-table';
import '../components/term-hint';
import { baseStyles, buttonStyles, pageStyles, plateStyles } from '../components/shared-styles';
import { SHIPPED_MODEL, versionName, type ModelVersionId } from '../domain/ids';
import { MODEL_FORMATS, type ModelFormat } from '../domain/model-formats';
import { NO_FILTER, tagsOf, type ModelFilter } from '../domain/model-list';
import type { ModelVersion } from '../domain/model-version';
import type { CatalogueService } from '../services/catalogue-service';
import type { DatasetService } from '../services/dataset-service';
import type { EvaluationService } from '../services/evaluation-service';
import type { ModelFileService } from '../services/model-file-service';
import type { ModelCatalogue, ModelService } from '../services/model-service';
import type { NoticeService } from '../services/notice-service';
import type { PromotionService } from '../services/promotion-service';
import type { GatePanel } from './gate-panel';
import { renderGatePanel, renderGateSettings } from './gate-parts';
import {
  findVersion,
  modelFileName,
  modelName,
  modelTitle,
  testScoreOf,
  toModelFacts,
  toModelRows,
} from './model-words';
import './models-board';
import { modelsPageStyles } from './models-page-styles';
import { watch } from './watch';

/** From this many models on, they can be found by words and tags, and put in order. */
const FINDER_FROM = 4;

/** Models: which there are, which one answers; name, keep, save, bring and delete them. */
@customElement('models-page')
export class ModelsPage extends LitElement {
  static override styles = [baseStyles, buttonStyles, plateStyles, pageStyles, modelsPageStyles];

  @property({ attribute: false }) models!: ModelService;
  @property({ attribute: false }) promotion!: PromotionService;
  @property({ attribute: false }) files!: ModelFileService;
  @property({ attribute: false }) datasets!: DatasetService;
  @property({ attribute: false }) catalogue!: CatalogueService;
  @property({ attribute: false }) evaluation!: EvaluationService;
  @property({ attribute: false }) notices!: NoticeService;

  /** The model that is shown; the one that answers where nobody chose. */
  @state() private chosen: ModelVersionId | undefined;
  @state() private filter: ModelFilter = NO_FILTER;
  /** Those that are put side by side. */
  @state() private ticked: ReadonlySet<ModelVersionId> = new Set();
  @query('input[type=file]') private fileInput!: HTMLInputElement;
  @query('gate-panel') private gate!: GatePanel | null;
  @query('model-details') private details!: ModelDetails | null;

  constructor() {
    super();
    watch(this, () => [
      this.models.catalogue,
      this.models.evaluation,
      this.promotion.state,
      this.files.state,
      this.datasets.mnist,
      this.catalogue.catalogue,
    ]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.models.load();
    void this.datasets.ensureLoaded();
    void this.catalogue.load();
  }

  override render() {
    const catalogue = this.models.catalogue.value;
    const shown = this.shownVersion(catalogue);
    return html`
      ${this.renderHead(catalogue)} ${this.renderFailures()}
      <div class="columns" ?hidden=${!catalogue.isLoaded}>
        ${this.renderTable(catalogue, shown?.id)} ${shown ? this.renderDetails(shown, catalogue) : nothing}
        <models-board
          ?hidden=${catalogue.versions.length === 0}
          .catalogue=${catalogue}
          .evaluation=${this.evaluation}
          .chosen=${shown?.id}
          .ticked=${this.ticked}
          .hasMnist=${this.datasets.mnist.value.state === 'stored'}
          @select=${(event: CustomEvent<ModelVersionId>) => this.select(event.detail)}
          @close=${() => (this.ticked = new Set())}
        ></models-board>
        ${renderGateSettings(this.promotion)}
      </div>
    `;
  }

  private renderTable(catalogue: ModelCatalogue, chosen: ModelVersionId | undefined) {
    const rows = toModelRows(catalogue, this.filter);
    const all = catalogue.versions.length + (catalogue.shipped ? 1 : 0);
    return html`
      <model-table
        .rows=${rows}
        .chosen=${chosen}
        .ticked=${this.ticked}
        ?empty=${rows.length === 0 && all > 0}
        @select=${(event: CustomEvent<ModelVersionId>) => this.select(event.detail)}
        @use=${(event: CustomEvent<ModelVersionId>) => this.use(event.detail)}
        @tick=${(event: CustomEvent<ModelVersionId>) => this.tick(event.detail)}
      >
        <model-finder
          ?hidden=${all < FINDER_FROM}
          .filter=${this.filter}
          .tags=${tagsOf(catalogue.versions)}
          .shown=${rows.length}
          .all=${all}
          @change=${(event: CustomEvent<ModelFilter>) => (this.filter = event.detail)}
        ></model-finder>
      </model-table>
    `;
  }

  private renderHead(catalogue: ModelCatalogue) {
    const { versions, champion, previous } = catalogue;
    const count = versions.length + 1;
    const answering = findVersion(catalogue, champion);
    const before = previous === undefined ? undefined : findVersion(catalogue, previous);
    return html`
      <header class="head">
        <div>
          <h1>Models</h1>
          <p class="figures">
            ${count === 1 ? 'One model' : `${formatCount(count)} models`}.
            <bdi>${answering?.name === undefined ? wordModel(champion) : asIs(answering.name)}</bdi>
            answers on Draw.
            <term-hint term="champion"></term-hint>
          </p>
        </div>
        <div class="side">
          ${
            before
              ? html`
                  <button
                    class="back"
                    title="Lets the model answer again that answered before"
                    @click=${() => this.rollBack()}
                  >
                    Back to
                    <bdi>${before.name === undefined ? versionName(before.id) : asIs(before.name)}</bdi>
                  </button>
                `
              : nothing
          }
          <button
            class="primary"
            ?disabled=${this.files.state.value.isBusy}
            @click=${() => this.fileInput.click()}
          >
            Import a model
          </button>
          <input
            type="file"
            accept=".zip,.safetensors,application/zip"
            hidden
            aria-hidden="true"
            tabindex="-1"
            @change=${this.onFile}
          />
        </div>
      </header>
    `;
  }

  private renderFailures() {
    const { failure } = this.files.state.value;
    const untested = this.models.evaluation.value?.error;
    return html`
      <error-desk
        .error=${failure}
        ?hidden=${!failure}
        @dismiss=${() => this.files.clearFailure()}
      ></error-desk>
      <error-desk
        .error=${untested}
        ?hidden=${!untested}
        @dismiss=${() => this.models.cancelEvaluation()}
      ></error-desk>
    `;
  }

  private renderDetails(version: ModelVersion, catalogue: ModelCatalogue) {
    const { id, name = '', notes = '', tags = [] } = version;
    const { champion } = catalogue;
    const test = testScoreOf(catalogue, id);
    // A form of its own for each: what was typed for one and not kept is not said of another.
    return keyed(
      id,
      html`
        <model-details
          .heading=${modelTitle(version)}
          .facts=${toModelFacts(version, test)}
          .words=${{ name, notes, tags }}
          .fixed=${id === SHIPPED_MODEL}
          .kept=${id === champion ? 'It answers on Draw: let another one answer first.' : ''}
          .busy=${this.files.state.value.isBusy}
          .test=${test ? '' : this.wordTest(id)}
          .testing=${this.isTesting}
          @describe=${(event: CustomEvent<ModelNotes>) => this.describe(id, event.detail)}
          @save=${(event: CustomEvent<ModelFormat>) => this.save(version, event.detail)}
          @test=${() => this.models.evaluate(id)}
          @remove=${() => this.removeVersion(version)}
        >
          ${renderGatePanel(id, this, 'slot')} ${this.renderFurther(version)}
        </model-details>
      `,
    );
  }

  private renderFurther(version: ModelVersion) {
    const { isBusy, share } = this.files.state.value;
    return html`
      <model-further
        .sets=${this.catalogue.catalogue.value.sets}
        .busy=${isBusy}
        .share=${share}
        @further=${(event: CustomEvent<string>) => this.takeFurther(version, event.detail)}
        @cancel=${() => this.files.cancelFurther()}
      ></model-further>
    `;
  }

  private get isTesting(): boolean {
    const evaluation = this.models.evaluation.value;
    return evaluation !== undefined && !evaluation.error;
  }

  /** What the button says that tests a model: nothing without MNIST, and how far it is while it does. */
  private wordTest(id: ModelVersionId): string {
    if (this.datasets.mnist.value.state !== 'stored') return '';
    const evaluation = this.models.evaluation.value;
    if (!this.isTesting || evaluation?.versionId !== id) return 'Test on MNIST';
    return `Testing, ${formatCount(evaluation.done)} of ${formatCount(evaluation.total)}`;
  }

  private shownVersion(catalogue: ModelCatalogue): ModelVersion | undefined {
    const chosen = this.chosen === undefined ? undefined : findVersion(catalogue, this.chosen);
    return chosen ?? findVersion(catalogue, catalogue.champion);
  }

  private async select(id: ModelVersionId): Promise<void> {
    this.chosen = id;
    await this.updateComplete;
    await this.details?.updateComplete;
    this.details?.show();
  }

  private tick(id: ModelVersionId): void {
    const next = new Set(this.ticked);
    if (!next.delete(id)) next.add(id);
    this.ticked = next;
  }

  private async use(id: ModelVersionId): Promise<void> {
    await this.select(id);
    await this.gate?.use();
  }

  private async rollBack(): Promise<void> {
    await this.models.rollBack();
    this.notices.show('The model of before answers on Draw again.', { label: 'Draw', href: '#/draw' });
  }

  private async describe(id: ModelVersionId, words: ModelNotes): Promise<void> {
    await this.models.describe(id, words);
    this.notices.show('Name, tags and notes are kept.');
  }

  private async save(version: ModelVersion, format: ModelFormat): Promise<void> {
    const file = await this.files.write(version.id, format);
    if (file) this.files.save(modelFileName(version, MODEL_FORMATS[format].suffix), file);
  }

  private async takeFurther(version: ModelVersion, dataset: string): Promise<void> {
    const file = await this.files.takeFurther(version.id, modelName(version), dataset);
    if (file) this.files.save(modelFileName(version, '-further.zip'), file);
  }

  private async removeVersion(version: ModelVersion): Promise<void> {
    const restore = await this.models.remove(version.id);
    this.chosen = undefined;
    this.notices.showUndoable(`“${modelTitle(version)}” is deleted.`, () => void restore());
  }

  private readonly onFile = async (): Promise<void> => {
    const [file] = this.fileInput.files ?? [];
    this.fileInput.value = '';
    if (!file) return;
    const id = await this.files.read(file);
    if (id === undefined) return;
    this.chosen = id;
    this.notices.show(`${versionName(id)} is here, as a candidate.`);
  };
}

/** A model at the beginning of a sentence. */
function wordModel(id: ModelVersionId): string {
  return id === SHIPPED_MODEL ? 'The shipped model' : versionName(id);
}

declare global {
  interface HTMLElementTagNameMap {
    'models-page': ModelsPage;
  }
}
