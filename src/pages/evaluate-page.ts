import { html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ChartFile } from '../components/chart-file';
import '../components/error-desk';
import { formatAccuracy, formatCount } from '../components/format';
import { baseStyles, buttonStyles, pageStyles, plateStyles } from '../components/shared-styles';
import '../components/test-choice';
import { dataKey, type EvaluatedData } from '../domain/evaluated-data';
import { versionName, type ModelVersionId } from '../domain/ids';
import { MNIST } from '../domain/mnist';
import type { DoneEvaluation, EvaluationQuestion } from '../services/evaluation-service';
import type { Services } from '../services/services';
import { evaluatePageStyles } from './evaluate-page-styles';
import './evaluation-board';
import './evaluation-gallery';
import { renderFacts, renderFigures, renderNotes, renderNothing, renderWork } from './evaluation-parts';
import { dataOptions, mayBeLearned, wordEvaluation, type DataOption } from './evaluation-words';
import { modelOptions } from './model-options';
import { wordMnist } from './run-words';
import { watch } from './watch';

const LEARNED_HINT =
  'A model reads digits that it learned from better than others. To know how good it is, test it with others.';

/** Evaluate: how well a model reads, everything in figures, and each figure one click from its images. */
@customElement('evaluate-page')
export class EvaluatePage extends LitElement {
  static override styles = [baseStyles, buttonStyles, plateStyles, pageStyles, evaluatePageStyles];

  @property({ attribute: false }) services!: Services;
  /** Changes when the colours do. */
  @property() theme = '';

  /** The model that was chosen; the one that is shown, or answers, where nobody chose. */
  @state() private chosenVersion: ModelVersionId | undefined;
  @state() private chosenKey: string | undefined;
  /** The image that was looked at last: the one to try out. */
  @state() private lookedAt = 0;
  /** A test was under way since the page was opened: how it went is said. */
  private hasTested = false;
  /** True once what was tested before has been looked for. */
  private hasLooked = false;

