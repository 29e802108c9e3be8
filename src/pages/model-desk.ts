import { css, html, LitElement } from '../i18n/lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import '../components/error-desk';
import { formatCount } from '../components/format';
import '../components/model-details';
import type { ModelDetails, ModelNotes } from '../components/model-details';
import '../components/model-further';
import { baseStyles } from '../components/shared-styles';
import type { ErrorRecord } from '../domain/errors';
import { DRAWN_TEST } from '../domain/evaluated-data';
import { runName, SHIPPED_MODEL } from '../domain/ids';
import { MODEL_FORMATS, type ModelFormat } from '../domain/model-formats';
import type { ModelVersion } from '../domain/model-version';
import type { Run } from '../domain/run';
import type { Services } from '../services/services';
import type { GatePanel } from './gate-panel';
import { renderGatePanel } from './gate-parts';
import {
  modelFileName,
  modelName,
  modelTitle,
  scoresOf,
  toModelFacts,
  type KnownScores,
} from './model-words';
import { wordMnist } from './run-words';
import { watch } from './watch';

/**
 * One model: what is known of it, and all that can be done with it. Tells `removed` once it is deleted.
 */
@customElement('model-desk')
export class ModelDesk extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      error-desk {
        margin: 0;
      }
    `,
  ];

  @property({ attribute: false }) services!: Services;
  @property({ attribute: false }) version!: ModelVersion;
  /** Somebody asked for a test, which may need MNIST: what comes of that is said here. */
  @state() private hasAsked = false;
  @query('gate-panel') private gate!: GatePanel | null;
  @query('model-details') private details!: ModelDetails | null;

  constructor() {
    super();
    watch(this, () => {
      const { models, modelFiles, datasets, catalogue, training } = this.services;
      return [
        models.catalogue,
        models.evaluation,
        modelFiles.state,
        datasets.mnist,
        catalogue.catalogue,
        training.state,
      ];
    });
  }

  override render() {
    const { version } = this;
    const { id, name = '', notes = '', tags = [] } = version;
    const { models, modelFiles } = this.services;
    const catalogue = models.catalogue.value;
    const scores = scoresOf(catalogue, id);
    const run = this.run();
    // A form of its own for each: what was typed for one and not kept is not said of another.
    return keyed(
      id,
      html`
        <model-details
          .heading=${modelTitle(version)}
          .facts=${toModelFacts(version, scores)}
          .words=${{ name, notes, tags }}
          .fixed=${id === SHIPPED_MODEL}
          .kept=${id === catalogue.champion ? 'It answers on Draw: let another one answer first.' : ''}
          .busy=${modelFiles.state.value.isBusy}
          .test=${this.wordTest(scores)}
          .testing=${this.isTesting}
          .report=${run ? `Report of ${runName(run.id)}` : ''}
          @describe=${(event: CustomEvent<ModelNotes>) => this.describe(event.detail)}
          @save=${(event: CustomEvent<ModelFormat>) => this.save(event.detail)}
          @report=${() => run && this.services.reports.save(run)}
          @test=${() => this.test(scores)}
          @canceltest=${this.cancelTest}
          @remove=${this.removeVersion}
        >
          ${renderGatePanel(id, this.services, 'slot')} ${this.renderFailure()} ${this.renderFurther()}
        </model-details>
      `,
    );
  }

  /** Brings the eye and the keyboard here. */
  async show(): Promise<void> {
    await this.updateComplete;
    await this.details?.updateComplete;
    this.details?.show();
  }

  /** Lets the model answer on Draw, as the gate has it. */
  async use(): Promise<void> {
    await this.gate?.use();
  }

  /** The training that it came of, where that is on this device. */
  private run(): Run | undefined {
    const { id, runId } = this.version;
    if (id === SHIPPED_MODEL) return undefined;
    return this.services.training.state.value.runs.find((run) => run.id === runId);
  }

  private renderFailure() {
    const error = this.failure();
    return html`
      <error-desk slot="test" .error=${error} ?hidden=${!error} @dismiss=${this.dismiss}></error-desk>
    `;
  }

  private renderFurther() {
    const { modelFiles, catalogue } = this.services;
    const { isBusy, share } = modelFiles.state.value;
    return html`
      <model-further
        .sets=${catalogue.catalogue.value.sets}
        .busy=${isBusy}
        .share=${share}
        @further=${(event: CustomEvent<string>) => this.takeFurther(event.detail)}
        @cancel=${() => modelFiles.cancelFurther()}
      ></model-further>
    `;
  }

  private failure(): ErrorRecord | undefined {
    const mnist = this.services.datasets.mnist.value;
    const missing = this.hasAsked && mnist.state === 'missing' ? mnist.error : undefined;
    return missing ?? this.services.models.evaluation.value?.error;
  }

  private readonly dismiss = (): void => {
    this.hasAsked = false;
    this.services.models.cancelEvaluation();
  };

  private get isTesting(): boolean {
    const { models, datasets } = this.services;
    const evaluation = models.evaluation.value;
    const isFetching = this.hasAsked && datasets.mnist.value.state === 'fetching';
    return isFetching || (evaluation !== undefined && !evaluation.error);
  }

  /** What the button says that tests the model: how far that is; nothing where all is known. */
  private wordTest({ test, drawn }: KnownScores): string {
    const evaluation = this.services.models.evaluation.value;
    if (this.isTesting && !evaluation) return wordMnist(this.services.datasets.mnist.value)!.statement;
    if (this.isTesting && evaluation?.versionId === this.version.id) {
      return `Testing, ${formatCount(evaluation.done)} of ${formatCount(evaluation.total)}`;
    }
    if (!test) return 'Test on MNIST';
    return drawn ? '' : 'Test on drawn digits';
  }

  /** Tests on what is not known yet. MNIST is fetched where it is not here. */
  private async test({ test }: KnownScores): Promise<void> {
    const { datasets, models } = this.services;
    const { id } = this.version;
    if (test) return models.evaluate(id, DRAWN_TEST);
    this.hasAsked = true;
    if (!(await datasets.ensureMnist())) return;
    this.hasAsked = false;
    await models.evaluate(id);
  }

  private readonly cancelTest = (): void => {
    this.services.datasets.cancelAcquire();
    this.services.models.cancelEvaluation();
  };

  private async describe(words: ModelNotes): Promise<void> {
    await this.services.models.describe(this.version.id, words);
    this.services.notices.show('Name, tags and notes are kept.');
  }

  private async save(format: ModelFormat): Promise<void> {
    const { version } = this;
    const { modelFiles } = this.services;
    const file = await modelFiles.write(version.id, format);
    if (file) modelFiles.save(modelFileName(version, MODEL_FORMATS[format].suffix), file);
  }

  private async takeFurther(dataset: string): Promise<void> {
    const { version } = this;
    const { modelFiles } = this.services;
    const file = await modelFiles.takeFurther(version.id, modelName(version), dataset);
    if (file) modelFiles.save(modelFileName(version, '-further.zip'), file);
  }

  private readonly removeVersion = async (): Promise<void> => {
    const { version } = this;
    const { models, notices } = this.services;
    const restore = await models.remove(version.id);
    this.dispatchEvent(new CustomEvent('removed'));
    notices.showUndoable(`“${modelTitle(version)}” is deleted.`, () => void restore());
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'model-desk': ModelDesk;
  }
}
