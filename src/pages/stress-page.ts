import { html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import '../components/error-desk';
import type { ChartFile } from '../components/chart-file';
import type { ChartSlot } from '../components/chart-look';
import { renderChoices, renderNumberField } from '../components/fields';
import { formatCount } from '../components/format';
import '../components/load-shape-editor';
import { renderSegments, segmentStyles } from '../components/segments';
import {
  baseStyles,
  buttonStyles,
  chipStyles,
  fieldStyles,
  pageStyles,
  plateStyles,
} from '../components/shared-styles';
import '../components/stress-criteria';
import '../components/stress-form';
import '../components/stress-runs';
import '../components/stress-table';
import { stressTableStyles } from '../components/stress-table-styles';
import { PERCENTILES } from '../domain/latency-stats';
import { mostUsers, type LoadStage } from '../domain/load-shape';
import {
  aggregate,
  failureShare,
  judgeRun,
  namePercentile,
  type StressRun,
  type StressRunId,
} from '../domain/stress-run';
import { checkPlan, DEFAULT_PLAN, READY_PLANS, type StressPlan } from '../domain/stress-plan';
import type { NoticeService } from '../services/notice-service';
import type { StressFile } from '../services/stress-files';
import type { StressService } from '../services/stress-service';
import { toggleSlot } from './compared-slots';
import { lastOf } from './last-of';
import { StressCharts } from './stress-charts';
import { stressPageStyles } from './stress-page-styles';
import { renderExceptions, renderFailures, renderHonesty, renderRatio } from './stress-parts';
import { isUnderWay, runTitle, secondsOf, toRunRows, toStressRows, wordState } from './stress-words';

type View = 'statistics' | 'failures' | 'exceptions' | 'ratio';

const FILES: readonly StressFile[] = [
  'requests.csv',
  'stats_history.csv',
  'failures.csv',
  'exceptions.csv',
  'report.html',
];

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
  @state() private view: View = 'statistics';
  @state() private percentile = 0.99;
  @state() private ticked: ReadonlyMap<StressRunId, ChartSlot> = new Map();
  @state() private edited: { readonly users: number; readonly spawnRate: number } | undefined;
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
      ${this.renderHead(run)}
      <error-desk
        .error=${this.stress?.state.value.failure}
        ?hidden=${!this.stress?.state.value.failure}
        @dismiss=${() => this.stress?.clearFailure()}
      ></error-desk>
      <div class="grid">
        ${this.isBusy ? this.renderLive(this.stress!.state.value.live!) : nothing}
        <div class="grid plan">
          ${this.renderPlan(run)}
          <div class="grid">${this.renderCriteria(run)} ${renderHonesty(run)}</div>
        </div>
        ${this.renderCharts(run)} ${this.renderStatistics(run)} ${this.renderDetails(run)}
        ${this.renderRuns()}
      </div>
    `;
  }

  private async connect(): Promise<void> {
    const stress = await this.open();
    this.stress = stress;
    if (!this.isConnected) return;
    this.unsubscribe = stress.state.subscribe(() => this.requestUpdate());
    const { live } = stress.state.value;
    if (live) this.plan = live.plan;
    await stress.load();
  }

  private get isBusy(): boolean {
    return isUnderWay(this.stress?.state.value.live);
  }

  private shownRun(): StressRun | undefined {
    const { live, runs = [] } = this.stress?.state.value ?? {};
    if (this.shownId === undefined || this.isBusy) return live;
    return runs.find(({ id }) => id === this.shownId) ?? live;
  }

  private renderHead(run: StressRun | undefined) {
    const isStopping = run?.status === 'stopping';
    return html`
      <header class="head">
        <div>
          <h1>Stress</h1>
          <p class="figures">
            ${run && this.shownId === run.id && !this.isBusy ? `${runTitle(run)}. ` : ''}${wordState(run)}
          </p>
        </div>
        <div class="side">
          ${
            this.isBusy
              ? html`
                  <button @click=${() => this.stress?.reset()}>Reset stats</button>
                  <button class="primary" @click=${() => this.stress?.stop()}>
                    ${isStopping ? 'Stop without waiting' : 'Stop test'}
                  </button>
                `
              : html`
                  <button
                    class="primary"
                    ?disabled=${!this.stress || checkPlan(this.plan) !== undefined}
                    @click=${this.start}
                  >
                    ${run ? 'Start new test' : 'Start test'}
                  </button>
                `
          }
        </div>
      </header>
    `;
  }

  /** What Locust has in its head, and its Edit. */
  private renderLive(run: StressRun) {
    const total = aggregate(run.entries);
    const rps = toStressRows(run).at(-1)!.rps;
    const figures = [
      ['Status', run.status],
      ['Users', formatCount(run.users)],
      ['Workers', String(run.plan.workers)],
      ['RPS', rps.toFixed(1)],
      ['Failures', `${(failureShare(total) * 100).toFixed(2)}%`],
    ];
    const edited = this.edited ?? {
      users: mostUsers(run.plan.stages),
      spawnRate: run.plan.stages.at(-1)!.spawnRate,
    };
    return html`
      <section class="plate" aria-label="Now">
        <header>
          <dl class="figure-row figures">
            ${figures.map(
              ([name, value]) => html`
                <div>
                  <dt>${name}</dt>
                  <dd>${value}</dd>
                </div>
              `,
            )}
          </dl>
          <div class="edit">
            ${renderNumberField({ id: 'edit-users', label: 'Users from now on', value: edited.users, isWhole: true, change: (users) => (this.edited = { ...edited, users }) })}
            ${renderNumberField({ id: 'edit-rate', label: 'Ramp up (a second)', value: edited.spawnRate, change: (spawnRate) => (this.edited = { ...edited, spawnRate }) })}
            <button ?disabled=${run.status === 'stopping'} @click=${() => this.edit(edited)}>Edit</button>
          </div>
        </header>
      </section>
    `;
  }

  private renderPlan(run: StressRun | undefined) {
    const { isBusy } = this;
    const plan = isBusy && run ? run.plan : this.plan;
    const problem = checkPlan(plan);
    return html`
      <section class="plate" aria-label="Load plan">
        <header>
          <div>
            <h2>Load plan</h2>
            <p class="hint">${isBusy ? 'It is being followed.' : 'A ready one, or your own.'}</p>
          </div>
          <div class="tools">
            ${isBusy ? nothing : READY_PLANS.map((ready) => this.renderReady(ready))}
            <button class="quiet" @click=${() => this.save(undefined, 'locustfile.py')}>
              Save locustfile.py
            </button>
          </div>
        </header>
        <load-shape-editor
          .stages=${plan.stages}
          .unit=${plan.model === 'open' ? 'a second' : 'users'}
          .now=${isBusy && run ? secondsOf(run) : undefined}
          .fixed=${isBusy}
          @change=${(event: CustomEvent<readonly LoadStage[]>) => this.change({ stages: event.detail })}
        ></load-shape-editor>
        ${
          isBusy
            ? nothing
            : html`
                <stress-form
                  .plan=${plan}
                  .host=${this.stress?.host ?? ''}
                  @change=${(event: CustomEvent<Partial<StressPlan>>) => this.change(event.detail)}
                ></stress-form>
                <p class="field-error" role="alert" ?hidden=${!problem}>${problem}</p>
              `
        }
      </section>
    `;
  }

  private renderReady({ title, hint, plan }: (typeof READY_PLANS)[number]) {
    return html`
      <button title=${hint} @click=${() => this.change(plan)}>${title}</button>
    `;
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
    const compared = this.compared(this.stress?.state.value.runs ?? [], this.ticked);
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
      <div class="grid charts" @save=${this.onChart}>
        ${this.charts.render({ run, compared, percentile, theme, held })}
      </div>
    `;
  }

  private renderStatistics(run: StressRun | undefined) {
    const views = [
      { view: 'statistics', label: 'Statistics' },
      {
        view: 'failures',
        label: run && run.errors.length > 0 ? `Failures ${run.errors.length}` : 'Failures',
      },
      { view: 'exceptions', label: 'Exceptions' },
      { view: 'ratio', label: 'Current ratio' },
    ] as const;
    return html`
      <section class="plate" aria-label="Statistics">
        <header>
          <div>
            <h2>Statistics</h2>
            <p class="hint">
              ${this.plan.target === 'host' ? 'Requests go over the network.' : 'All requests are answered on this device. Nothing is sent over the network.'}
            </p>
          </div>
          ${renderSegments<View>('Show', views, this.view, (view) => (this.view = view))}
        </header>
        ${this.renderView(run)}
        <div class="tools" role="group" aria-label="Download data" ?hidden=${!run}>
          ${FILES.map(
            (file) => html`
              <button class="quiet" @click=${() => this.save(run, file)}>${file}</button>
            `,
          )}
        </div>
      </section>
    `;
  }

  private renderView(run: StressRun | undefined) {
    switch (this.view) {
      case 'failures':
        return renderFailures(run);
      case 'exceptions':
        return renderExceptions(run);
      case 'ratio':
        return renderRatio(this.isBusy && run ? run.plan : this.plan);
      case 'statistics':
        return run
          ? html`
              <stress-table .rows=${toStressRows(run)}></stress-table>
            `
          : html`
              <p class="hint">Rows appear with the first answers.</p>
            `;
    }
  }

  private renderDetails(run: StressRun | undefined) {
    const held = this.isFlooded(run);
    return html`
      <div class="grid pair" @save=${this.onChart}>
        ${this.charts.renderHistogram(run, this.theme, held)}
        ${run ? this.charts.renderEndpoints(run, this.percentile, this.theme, held) : nothing}
      </div>
    `;
  }

  private renderRuns() {
    return html`
      <stress-runs
        .rows=${this.rows(this.stress?.state.value.runs ?? [])}
        .ticked=${this.ticked}
        @tick=${(event: CustomEvent<StressRunId>) => (this.ticked = toggleSlot(this.ticked, event.detail))}
        @show=${(event: CustomEvent<StressRunId>) => this.show(event.detail)}
        @repeat=${(event: CustomEvent<StressRunId>) => this.repeat(event.detail)}
        @remove=${(event: CustomEvent<StressRunId>) => void this.removeRun(event.detail)}
      ></stress-runs>
    `;
  }

  /** Drawing takes longer than a moment: with so many requests under way, the page answers first. */
  private isFlooded(run: StressRun | undefined): boolean {
    return this.isBusy && (run?.counts.inFlight ?? 0) > MOST_WHILE_DRAWING;
  }

  private change(change: Partial<StressPlan>): void {
    this.plan = { ...this.plan, ...change };
  }

  private readonly start = (): void => {
    this.shownId = undefined;
    this.edited = undefined;
    void this.stress?.start(this.plan);
  };

  private edit({ users, spawnRate }: { readonly users: number; readonly spawnRate: number }): void {
    this.stress?.edit(users, spawnRate);
  }

  private show(id: StressRunId): void {
    this.shownId = id;
    window.scrollTo(0, 0);
  }

  private repeat(id: StressRunId): void {
    const run = this.stress?.state.value.runs.find((one) => one.id === id);
    if (!run) return;
    this.plan = run.plan;
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
