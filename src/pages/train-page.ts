import { html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ChartSlot } from '../components/chart-style';
import { formatAccuracy } from '../components/format';
import '../components/ink-icon';
import '../components/progress-ruler';
import '../components/run-form';
import '../components/run-table';
import { progressStyles } from '../components/progress-styles';
import { baseStyles, buttonStyles, chipStyles, pageStyles, plateStyles } from '../components/shared-styles';
import { runName, versionName, type RunId } from '../domain/ids';
import { accuracyOf } from '../domain/metrics';
import type { RunDraft } from '../domain/run-draft';
import type { Run } from '../domain/run';
import type { CatalogueService } from '../services/catalogue-service';
import type { DatasetService } from '../services/dataset-service';
import type { ModelService } from '../services/model-service';
import type { NoticeService } from '../services/notice-service';
import type { PresenceService } from '../services/presence-service';
import type { PromotionService } from '../services/promotion-service';
import type { ReportService } from '../services/report-service';
import { isCutOff, type TrainingService } from '../services/training-service';
import { chooseRuns, toggleSlot } from './compared-slots';
import type { GatePanel } from './gate-panel';
import { lastOf } from './last-of';
import { modelOptions } from './model-options';
import { RunCharts } from './run-charts';
import './run-comparison';
import type { RunComparison } from './run-comparison';
import { renderHabits, renderNothingYet, renderSpoken } from './progress-parts';
import { renderFacts } from './run-facts';
import { RunSetup } from './run-setup';
import { toRunRow, wordMnist, wordRun } from './run-words';
import { renderSetbacks } from './setback-words';
import { renderErrors, renderFindings, renderGate, renderHead, renderTesting } from './train-page-parts';
import { trainPageStyles } from './train-page-styles';
import { watch } from './watch';

/** How many epochs a run that has ended is offered to go on for. */
const EXTRA_EPOCHS = 5;

