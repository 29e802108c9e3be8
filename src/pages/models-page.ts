import { html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import '../components/error-desk';
import { formatCount } from '../components/format';
import { asIs } from '../i18n/as-is';
import '../components/model-finder';
import '../components/model-table';
import '../components/term-hint';
import { baseStyles, buttonStyles, pageStyles, plateStyles } from '../components/shared-styles';
import { SHIPPED_MODEL, versionName, type ModelVersionId } from '../domain/ids';
import { NO_FILTER, tagsOf, type ModelFilter } from '../domain/model-list';
import type { ModelVersion } from '../domain/model-version';
import type { ModelCatalogue } from '../services/model-service';
import type { Services } from '../services/services';
import { renderGateSettings } from './gate-parts';
import './model-desk';
import type { ModelDesk } from './model-desk';
import { findVersion, toModelRows } from './model-words';
import './models-board';
import { modelsPageStyles } from './models-page-styles';
import { watch } from './watch';

/** From this many models on, they can be found by words and tags, and put in order. */
const FINDER_FROM = 4;

/** Models: which there are, which one answers; name, keep, save, bring and delete them. */
@customElement('models-page')
export class ModelsPage extends LitElement {
  static override styles = [baseStyles, buttonStyles, plateStyles, pageStyles, modelsPageStyles];

  @property({ attribute: false }) services!: Services;

  /** The model that is shown; the one that answers where nobody chose. */
  @state() private chosen: ModelVersionId | undefined;
  @state() private filter: ModelFilter = NO_FILTER;
  /** Those that are put side by side. */
  @state() private ticked: ReadonlySet<ModelVersionId> = new Set();
  @query('input[type=file]') private fileInput!: HTMLInputElement;
  @query('model-desk') private desk!: ModelDesk | null;

  constructor() {
    super();
    watch(this, () => {
      const { models, promotion, modelFiles, datasets } = this.services;
      return [models.catalogue, promotion.state, modelFiles.state, datasets.mnist];
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { models, datasets, catalogue, training } = this.services;
    void models.load();
    void datasets.ensureLoaded();
    void catalogue.load();
    void training.load();
  }

  override render() {
    const catalogue = this.services.models.catalogue.value;
    const shown = this.shownVersion(catalogue);
    return html`
      ${this.renderHead(catalogue)} ${this.renderFailure()}
      <div class="columns" ?hidden=${!catalogue.isLoaded}>
        ${this.renderTable(catalogue, shown?.id)} ${shown ? this.renderDesk(shown) : nothing}
        <models-board
          ?hidden=${catalogue.versions.length === 0}
          .catalogue=${catalogue}
          .evaluation=${this.services.evaluation}
          .chosen=${shown?.id}
          .ticked=${this.ticked}
          .hasMnist=${this.services.datasets.mnist.value.state === 'stored'}
          @select=${(event: CustomEvent<ModelVersionId>) => this.select(event.detail)}
          @close=${() => (this.ticked = new Set())}
        ></models-board>
        ${renderGateSettings(this.services.promotion)}
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
            ?disabled=${this.services.modelFiles.state.value.isBusy}
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

  private renderDesk(version: ModelVersion) {
    return html`
      <model-desk
        .services=${this.services}
        .version=${version}
        @removed=${() => (this.chosen = undefined)}
      ></model-desk>
    `;
  }

  private renderFailure() {
    const { modelFiles } = this.services;
    const { failure } = modelFiles.state.value;
    return html`
      <error-desk
        .error=${failure}
        ?hidden=${!failure}
        @dismiss=${() => modelFiles.clearFailure()}
      ></error-desk>
    `;
  }

  private shownVersion(catalogue: ModelCatalogue): ModelVersion | undefined {
    const chosen = this.chosen === undefined ? undefined : findVersion(catalogue, this.chosen);
    return chosen ?? findVersion(catalogue, catalogue.champion);
  }

  private async select(id: ModelVersionId): Promise<void> {
    this.chosen = id;
    await this.updateComplete;
    await this.desk?.show();
  }

  private tick(id: ModelVersionId): void {
    const next = new Set(this.ticked);
    if (!next.delete(id)) next.add(id);
    this.ticked = next;
  }

  private async use(id: ModelVersionId): Promise<void> {
    await this.select(id);
    await this.desk?.use();
  }

  private async rollBack(): Promise<void> {
    await this.services.models.rollBack();
    this.services.notices.show('The model of before answers on Draw again.', {
      label: 'Draw',
      href: '#/draw',
    });
  }

  private readonly onFile = async (): Promise<void> => {
    const [file] = this.fileInput.files ?? [];
    this.fileInput.value = '';
    if (!file) return;
    const id = await this.services.modelFiles.read(file);
    if (id === undefined) return;
    this.chosen = id;
    this.services.notices.show(`${versionName(id)} is here, as a candidate.`);
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
