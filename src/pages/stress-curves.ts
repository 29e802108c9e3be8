import type { ChartAxis, ChartPoint, ChartSeries } from '../components/chart-style';
import type { ChartSlot } from '../components/chart-look';
import { LatencyHistogram, PERCENTILES } from '../domain/latency-stats';
import { plannedStages, plannedUsers, shapeDuration } from '../domain/load-shape';
import {
  AGGREGATED,
  aggregate,
  namePercentile,
  type HistoryEntry,
  type StressRun,
} from '../domain/stress-run';
import { isUnderWay, runTitle } from './stress-words';

/** Columns of the histogram, about. */
const COLUMNS = 40;
/** Ends of axes, times a power of ten: while a test runs its charts then stand still for most of the time. */
const AXIS_ENDS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];
/** Points that a line has at most: more cannot be seen, and take long to draw. */
const MOST_POINTS = 240;

/** Which lines there are: those of one test, or one of each of several. */
export interface CurveChoice {
  readonly run: StressRun | undefined;
  readonly compared: ReadonlyMap<StressRun, ChartSlot>;
  /** The third percentile of the response times, 0 … 1. */
  readonly percentile: number;
}

/** The three charts that Locust has. */
export function stressCurves({ run, compared, percentile }: CurveChoice) {
  const end = lastSecond([...compared.keys(), ...(run ? [run] : [])]);
  const overlaid = (value: (entry: HistoryEntry) => number) =>
    [...compared].map(([one, slot]) => line(runTitle(one), slot, one, AGGREGATED, value));
  if (compared.size > 0) {
    const p = PERCENTILES.indexOf(percentile as (typeof PERCENTILES)[number]);
    return {
      rates: chart(
        overlaid(({ rps }) => rps),
        end,
      ),
      times: chart(
        overlaid(({ percentiles }) => percentiles[p]!),
        end,
      ),
      users: chart(
        [...compared].map(([one, slot]) => userLine(runTitle(one), slot, one)),
        end,
      ),
    };
  }
  return {
    rates: chart(rateLines(run), end),
    times: chart(timeLines(run, AGGREGATED, percentile), end),
    users: chart(run ? [plannedLine(run), userLine('Users', 1, run)] : [], end),
  };
}

/** The response times of one kind of request. */
export function endpointCurves(run: StressRun, name: string, percentile: number) {
  return chart(timeLines(run, name, percentile), lastSecond([run]));
}

/** Where the time axis ends: with the longest test, or beyond it while one of them still goes on. */
function lastSecond(runs: readonly StressRun[]): number {
  const end = Math.ceil(Math.max(10, ...runs.map(({ history }) => history.at(-1)?.seconds ?? 0)));
  return runs.some(isUnderWay) ? axisEnd(end) : end;
}

/** The end of an axis that has room for a value. */
function axisEnd(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return Number((AXIS_ENDS.find((end) => end * power >= value)! * power).toPrecision(3));
}

function rateLines(run: StressRun | undefined): readonly ChartSeries[] {
  if (!run) return [];
  return [
    line('RPS', 1, run, AGGREGATED, ({ rps }) => rps),
    line('Failures/s', 2, run, AGGREGATED, ({ failuresPerSecond }) => failuresPerSecond),
  ];
}

function timeLines(run: StressRun | undefined, name: string, percentile: number): readonly ChartSeries[] {
  if (!run) return [];
  const shares = [...new Set([0.5, 0.95, percentile])];
  return shares.map((share, at) => {
    const p = PERCENTILES.indexOf(share as (typeof PERCENTILES)[number]);
    const slot = ([1, 2, 4] as const)[at]!;
    return line(namePercentile(share), slot, run, name, ({ percentiles }) => percentiles[p]!);
  });
}

function line(
  title: string,
  slot: ChartSlot,
  run: StressRun,
  name: string,
  value: (entry: HistoryEntry) => number,
): ChartSeries {
  const points = thinned(run.history).flatMap(({ seconds, entries }): ChartPoint[] => {
    const entry = entries.find((one) => one.name === name);
    return entry ? [{ x: round(seconds), y: round(value(entry)) }] : [];
  });
  return { name: title, slot, points };
}

function userLine(title: string, slot: ChartSlot, run: StressRun): ChartSeries {
  return {
    name: title,
    slot,
    points: thinned(run.history).map(({ seconds, users }) => ({ x: round(seconds), y: users })),
  };
}

