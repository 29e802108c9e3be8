import { html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import '../components/chart-card';
import '../components/error-desk';
import { formatAccuracy, formatClock, formatCount, formatLoss, formatMegabytes } from '../components/format';
import '../components/ink-icon';
import '../components/progress-ruler';
import '../components/run-form';
import '../components/run-table';
import type { MnistAvailability } from '../components/run-form';
import { baseStyles, buttonStyles, chipStyles, pageStyles, plateStyles } from '../components/shared-styles';
import { ENGINE_TITLES } from '../domain/engine';
import { runName, versionName, type RunId } from '../domain/ids';
import { accuracyOf } from '../domain/metrics';
import { findDraftErrors, newDraft, toRunConfig, type RunDraft } from '../domain/run-draft';
import { bestEpoch, type Run } from '../domain/run';
import type { DatasetService } from '../services/dataset-service';
import type { ModelService } from '../services/model-service';
import type { NoticeService } from '../services/notice-service';
import type { TrainingService } from '../services/training-service';
import { accuracyAxis, lossAxis, runCurves, summarize } from './run-curves';
import { readDraftFlags } from './run-flags';
import { isCutOff, toRunRow, wordMnist, wordRun, type ProgressWords } from './run-words';
import { UNSAVED_WORDS, wordSetback } from './setback-words';
import { trainPageStyles } from './train-page-styles';
import { watch } from './watch';

/** How many epochs a run that has ended is offered to go on for. */
const EXTRA_EPOCHS = 5;

/** Train: choose a recipe and data, watch the network learn, keep what it became. */
@customElement('train-page')
export class TrainPage extends LitElement {
  static override styles = [baseStyles, buttonStyles, chipStyles, plateStyles, pageStyles, trainPageStyles];

  @property({ attribute: false }) training!: TrainingService;
  @property({ attribute: false }) datasets!: DatasetService;
  @property({ attribute: false }) models!: ModelService;
  @property({ attribute: false }) notices!: NoticeService;
  @property() theme = '';

  @state() private draft: RunDraft = readDraftFlags(newDraft(), location.search);
  /** The run whose curves are shown; the active or newest one where nobody chose. */
  @state() private chosenId: RunId | undefined;
  @query('input[type=file]') private fileInput!: HTMLInputElement;

  constructor() {
    super();
    watch(
      this,
      () => [this.training.state, this.datasets.mnist, this.models.catalogue, this.models.evaluation],
      () => this.leaveAbsentMnist(),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.training.load();
    if (this.datasets.mnist.value.state === 'unknown') void this.datasets.load();
    this.leaveAbsentMnist();
  }

  override render() {
    const run = this.shownRun();
    return html`
      ${this.renderHead()} ${this.renderErrors()} ${this.renderAbsentMnist()}
      <div class="board">
        <run-form
          .draft=${this.draft}
          .errors=${findDraftErrors(this.draft)}
          .mnist=${this.mnistAvailability()}
          .locked=${this.isBusy()}
          .speeds=${this.training.state.value.speeds}
          @change=${(event: CustomEvent<RunDraft>) => (this.draft = event.detail)}
          @start=${this.start}
        ></run-form>
        <div class="progress">${this.renderProgress(run)}</div>
        ${this.renderCharts(run)}
      </div>
      ${this.renderEvaluation()} ${this.renderTable(run)}
    `;
  }

  private renderHead() {
    const engine = this.training.state.value.active?.tick?.engine;
    return html`
      <header class="head">
        <div>
          <h1>Train</h1>
          <p>Teach a network to read digits. You can leave this page; training goes on.</p>
        </div>
        <div class="side">
          ${
            engine
              ? html`
                  <span class="chip running">
                    <ink-icon name="engine"></ink-icon>
                    ${ENGINE_TITLES[engine]}
                  </span>
                `
              : nothing
          }
        </div>
      </header>
    `;
  }

  private renderErrors() {
    const { failure } = this.training.state.value;
    const mnist = this.datasets.mnist.value;
    const evaluation = this.models.evaluation.value;
    return html`
      <error-desk
        .error=${failure}
        ?hidden=${!failure}
        @dismiss=${() => this.training.clearFailure()}
      ></error-desk>
      <error-desk
        .error=${mnist.state === 'missing' ? mnist.error : undefined}
        ?hidden=${mnist.state !== 'missing' || !mnist.error}
        @dismiss=${() => this.datasets.load()}
      ></error-desk>
      <error-desk
        .error=${evaluation?.error}
        ?hidden=${!evaluation?.error}
        @dismiss=${() => this.models.cancelEvaluation()}
      ></error-desk>
    `;
  }

  private renderAbsentMnist() {
    const isAbsent = this.mnistAvailability() === 'absent';
    return html`
      <section class="plate absent" ?hidden=${!isAbsent} aria-label="MNIST is missing">
        <p>
          This copy of Inkling came without MNIST. Training uses generated digits until you add the four MNIST
          files.
        </p>
        <button @click=${() => this.fileInput.click()}>Add the MNIST files</button>
        <input type="file" multiple hidden aria-hidden="true" tabindex="-1" @change=${this.onFiles} />
      </section>
    `;
  }

  private renderProgress(run: Run | undefined) {
    const mnist = wordMnist(this.datasets.mnist.value);
    const words = mnist ?? (run && wordRun(run, this.training.state.value));
    if (!words) return this.renderNothingYet();
    const isPaused = !mnist && run !== undefined && this.canContinue(run);
    return html`
      <section class="plate" aria-label="Progress">
        <div class="line">
          <p class="statement">
            ${words.statement}
            <span>${words.rest}</span>
          </p>
          <div class="buttons">${mnist ? this.renderMnistButtons() : this.renderRunButtons(run)}</div>
        </div>
        <progress-ruler
          .share=${words.share}
          .stages=${words.stages}
          .paused=${isPaused}
          label=${words.statement}
        ></progress-ruler>
        ${mnist || !run ? nothing : [this.renderSetbacks(run), this.renderFacts(run)]}
        ${this.renderSpoken(words)}
      </section>
    `;
  }

  private renderNothingYet() {
    return html`
      <section class="plate" aria-label="Progress">
        <p class="statement">Nothing trained yet.</p>
        <p class="hint">Choose a recipe and start. The curves grow while the network learns.</p>
      </section>
    `;
  }

  private renderMnistButtons() {
    if (this.datasets.mnist.value.state !== 'fetching') return nothing;
    return html`
      <button @click=${() => this.datasets.cancelAcquire()}>Cancel</button>
    `;
  }

  private renderRunButtons(run: Run | undefined) {
    const { value: state } = this.training.state;
    if (!run) return nothing;
    if (state.active?.runId === run.id) {
      return html`
        <button @click=${() => this.training.pause()}>
          <ink-icon name="pause"></ink-icon>
          Pause
        </button>
        <button @click=${() => this.training.stop()}>
          <ink-icon name="stop"></ink-icon>
          Stop and keep
        </button>
      `;
    }
    if (this.isBusy()) return nothing;
    if (run.versionId !== undefined && !this.canContinue(run)) {
      return html`
        <button @click=${() => this.extend(run.id)}>
          <ink-icon name="play"></ink-icon>
          Train ${EXTRA_EPOCHS} more epochs
        </button>
      `;
    }
    if (!this.canContinue(run)) return nothing;
    return html`
      <button class="primary" @click=${() => this.resume(run.id)}>
        <ink-icon name="play"></ink-icon>
        Continue
      </button>
    `;
  }

  /** What went wrong with the run and was overcome. */
  private renderSetbacks(run: Run) {
    const { active } = this.training.state.value;
    const isUnsaved = active?.runId === run.id && active.tick?.isUnsaved === true;
    const words = [...(run.setbacks ?? []).map(wordSetback), ...(isUnsaved ? [UNSAVED_WORDS] : [])];
    return words.map(
      (sentence) => html`
        <p class="hint setback" role="status">${sentence}</p>
      `,
    );
  }

  private renderFacts(run: Run) {
    const state = this.training.state.value;
    const tick = state.active?.runId === run.id ? state.active.tick : undefined;
    const epochs = state.epochs.get(run.id) ?? [];
    const last = epochs.at(-1);
    const best = bestEpoch(epochs);
    const speed = tick?.samplesPerSecond;
    const facts: readonly [string, string][] = [
      ['Validation accuracy', last ? formatAccuracy(last.validationAccuracy) : '–'],
      ['Validation loss', last ? formatLoss(last.validationLoss) : '–'],
      ['Batch accuracy', tick?.accuracy === undefined ? '–' : formatAccuracy(tick.accuracy)],
      ['Speed', speed === undefined ? '–' : `${formatCount(speed)} images/s`],
      ['Best so far', best ? `Epoch ${best.epoch + 1}` : '–'],
      ['Elapsed', formatClock(tick?.trainedMs ?? run.trainedMs)],
      ['Engine memory', tick?.memoryBytes ? formatMegabytes(tick.memoryBytes) : '–'],
    ];
    return html`
      <dl class="facts figures">
        ${facts.map(
          ([name, value]) => html`
            <div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>
          `,
        )}
      </dl>
    `;
  }

  /** Said at each quarter, not at each tick. */
  private renderSpoken({ statement, share }: ProgressWords) {
    const quarter = share === undefined ? '' : `${Math.floor(share * 4) * 25} percent.`;
    return html`
      <p class="visually-hidden" role="status">${quarter === '' ? statement : quarter}</p>
    `;
  }

  private renderCharts(run: Run | undefined) {
    const state = this.training.state.value;
    const epochs = run ? (state.epochs.get(run.id) ?? []) : [];
    const live = run && state.active?.runId === run.id ? state.active.livePoints : [];
    const { loss, accuracy } = runCurves(epochs, live);
    const epochCount = run?.config.recipe.epochs ?? this.draft.epochs;
    const waiting = run ? 'The first point comes after a few batches.' : 'Curves appear here when you start.';
    const formatEpoch = (x: number) => x.toFixed(2);
    return html`
      <chart-card
        class="loss"
        heading="Loss"
        explanation="Lower is better. Logarithmic scale."
        xTitle="Epoch"
        .waiting=${waiting}
        .summary=${summarize('loss', epochs)}
        .series=${loss}
        .axis=${lossAxis(epochCount, loss)}
        .formatX=${formatEpoch}
        .formatY=${formatLoss}
        .theme=${this.theme}
      ></chart-card>
      <chart-card
        class="accuracy"
        heading="Accuracy"
        explanation="Share of digits read rightly."
        xTitle="Epoch"
        .waiting=${waiting}
        .summary=${summarize('accuracy', epochs)}
        .series=${accuracy}
        .axis=${accuracyAxis(epochCount, accuracy)}
        .formatX=${formatEpoch}
        .formatY=${formatAccuracy}
        .theme=${this.theme}
      ></chart-card>
    `;
  }

  private renderEvaluation() {
    const evaluation = this.models.evaluation.value;
    if (!evaluation || evaluation.error) return nothing;
    const { versionId, done, total } = evaluation;
    return html`
      <section class="plate testing" aria-label="Test">
        <div class="line">
          <p class="statement">
            Testing ${versionName(versionId)}.
            <span>${formatCount(done)} of ${formatCount(total)} digits.</span>
          </p>
          <button @click=${() => this.models.cancelEvaluation()}>Cancel</button>
        </div>
        <progress-ruler .share=${total === 0 ? undefined : done / total} label="Testing"></progress-ruler>
      </section>
    `;
  }

  private renderTable(shown: Run | undefined) {
    const state = this.training.state.value;
    const catalogue = this.models.catalogue.value;
    const rows = state.runs.map((run) => toRunRow(run, state, state.epochs.get(run.id) ?? [], catalogue));
    return html`
      <run-table
        .rows=${rows}
        .chosen=${shown?.id}
        .busy=${this.isBusy() || (this.models.evaluation.value !== undefined && !this.models.evaluation.value.error)}
        @select=${(event: CustomEvent<RunId>) => (this.chosenId = event.detail)}
        @test=${(event: CustomEvent<RunId>) => this.test(event.detail)}
        @use=${(event: CustomEvent<RunId>) => this.use(event.detail)}
      ></run-table>
    `;
  }

  private shownRun(): Run | undefined {
    const { runs, active } = this.training.state.value;
    const wanted = active?.runId ?? this.chosenId;
    return runs.find(({ id }) => id === wanted) ?? runs[0];
  }

  private canContinue(run: Run): boolean {
    const state = this.training.state.value;
    if (state.inTraining.has(run.id)) return false;
    return run.status === 'paused' || run.status === 'waiting' || isCutOff(run, state);
  }

  private isBusy(): boolean {
    const { state } = this.datasets.mnist.value;
    const isGettingData = state === 'fetching' || state === 'importing';
    return isGettingData || this.training.state.value.active !== undefined;
  }

  private mnistAvailability(): MnistAvailability {
    const mnist = this.datasets.mnist.value;
    if (mnist.state === 'stored') return 'stored';
    return mnist.state === 'missing' && !mnist.isOffered ? 'absent' : 'offered';
  }

  /** What cannot be had is not offered: without MNIST the form turns to generated digits. */
  private leaveAbsentMnist(): void {
    if (this.draft.dataset === 'mnist' && this.mnistAvailability() === 'absent') {
      this.draft = { ...this.draft, ...newDraft('generated'), engine: this.draft.engine };
    }
  }

  private async start(): Promise<void> {
    this.chosenId = undefined;
    this.report(await this.training.start(toRunConfig(this.draft)));
  }

  private async resume(id: RunId): Promise<void> {
    this.report(await this.training.resume(id));
  }

  private async extend(id: RunId): Promise<void> {
    this.report(await this.training.extend(id, EXTRA_EPOCHS));
  }

  private report(run: Run | undefined): void {
    if (!run) return;
    this.chosenId = run.id;
    const version = this.models.catalogue.value.versions.find(({ id }) => id === run.versionId);
    if (run.status !== 'finished' || !version) return;
    const accuracy = formatAccuracy(accuracyOf(version.validation));
    this.notices.show(
      `${runName(run.id)} is done. ${versionName(version.id)} reads ${accuracy} of the digits it had not seen.`,
    );
  }

  private test(runId: RunId): void {
    const versionId = this.training.state.value.runs.find(({ id }) => id === runId)?.versionId;
    if (versionId === undefined) return;
    void this.datasets.ensureMnist().then((isThere) => {
      if (isThere) void this.models.evaluate(versionId);
    });
  }

  private async use(runId: RunId): Promise<void> {
    const versionId = this.training.state.value.runs.find(({ id }) => id === runId)?.versionId;
    if (versionId === undefined) return;
    await this.models.chooseChampion(versionId);
    this.notices.show(`${versionName(versionId)} answers on Draw now.`, { label: 'Try it', href: '#/draw' });
  }

  private onFiles(): void {
    const files = [...(this.fileInput.files ?? [])];
    this.fileInput.value = '';
    if (files.length > 0) void this.datasets.importMnist(files);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'train-page': TrainPage;
  }
}
