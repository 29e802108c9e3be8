import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import '../components/error-desk';
import { formatCount } from '../components/format';
import '../components/model-details';
import type { ModelDetails, ModelNotes } from '../components/model-details';
import '../components/model-table';
import { baseStyles, buttonStyles, pageStyles, plateStyles } from '../components/shared-styles';
import { SHIPPED_MODEL, versionName, type ModelVersionId } from '../domain/ids';
import { MODEL_FORMATS, type ModelFormat } from '../domain/model-formats';
import type { ModelVersion } from '../domain/model-version';
import type { DatasetService } from '../services/dataset-service';
import type { ModelFileService } from '../services/model-file-service';
import type { ModelCatalogue, ModelService } from '../services/model-service';
import type { NoticeService } from '../services/notice-service';
import type { PromotionService } from '../services/promotion-service';
import type { GatePanel } from './gate-panel';
import { renderGatePanel, renderGateSettings } from './gate-parts';
import { modelFileName, modelTitle, toModelFacts, toModelRows, withNumber } from './model-words';
import { watch } from './watch';

/** Models: which there are, which one answers; name, keep, save, bring and delete them. */
@customElement('models-page')
export class ModelsPage extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    plateStyles,
    pageStyles,
    css`
      .columns {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 340px;
        gap: 20px;
        align-items: start;
      }
      model-details {
        position: sticky;
        top: 20px;
        max-height: calc(100dvh - 40px);
        overflow-y: auto;
      }
      .back bdi {
        max-width: 24ch;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      gate-settings {
        margin-top: 20px;
      }
      error-desk {
        display: block;
        margin-bottom: 20px;
      }
      @media (max-width: 1199px) {
        .columns {
          grid-template-columns: minmax(0, 1fr);
        }
        model-details {
          position: static;
          max-height: none;
        }
      }
      @media (max-width: 720px) {
        .head .side,
        .head .side button {
          width: 100%;
        }
      }
    `,
  ];

  @property({ attribute: false }) models!: ModelService;
  @property({ attribute: false }) promotion!: PromotionService;
  @property({ attribute: false }) files!: ModelFileService;
  @property({ attribute: false }) datasets!: DatasetService;
  @property({ attribute: false }) notices!: NoticeService;

  /** The model that is shown; the one that answers where nobody chose. */
  @state() private chosen: ModelVersionId | undefined;
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
    ]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.models.load();
    void this.datasets.ensureLoaded();
  }

  override render() {
    const catalogue = this.models.catalogue.value;
    const shown = this.shownVersion(catalogue);
    return html`
      ${this.renderHead(catalogue)} ${this.renderFailures()}
      <div class="columns" ?hidden=${!catalogue.isLoaded}>
        <model-table
          .rows=${toModelRows(catalogue)}
          .chosen=${shown?.id}
          @select=${(event: CustomEvent<ModelVersionId>) => this.select(event.detail)}
          @use=${(event: CustomEvent<ModelVersionId>) => this.use(event.detail)}
        ></model-table>
        ${shown ? this.renderDetails(shown, catalogue) : nothing}
      </div>
      ${renderGateSettings(this.promotion)}
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
            <bdi>${answering?.name ?? wordModel(champion)}</bdi>
            answers on Draw.
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
                    <bdi>${before.name ?? versionName(before.id)}</bdi>
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

  private renderDetails(version: ModelVersion, { champion, testScores, shipped }: ModelCatalogue) {
    const { id, name = '', notes = '' } = version;
    const isShipped = id === SHIPPED_MODEL;
    const test = isShipped ? shipped?.test : testScores.get(id);
    // A form of its own for each: what was typed for one and not kept is not said of another.
    return keyed(
      id,
      html`
        <model-details
          .heading=${modelTitle(version)}
          .facts=${toModelFacts(version, test)}
          .words=${{ name, notes }}
          .fixed=${isShipped}
          .kept=${id === champion ? 'It answers on Draw: let another one answer first.' : ''}
          .busy=${this.files.state.value.isBusy}
          .test=${test ? '' : this.wordTest(id)}
          .testing=${this.isTesting}
          @describe=${(event: CustomEvent<ModelNotes>) => this.describe(id, event.detail)}
          @save=${(event: CustomEvent<ModelFormat>) => this.save(version, event.detail)}
          @test=${() => this.models.evaluate(id)}
          @remove=${() => this.removeVersion(version)}
        >
          ${renderGatePanel(id, this, 'slot')}
        </model-details>
      `,
    );
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
    this.notices.show('Name and notes are kept.');
  }

  private async save(version: ModelVersion, format: ModelFormat): Promise<void> {
    const file = await this.files.write(version.id, format);
    if (file) this.files.save(modelFileName(version, MODEL_FORMATS[format].suffix), file);
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

function findVersion({ versions, shipped }: ModelCatalogue, id: ModelVersionId): ModelVersion | undefined {
  if (id === SHIPPED_MODEL) return shipped && withNumber(shipped);
  return versions.find((version) => version.id === id);
}

declare global {
  interface HTMLElementTagNameMap {
    'models-page': ModelsPage;
  }
}