/** The planned line up to now: the plan shows the rest. */
function plannedLine({ plan: { stages }, history }: StressRun): ChartSeries {
  const end = history.at(-1)?.seconds ?? 0;
  const corners = plannedStages(stages).flatMap(({ ramped, to }) => [ramped, to]);
  const past = [{ seconds: 0, users: 0 }, ...corners].filter(({ seconds }) => seconds <= end);
  const now = end < shapeDuration(stages) ? [{ seconds: end, users: plannedUsers(stages, end) }] : [];
  return {
    name: 'Planned',
    slot: 3,
    points: [...past, ...now].map(({ seconds, users }) => ({ x: seconds, y: users })),
  };
}

function thinned<T>(points: readonly T[]): readonly T[] {
  const every = Math.ceil(points.length / MOST_POINTS);
  return every <= 1 ? points : points.filter((_, at) => at % every === 0 || at === points.length - 1);
}

function chart(series: readonly ChartSeries[], end: number) {
  const highest = Math.max(1, ...series.flatMap(({ points }) => points.map(({ y }) => y)));
  const axis: ChartAxis = {
    x: { range: [0, end], suffix: ' s' },
    y: { scale: 'linear', range: [0, axisEnd(highest * 1.05)] },
  };
  return { series, axis };
}

/** Failures a second of several tests. */
export function failureCurves(compared: CurveChoice['compared']) {
  const series = [...compared].map(([run, slot]) =>
    line(runTitle(run), slot, run, AGGREGATED, ({ failuresPerSecond }) => failuresPerSecond),
  );
  return chart(series, lastSecond([...compared.keys()]));
}

/** How many answers took how long: columns of the same width, as fine as what was measured. */
export function latencyColumns(run: StressRun | undefined) {
  const histogram = fineTimes(run?.entries ?? []);
  const { end, width } = columnsFor([histogram]);
  const { counts, beyond } = fillColumns(histogram, width, end);
  const points = [...counts].map(([column, count]) => ({ x: middleOf(column, width), y: count }));
  const series: readonly ChartSeries[] = [{ name: 'Answers', slot: 1, points }];
  const y = { scale: 'linear', range: [0, axisEnd(1.05 * Math.max(4, ...counts.values()))] } as const;
  const axis: ChartAxis = { x: { range: [0, end], suffix: ' ms' }, y };
  return { series: points.length > 0 ? series : [], axis, width, beyond, end };
}

/** Which percentage of the answers took how long, of several tests: a short one can be seen beside a long one. */
export function latencyCurves(compared: CurveChoice['compared']) {
  const tests = [...compared].map(([run, slot]) => ({ run, slot, histogram: fineTimes(run.entries) }));
  const { end, width } = columnsFor(tests.map(({ histogram }) => histogram));
  const series = tests.map(({ run, slot, histogram }): ChartSeries => {
    const { total } = histogram;
    const { counts } = fillColumns(histogram, width, end);
    const points = Array.from({ length: total > 0 ? Math.round(end / width) : 0 }, (_, column) => ({
      x: middleOf(column, width),
      y: round((100 * (counts.get(column) ?? 0)) / total),
    }));
    return { name: runTitle(run), slot, points };
  });
  const highest = Math.max(1, ...series.flatMap(({ points }) => points.map(({ y }) => y)));
  const y = { scale: 'linear', range: [0, axisEnd(highest * 1.05)] } as const;
  const axis: ChartAxis = { x: { range: [0, end], suffix: ' ms' }, y };
  return { series, axis, width, end };
}

function fineTimes(entries: StressRun['entries']): LatencyHistogram {
  return LatencyHistogram.fromSparse(aggregate(entries).fine);
}

/** Where the axis ends that has room for nearly all of these times, and how wide its columns are. */
function columnsFor(histograms: readonly LatencyHistogram[]): {
  readonly end: number;
  readonly width: number;
} {
  const end = axisEnd(Math.max(1, ...histograms.map((one) => one.percentile(0.99) * 1.2)));
  return { end, width: niceStep(end / COLUMNS) };
}

/** How many times are in which column, from 0 on, and how many beyond the last one. */
function fillColumns(histogram: LatencyHistogram, width: number, end: number) {
  const counts = new Map<number, number>();
  let beyond = 0;
  for (const { fromMs, toMs, count } of histogram.buckets()) {
    if (count === 0) continue;
    const column = Math.floor((fromMs + toMs) / 2 / width);
    if (column * width > end) beyond += count;
    else counts.set(column, (counts.get(column) ?? 0) + count);
  }
  return { counts, beyond };
}

function middleOf(column: number, width: number): number {
  return Number(((column + 0.5) * width).toPrecision(6));
}

/** 1, 2 or 5 times a power of ten, at least a hundredth of a millisecond. */
function niceStep(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(0.01, value)));
  return Number((([1, 2, 5, 10].find((step) => step * power >= value) ?? 10) * power).toPrecision(3));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
