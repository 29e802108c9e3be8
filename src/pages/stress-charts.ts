import { html, nothing, type TemplateResult } from '../i18n/lit';
import '../components/chart-card';
import type { ChartSlot } from '../components/chart-look';
import { formatClock } from '../components/format';
import { namePercentile, wordLatency, type StressRun } from '../domain/stress-run';
import { lastOf } from './last-of';
import { endpointCurves, failureCurves, latencyColumns, latencyCurves, stressCurves } from './stress-curves';

const formatSeconds = (x: number) => formatClock(x * 1000);
const formatNumber = (y: number) => String(Number(y.toFixed(2)));

/** What the charts show. */
export interface StressChartsInput {
  readonly run: StressRun | undefined;
  readonly compared: ReadonlyMap<StressRun, ChartSlot>;
  readonly percentile: number;
  readonly theme: string;
  /** The page is flooded: drawing would keep it from answering. */
  readonly held: boolean;
}

/** The charts of a load test. They are drawn again only when a point has been added. */
export class StressCharts {
  private readonly curves = lastOf(
    (
      _history: StressRun['history'] | undefined,
      compared: StressChartsInput['compared'],
      percentile: number,
      run: () => StressRun | undefined,
    ) => stressCurves({ run: run(), compared, percentile }),
  );
  private readonly columns = lastOf(
    (_history: StressRun['history'] | undefined, run: () => StressRun | undefined) => latencyColumns(run()),
  );
  private readonly endpoints = lastOf(
    (_history: StressRun['history'] | undefined, percentile: number, run: () => StressRun | undefined) =>
      endpointsOf(run(), percentile),
  );
  private readonly comparedTimes = lastOf(latencyCurves);
  private readonly comparedFailures = lastOf(failureCurves);
  private run: StressRun | undefined;
  private readonly current = () => this.run;

  /** The three charts that Locust has. */
  render({ run, compared, percentile, theme, held }: StressChartsInput): TemplateResult {
    this.run = run;
    const { rates, times, users } = this.curves(run?.history, compared, percentile, this.current);
    const now = run?.history.at(-1);
    const total = now?.entries.at(-1);
    const isOver = compared.size > 0;
    return html`
      ${card('Total Requests per Second', isOver ? 'Answers of every kind, of the ticked tests' : 'Answers of every kind, and those that failed', rates, 'stress-requests', theme, held)}
      ${card(
        'Response Times (ms)',
        isOver
          ? `${namePercentile(percentile)} of the last 10 s of the ticked tests`
          : 'Of about the last 10 s, rounded as Locust does',
        times,
        'stress-response-times',
        theme,
        held,
      )}
      ${card('Number of Users', isOver ? 'Those that ask, of the ticked tests' : 'Those that ask, and those planned', users, 'stress-users', theme, held)}
      <p class="visually-hidden" role="status">
        ${run?.status === 'stopped' && total ? `The test has ended. ${total.requests} requests.` : nothing}
      </p>
    `;
  }

  /** A chart of response times for each kind of request, where there are several. */
  renderEndpoints(run: StressRun, percentile: number, theme: string, held: boolean) {
    this.run = run;
    return this.endpoints(run.history, percentile, this.current).map(({ name, curves }) =>
      card(name, 'Response times (ms)', curves, `stress-${name.replaceAll(/[^a-z]+/g, '-')}`, theme, held),
    );
  }

  /** Failures a second of the ticked tests: of one test they are beside its requests. */
  renderFailures({ compared, theme, held }: Omit<StressChartsInput, 'run' | 'percentile'>): TemplateResult {
    const curves = this.comparedFailures(compared);
    return card('Failures per Second', 'Of the ticked tests', curves, 'stress-failures', theme, held);
  }

  /** How many answers took how long: of a test, or of those that are ticked. */
  renderHistogram({ run, compared, theme, held }: Omit<StressChartsInput, 'percentile'>): TemplateResult {
    return compared.size > 0 ? this.renderTimes(compared, theme, held) : this.renderColumns(run, theme, held);
  }

  private renderTimes(compared: StressChartsInput['compared'], theme: string, held: boolean): TemplateResult {
    const { series, axis, width, end } = this.comparedTimes(compared);
    return html`
      <chart-card
        heading="Latency histogram"
        .explanation=${`Percentage of the answers of the ticked tests by the time they took, in steps of ${width} ms, up to ${wordLatency(end)} ms.`}
        xTitle="ms"
        .summary=${`Latency histogram of the ticked tests, in steps of ${width} ms.`}
        .series=${series}
        .axis=${axis}
        .formatX=${formatNumber}
        .formatY=${formatNumber}
        fileName="stress-latency"
        .theme=${theme}
        .held=${held}
      ></chart-card>
    `;
  }

  private renderColumns(run: StressRun | undefined, theme: string, held: boolean): TemplateResult {
    this.run = run;
    const { series, axis, width, beyond, end } = this.columns(run?.history, this.current);
    const tail = beyond > 0 ? ` ${beyond} took longer than ${wordLatency(end)} ms.` : '';
    return html`
      <chart-card
        heading="Latency histogram"
        .explanation=${series.length > 0 ? `Answers by the time they took, in steps of ${width} ms.${tail}` : ''}
        xTitle="ms"
        kind="columns"
        waiting="Columns appear with the first answers."
        .summary=${`Latency histogram in steps of ${width} ms.`}
        .series=${series}
        .axis=${axis}
        .formatX=${formatNumber}
        .formatY=${formatNumber}
        fileName="stress-latency"
        .theme=${theme}
        .held=${held}
      ></chart-card>
    `;
  }
}

function endpointsOf(run: StressRun | undefined, percentile: number) {
  if (!run || run.entries.length < 2) return [];
  return run.entries.map(({ name }) => ({ name, curves: endpointCurves(run, name, percentile) }));
}

function card(
  heading: string,
  explanation: string,
  { series, axis }: ReturnType<typeof endpointCurves>,
  fileName: string,
  theme: string,
  held: boolean,
): TemplateResult {
  const ends = series
    .filter(({ points }) => points.length > 0)
    .map(({ name, points }) => `${name} ${formatNumber(points.at(-1)!.y)}`);
  // Of no test there is no line; of one that has begun there are lines without points.
  const waiting =
    series.length > 0 ? 'The first point comes after about 1 s.' : 'Curves appear here when you start.';
  return html`
    <chart-card
      .heading=${heading}
      .explanation=${explanation}
      xTitle="Time"
      .waiting=${waiting}
      .summary=${`${heading}: ${ends.join(', ') || 'nothing yet'}.`}
      .series=${series}
      .axis=${axis}
      .formatX=${formatSeconds}
      .formatY=${formatNumber}
      .fileName=${fileName}
      .theme=${theme}
      .held=${held}
    ></chart-card>
  `;
}