/** Train: choose a recipe and data, watch the network learn, keep what it became. */
@customElement('train-page')
export class TrainPage extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    chipStyles,
    plateStyles,
    pageStyles,
    progressStyles,
    trainPageStyles,
  ];

  @property({ attribute: false }) training!: TrainingService;
  @property({ attribute: false }) datasets!: DatasetService;
  @property({ attribute: false }) catalogue!: CatalogueService;
  @property({ attribute: false }) models!: ModelService;
  @property({ attribute: false }) promotion!: PromotionService;
  @property({ attribute: false }) notices!: NoticeService;
  @property({ attribute: false }) presence!: PresenceService;
  @property({ attribute: false }) reports!: ReportService;
  @property() theme = '';

  /** The run whose curves are shown; the active or newest one where nobody chose. */
  @state() private chosenId: RunId | undefined;
  private readonly setup = new RunSetup(this, () => this);
  private readonly charts = new RunCharts();
  /** The runs that are ticked in the table, and whether they are compared. */
  @state() private ticked: ReadonlyMap<RunId, ChartSlot> = new Map();
  @state() private isComparing = false;
  /** Ticks come ten times a second; what is compared changes once an epoch. */
  private readonly choose = lastOf(chooseRuns);
  @query('gate-panel') private gate!: GatePanel | null;
  @query('input[type=file]') private fileInput!: HTMLInputElement;

  constructor() {
    super();
    watch(
      this,
      () => [
        this.training.state,
        this.catalogue.catalogue,
        this.datasets.mnist,
        this.models.catalogue,
        this.models.evaluation,
        this.presence.keepsAwake,
      ],
      () => this.setup.refresh(),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.training.load();
    void this.catalogue.load();
  }

  override updated(): void {
    const run = this.shownRun();
    const compared = this.isComparing ? this.ticked.keys() : [];
    this.training.show([...new Set([...(run ? [run.id] : []), ...compared])]);
  }

  override render() {
    const run = this.shownRun();
    return html`
      ${renderHead(this.training.state.value.active?.tick?.engine)} ${renderErrors(this)}
      ${this.renderAbsentMnist()}
      <div class="board">
        <run-form
          .draft=${this.setup.draft}
          .errors=${this.setup.errors}
          .context=${this.setup.context}
          .models=${modelOptions(this.models.catalogue.value)}
          .mnist=${this.setup.mnist}
          .examples=${this.setup.examples}
          .locked=${this.isBusy()}
          .locks=${this.setup.locks}
          .speeds=${this.training.state.value.speeds}
          .notes=${this.setup.notes}
          .open=${this.setup.isOpen}
          .theme=${this.theme}
          @change=${(event: CustomEvent<RunDraft>) => this.setup.change(event.detail)}
          @disclose=${(event: CustomEvent<boolean>) => this.setup.disclose(event.detail)}
          @copy=${() => this.setup.copyLink()}
          @forget=${() => this.setup.forgetLink()}
          @start=${this.start}
        ></run-form>
        <div class="progress">${this.renderProgress(run)}</div>
        ${this.charts.render(run, this.training.state.value, { epochs: this.setup.draft.epochs, theme: this.theme })}
      </div>
      ${renderTesting(this.models)} ${renderFindings(run, this)} ${this.renderTable(run)}
      ${this.renderComparison()}
    `;
  }

  private renderAbsentMnist() {
    const isAbsent = this.setup.mnist === 'absent';
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
    if (!words) return renderNothingYet();
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
        ${mnist || !run ? nothing : [renderSetbacks(run, this.training.state.value), renderFacts(run, this.training.state.value)]}
        ${renderHabits(this.presence, this.training)} ${renderSpoken(words)}
      </section>
      ${mnist ? nothing : renderGate(run, this)}
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
    if (state.active?.isAskedFor) {
      return html`
        <button @click=${() => this.training.pause()}>Cancel</button>
      `;
    }
    if (state.active?.runId === run.id) {
      const isEnding = state.active.ending !== undefined;
      if (state.active.tick?.waitsForRoom) {
        return html`
          <button @click=${() => this.training.saveUnsaved(run.id)}>
            <ink-icon name="save"></ink-icon>
            Save the model as a file
          </button>
        `;
      }
      return html`
        <button ?disabled=${isEnding} @click=${() => this.training.pause()}>
          <ink-icon name="pause"></ink-icon>
          Pause
        </button>
        <button ?disabled=${isEnding} @click=${() => this.training.stop()}>
          <ink-icon name="stop"></ink-icon>
          Stop and keep
        </button>
      `;
    }
    if (this.isBusy()) return nothing;
    if (state.inTraining.has(run.id)) {
      return html`
        <button
          title="The other tab saves the run and lets go of it; it goes on here"
          @click=${() => this.takeOver(run.id)}
        >
          Take over
        </button>
      `;
    }
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

  private renderTable(shown: Run | undefined) {
    const state = this.training.state.value;
    const catalogue = this.models.catalogue.value;
    const rows = state.runs.map((run) => toRunRow(run, state, catalogue));
    return html`
      <run-table
        .rows=${rows}
        .chosen=${shown?.id}
        .ticked=${this.ticked}
        .busy=${this.isBusy() || (this.models.evaluation.value !== undefined && !this.models.evaluation.value.error)}
        @select=${(event: CustomEvent<RunId>) => (this.chosenId = event.detail)}
        @test=${(event: CustomEvent<RunId>) => this.test(event.detail)}
        @use=${(event: CustomEvent<RunId>) => this.use(event.detail)}
        @remove=${(event: CustomEvent<RunId>) => this.removeRun(event.detail)}
        @tick=${(event: CustomEvent<RunId>) => (this.ticked = toggleSlot(this.ticked, event.detail))}
        @compare=${this.compare}
      ></run-table>
    `;
  }

  private renderComparison() {
    const { runs, epochs } = this.training.state.value;
    const compared = this.choose(this.ticked, runs, epochs);
    if (!this.isComparing || compared.length < 2) return nothing;
    return html`
      <run-comparison .runs=${compared} .theme=${this.theme}></run-comparison>
    `;
  }

  private async compare(): Promise<void> {
    this.isComparing = true;
    await this.updateComplete;
    const comparison = this.renderRoot.querySelector<RunComparison>('run-comparison');
    await comparison?.updateComplete;
    comparison?.show();
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

  private async start(): Promise<void> {
    this.chosenId = undefined;
    const config = this.setup.config();
    this.setup.disclose(false);
    await this.report(await this.training.start(config));
  }

  private async resume(id: RunId): Promise<void> {
    await this.report(await this.training.resume(id));
  }

  private async takeOver(id: RunId): Promise<void> {
    await this.report(await this.training.takeOver(id));
  }

  private async removeRun(id: RunId): Promise<void> {
    const restore = await this.training.remove(id);
    if (this.ticked.has(id)) this.ticked = toggleSlot(this.ticked, id);
    this.notices.showUndoable(`${runName(id)} is deleted.`, () => void restore());
  }

  private async extend(id: RunId): Promise<void> {
    await this.report(await this.training.extend(id, EXTRA_EPOCHS));
  }

  private async report(run: Run | undefined): Promise<void> {
    if (!run) return;
    this.chosenId = run.id;
    // That there is a new version may not have been told yet.
    await this.models.refresh();
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
    this.chosenId = runId;
    await this.updateComplete;
    await this.gate?.use();
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