  constructor() {
    super();
    watch(this, () => [
      this.services.evaluation.state,
      this.services.models.catalogue,
      this.services.catalogue.catalogue,
      this.services.datasets.mnist,
    ]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { catalogue, datasets, evaluation, models, training } = this.services;
    this.addEventListener('save', this.onSave);
    const ready = [models.load(), catalogue.load(), datasets.ensureLoaded(), evaluation.load()];
    // Only its curves are of a run, and they come last.
    void training.load();
    void Promise.all(ready).then(() => this.showKnown());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('save', this.onSave);
  }

  override render() {
    const { shown, work, failure } = this.services.evaluation.state.value;
    if (work) this.hasTested = true;
    return html`
      ${this.renderHead(shown)}
      <error-desk
        .error=${failure}
        ?hidden=${!failure}
        @dismiss=${() => this.services.evaluation.clearFailure()}
      ></error-desk>
      ${this.renderChoice(shown)} ${this.renderProgress()}
      <p class="visually-hidden" role="status">${work ? '' : this.spoken(shown)}</p>
      ${shown ? this.renderShown(shown) : work ? nothing : renderNothing(this.hasOwnModel())}
    `;
  }

  /** What is said aloud once a test has ended. */
  private spoken(shown: DoneEvaluation | undefined): string {
    if (!shown || !this.hasTested) return '';
    const { evaluation, readings } = shown.examined;
    return `${formatAccuracy(evaluation.accuracy.value)} of ${formatCount(readings.count)} digits are read rightly.`;
  }

  private renderHead(shown: DoneEvaluation | undefined) {
    const sentence = shown
      ? wordEvaluation(shown.versionId, shown.data, shown.examined.readings.count)
      : 'How well a model reads, and where it fails.';
    return html`
      <header class="head">
        <div>
          <h1>Evaluate</h1>
          <p class="figures">${sentence}</p>
        </div>
      </header>
    `;
  }

  private renderChoice(shown: DoneEvaluation | undefined) {
    const models = modelOptions(this.services.models.catalogue.value);
    const { versionId, data } = this.question();
    const isShown = shown?.versionId === versionId && dataKey(shown.data) === dataKey(data);
    return html`
      <test-choice
        .models=${models}
        .model=${versionId}
        .digits=${this.options()}
        chosenDigits=${dataKey(data)}
        .rivals=${shown ? models.filter(({ id }) => id !== shown.versionId) : []}
        .rival=${this.services.evaluation.state.value.rival?.versionId}
        action=${isShown ? 'Test again' : `Test ${versionName(versionId)}`}
        hint=${mayBeLearned(data) ? LEARNED_HINT : ''}
        .urgent=${!isShown}
        .busy=${this.isBusy()}
        @model=${(event: CustomEvent<ModelVersionId>) => (this.chosenVersion = event.detail)}
        @digits=${(event: CustomEvent<string>) => (this.chosenKey = event.detail)}
        @rival=${(event: CustomEvent<ModelVersionId | undefined>) =>
          this.services.evaluation.compareWith(event.detail)}
        @test=${() => this.test(this.question())}
      ></test-choice>
    `;
  }

  /** MNIST on its way, or a test. */
  private renderProgress() {
    const { work } = this.services.evaluation.state.value;
    const mnist = wordMnist(this.services.datasets.mnist.value);
    if (mnist) return renderWork(mnist, () => this.services.datasets.cancelAcquire());
    if (!work) return nothing;
    const { done, total, versionId } = work;
    const words = {
      statement: `Testing ${versionName(versionId)}.`,
      rest:
        total === 0 ? 'Getting the digits ready.' : `${formatCount(done)} of ${formatCount(total)} digits.`,
      share: total === 0 ? undefined : done / total,
      stages: 10,
    };
    return renderWork(words, () => this.services.evaluation.cancel());
  }

  private renderShown(shown: DoneEvaluation) {
    const { evaluation } = shown.examined;
    const { rival, work } = this.services.evaluation.state.value;
    return html`
      ${renderFigures(evaluation, rival, work !== undefined)} ${renderFacts(evaluation)}
      ${renderNotes(shown.examined)}
      <evaluation-board
        .services=${this.services}
        .shown=${shown}
        .rival=${rival}
        .busy=${this.isBusy()}
        .theme=${this.theme}
        @look=${(event: CustomEvent<number>) => (this.lookedAt = event.detail)}
        @test=${(event: CustomEvent<EvaluatedData>) => this.testSet(event.detail)}
      ></evaluation-board>
      <evaluation-gallery
        .services=${this.services}
        .shown=${shown}
        .row=${this.lookedAt}
        .theme=${this.theme}
        @copytext=${(event: CustomEvent<string>) => this.copy(event.detail)}
      ></evaluation-gallery>
    `;
  }

  private async copy(text: string): Promise<void> {
    await navigator.clipboard.writeText(text);
    this.services.notices.show('The report is on the clipboard.');
  }

  private readonly onSave = (event: Event): void => {
    const { name, content } = (event as CustomEvent<ChartFile>).detail;
    this.services.evaluation.save(name, content);
  };

  private async test(question: EvaluationQuestion): Promise<void> {
    const { data } = question;
    const needsMnist = data.kind === 'stored' && data.name === MNIST;
    if (needsMnist && !(await this.services.datasets.ensureMnist())) return;
    await this.services.evaluation.examine(question);
  }

  /** Shows all of a set that was scored among others. */
  private testSet(data: EvaluatedData): void {
    this.chosenKey = dataKey(data);
    window.scrollTo({ top: 0 });
    void this.test({ versionId: this.version(), data });
  }

  /** What was tested before is shown again without being asked for. */
  private showKnown(): void {
    const { evaluation } = this.services;
    const { shown, work } = evaluation.state.value;
    if (this.hasLooked || shown || work) return;
    this.hasLooked = true;
    const question = this.knownQuestion();
    if (question) void evaluation.examine(question);
  }

  /** The chosen model on the first digits that it was tested with. */
  private knownQuestion(): EvaluationQuestion | undefined {
    const versionId = this.version();
    const questions = this.options().map(({ data }) => ({ versionId, data }));
    return questions.find((question) => this.services.evaluation.isKnown(question));
  }

  private question(): EvaluationQuestion {
    return { versionId: this.version(), data: this.data() };
  }

  private version(): ModelVersionId {
    const { shown, work } = this.services.evaluation.state.value;
    return this.chosenVersion ?? (work ?? shown)?.versionId ?? this.services.models.catalogue.value.champion;
  }

  private data(): EvaluatedData {
    const options = this.options();
    const { shown, work } = this.services.evaluation.state.value;
    const current = work ?? shown;
    const key = this.chosenKey ?? (current && dataKey(current.data));
    return (options.find((option) => option.key === key) ?? options[0]!).data;
  }

  private options(): readonly DataOption[] {
    return dataOptions(this.services.catalogue.catalogue.value.sets, this.services.datasets.mnist.value);
  }

  private hasOwnModel(): boolean {
    return this.services.models.catalogue.value.versions.length > 0;
  }

  private isBusy(): boolean {
    const { state } = this.services.datasets.mnist.value;
    return this.services.evaluation.state.value.work !== undefined || state === 'fetching';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'evaluate-page': EvaluatePage;
  }
}
