import { html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import '../components/error-desk';
import type { ChartFile } from '../components/chart-file';
import type { ChartSlot } from '../components/chart-look';
import { swatchStyles } from '../components/chart-swatch';
import { renderChoices } from '../components/fields';
import { segmentStyles } from '../components/segments';
import {
  baseStyles,
  buttonStyles,
  chipStyles,
  fieldStyles,
  pageStyles,
  plateStyles,
} from '../components/shared-styles';
import '../components/stress-criteria';
import '../components/stress-runs';
import { stressTableStyles } from '../components/stress-table-styles';
import { PERCENTILES } from '../domain/latency-stats';
import { judgeRun, namePercentile, type StressRun, type StressRunId } from '../domain/stress-run';
import { checkPlan, DEFAULT_PLAN, type StressPlan } from '../domain/stress-plan';
import type { NoticeService } from '../services/notice-service';
import type { StressFile } from '../services/stress-files';
import type { StressService } from '../services/stress-service';
import { toggleSlot } from './compared-slots';
import { lastOf } from './last-of';
import { StressCharts } from './stress-charts';
import { renderCompared } from './stress-compared';
import { renderHead } from './stress-head';
import { renderNow, type LoadEdit } from './stress-now';
import { stressPageStyles } from './stress-page-styles';
import { renderHonesty } from './stress-parts';
import { renderPlan } from './stress-planning';
import { renderStatistics, type StatisticsView } from './stress-statistics';
import { isUnderWay, runTitle, toRunRows } from './stress-words';

/** Requests under way beyond which charts wait. */
const MOST_WHILE_DRAWING = 500;

/** Stress: floods this app with requests, and tells what became of them, as Locust does. */
@customElement('stress-page')
export class StressPage extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    chipStyles,
    fieldStyles,
    plateStyles,
    segmentStyles,
    stressTableStyles,
    swatchStyles,
    pageStyles,
    stressPageStyles,
  ];

  /** Loads what makes the load: it is not needed before somebody comes here. */
  @property({ attribute: false }) open!: () => Promise<StressService>;
  @property({ attribute: false }) notices!: NoticeService;
  @property() theme = '';

  @state() private stress: StressService | undefined;
  @state() private plan: StressPlan = DEFAULT_PLAN;
  /** A stored test that is shown instead of the one of this page. */
  @state() private shownId: StressRunId | undefined;
  @state() private view: StatisticsView = 'statistics';
  @state() private percentile = 0.99;
  @state() private ticked: ReadonlyMap<StressRunId, ChartSlot> = new Map();
  @state() private edited: LoadEdit | undefined;
  private readonly charts = new StressCharts();
  private unsubscribe: () => void = () => undefined;
  private readonly compared = lastOf(
    (runs: readonly StressRun[], ticked: ReadonlyMap<StressRunId, ChartSlot>) =>
      new Map(
        [...ticked].flatMap(([id, slot]) => {
          const run = runs.find((one) => one.id === id);
          return run ? [[run, slot] as const] : [];
        }),
      ),
  );
  private readonly rows = lastOf(toRunRows);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.connect();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unsubscribe();
  }

  override render() {
    const run = this.shownRun();
    return html`
      ${renderHead(
        {
          run,
          isStored: run !== undefined && this.shownId === run.id && !this.isBusy,
          canStart: this.stress !== undefined && checkPlan(this.plan) === undefined,
        },
        this.acts,
      )}
      <error-desk
        .error=${this.stress?.state.value.failure}
        ?hidden=${!this.stress?.state.value.failure}
        @dismiss=${() => this.stress?.clearFailure()}
      ></error-desk>
      <div class="grid" @save=${this.onChart}>
        ${this.isBusy ? renderNow(this.stress!.state.value.live!, this.edited, this.acts) : nothing}
        <div class="grid plan">
          ${this.renderPlan(run)}
          <div class="grid">${this.renderCriteria(run)} ${renderHonesty(run)}</div>
        </div>
        ${this.renderCharts(run)}
        ${renderStatistics({ run, plan: this.isBusy && run ? run.plan : this.plan, view: this.view }, this.acts)}
        ${this.renderDetails(run)} ${this.renderRuns(run)}
      </div>
    `;
  }

  private async connect(): Promise<void> {
    const stress = await this.open();
    this.stress = stress;
    if (!this.isConnected) return;
    this.unsubscribe = stress.state.subscribe(() => this.requestUpdate());
    const { live } = stress.state.value;
    const [plan] = await Promise.all([stress.recallPlan(), stress.load()]);
    // What was chosen meanwhile is not taken back.
    if (this.plan === DEFAULT_PLAN) this.plan = live?.plan ?? plan;
  }

  private get isBusy(): boolean {
    return isUnderWay(this.stress?.state.value.live);
  }

  private shownRun(): StressRun | undefined {
    const { live, runs = [] } = this.stress?.state.value ?? {};
    if (this.shownId === undefined || this.isBusy) return live;
    return runs.find(({ id }) => id === this.shownId) ?? live;
  }

  private renderPlan(run: StressRun | undefined) {
    const followed = this.isBusy ? run : undefined;
    return renderPlan(
      { plan: followed?.plan ?? this.plan, followed, host: this.stress?.host ?? '' },
      this.acts,
    );
  }

  private renderCriteria(run: StressRun | undefined) {
    const criteria = this.isBusy && run ? run.plan.criteria : this.plan.criteria;
    return html`
      <stress-criteria .verdicts=${judgeRun(run, criteria)}></stress-criteria>
    `;
  }

  private renderCharts(run: StressRun | undefined) {
    const { percentile, theme } = this;
    const held = this.isFlooded(run);
    return html`
      <div class="tools">
        <label>
          Percentile in the charts
          <select
            @change=${(event: Event) => (this.percentile = Number((event.target as HTMLSelectElement).value))}
          >
            ${renderChoices(
              PERCENTILES.map((share) => [String(share), namePercentile(share)] as const),
              String(percentile),
            )}
          </select>
        </label>
        <p class="hint" ?hidden=${!held}>The charts wait until fewer requests are under way.</p>
      </div>
      <div class="grid charts">
        ${this.charts.render({ run, compared: this.comparedRuns, percentile, theme, held })}
      </div>
    `;
  }

  private renderDetails(run: StressRun | undefined) {
    const held = this.isFlooded(run);
    return html`
      <div class="grid pair">
        ${this.charts.renderHistogram({ run, compared: this.comparedRuns, theme: this.theme, held })}
        ${run ? this.charts.renderEndpoints(run, this.percentile, this.theme, held) : nothing}
      </div>
    `;
  }

  private renderRuns(run: StressRun | undefined) {
    const [compared, { theme }, held] = [this.comparedRuns, this, this.isFlooded(run)];
    return html`
      <stress-runs
        .rows=${this.rows(this.stress?.state.value.runs ?? [])}
        .ticked=${this.ticked}
        @tick=${(event: CustomEvent<StressRunId>) => (this.ticked = toggleSlot(this.ticked, event.detail))}
        @show=${(event: CustomEvent<StressRunId>) => this.show(event.detail)}
        @repeat=${(event: CustomEvent<StressRunId>) => this.repeat(event.detail)}
        @remove=${(event: CustomEvent<StressRunId>) => void this.removeRun(event.detail)}
      ></stress-runs>
      ${renderCompared(compared, this.charts.renderFailures({ compared, theme, held }))}
    `;
  }

  private get comparedRuns(): ReadonlyMap<StressRun, ChartSlot> {
    return this.compared(this.stress?.state.value.runs ?? [], this.ticked);
  }

  /** Drawing takes longer than a moment: with so many requests under way, the page answers first. */
  private isFlooded(run: StressRun | undefined): boolean {
    return this.isBusy && (run?.counts.inFlight ?? 0) > MOST_WHILE_DRAWING;
  }

  /** What a person does in the parts of this page. */
  private readonly acts = {
    reset: () => this.stress?.reset(),
    // The second click of a double click is not meant for what the first has made of the button.
    press: ({ detail: clicks }: MouseEvent) => {
      if (clicks > 1) return;
      if (this.isBusy) this.stress?.stop();
      else this.start();
    },
    change: (change: Partial<StressPlan>) => {
      this.plan = { ...this.plan, ...change };
      void this.stress?.rememberPlan(this.plan);
    },
    saveLocustfile: () => this.save(undefined, 'locustfile.py'),
    type: (edited: LoadEdit) => (this.edited = edited),
    edit: ({ users, spawnRate }: LoadEdit) => this.stress?.edit(users, spawnRate),
    show: (view: StatisticsView) => (this.view = view),
    save: (file: StressFile) => this.save(this.shownRun(), file),
  };

  private start(): void {
    this.shownId = undefined;
    this.edited = undefined;
    void this.stress?.start(this.plan);
  }

  private show(id: StressRunId): void {
    this.shownId = id;
    window.scrollTo(0, 0);
  }

  private repeat(id: StressRunId): void {
    const run = this.stress?.state.value.runs.find((one) => one.id === id);
    if (!run) return;
    this.acts.change(run.plan);
    window.scrollTo(0, 0);
  }

  private async removeRun(id: StressRunId): Promise<void> {
    const run = this.stress?.state.value.runs.find((one) => one.id === id);
    if (!run) return;
    const restore = await this.stress!.remove(run);
    this.ticked = new Map([...this.ticked].filter(([one]) => one !== id));
    this.notices.showUndoable(`${runTitle(run)} is deleted.`, () => void restore());
  }

  private save(run: StressRun | undefined, file: StressFile): void {
    void this.stress?.save(run ?? { plan: this.plan, host: document.baseURI }, file);
  }

  private readonly onChart = ({ detail }: CustomEvent<ChartFile>): void => {
    this.stress?.saveFile(detail.name, detail.content);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'stress-page': StressPage;
  }
}
