import type { ChartAxis, ChartPoint, ChartSeries } from '../components/chart-style';
import { formatAccuracy, formatLoss } from '../components/format';
import type { CurvePoint, EpochMetrics } from '../domain/run';

/** The share of the old mean that smoothing keeps at each batch. */
const SMOOTHING = 0.9;
/** A loss of nothing cannot be drawn on a logarithmic scale. */
const SMALLEST_LOSS = 1e-4;

/** The two charts of a run. */
export interface RunCurves {
  readonly loss: readonly ChartSeries[];
  readonly accuracy: readonly ChartSeries[];
}

/** The lines of a run's charts: the epochs that have ended, then what is live. */
export function runCurves(epochs: readonly EpochMetrics[], livePoints: readonly CurvePoint[]): RunCurves {
  const ended = epochs.flatMap(({ curve }) => curve);
  const lastEnded = ended.at(-1)?.progress ?? 0;
  const live = livePoints.filter(({ progress }) => progress > lastEnded);
  const training = [...ended, ...smooth(live, ended.at(-1))];
  const lossOf = ({ loss }: { loss: number }) => Math.max(SMALLEST_LOSS, loss);
  return {
    loss: [
      toSeries('Batches', 1, livePoints, lossOf, { isRaw: true }),
      toSeries('Training', 1, training, lossOf),
      checks(epochs, checkedLoss),
    ],
    accuracy: [
      toSeries('Batches', 1, livePoints, ({ accuracy }) => accuracy, { isRaw: true }),
      toSeries('Training', 1, training, ({ accuracy }) => accuracy),
      checks(epochs, ({ validationAccuracy }) => validationAccuracy),
    ],
  };
}

/** The loss of an epoch's check, as it can be drawn. */
export function checkedLoss({ validationLoss }: EpochMetrics): number {
  return Math.max(SMALLEST_LOSS, validationLoss);
}

/** Exponential moving averages; they begin at the mean of the epochs before, or at the first batch. */
function smooth(points: readonly CurvePoint[], before: CurvePoint | undefined): readonly CurvePoint[] {
  let last = before ?? points[0];
  return points.map((point) => {
    const mix = (key: 'loss' | 'accuracy') =>
      SMOOTHING * (last?.[key] ?? point[key]) + (1 - SMOOTHING) * point[key];
    last = { progress: point.progress, loss: mix('loss'), accuracy: mix('accuracy') };
    return last;
  });
}

function toSeries(
  name: string,
  slot: 1,
  points: readonly CurvePoint[],
  value: (point: CurvePoint) => number,
  style: Pick<ChartSeries, 'isRaw'> = {},
): ChartSeries {
  return { name, slot, points: points.map((point) => ({ x: point.progress, y: value(point) })), ...style };
}

function checks(epochs: readonly EpochMetrics[], value: (epoch: EpochMetrics) => number): ChartSeries {
  const points = epochs.map((epoch): ChartPoint => ({ x: epoch.epoch + 1, y: value(epoch) }));
  return { name: 'Validation', slot: 2, points, hasMarkers: true };
}

/** The axes of the loss chart: room for all points, and at least for a tenfold change. */
export function lossAxis(epochCount: number, series: readonly ChartSeries[]): ChartAxis {
  const losses = series.flatMap(({ points }) => points.map(({ y }) => y));
  const highest = Math.max(1, ...losses) * 1.15;
  const lowest = Math.min(highest / 10, ...losses) / 1.15;
  return { x: { range: [0, epochCount] }, y: { scale: 'log', range: [lowest, highest], format: '.3~g' } };
}

/** The axes of the accuracy chart: cut below what was reached after the first fifth. */
export function accuracyAxis(epochCount: number, series: readonly ChartSeries[]): ChartAxis {
  const shown = series.filter(({ isRaw }) => !isRaw).flatMap(({ points }) => points);
  const settled = shown.filter(({ x }) => x > epochCount / 5);
  const lowest = Math.min(...settled.map(({ y }) => y), 0.9);
  const floor = settled.length === 0 ? 0 : Math.floor(lowest * 10) / 10;
  return { x: { range: [0, epochCount] }, y: { scale: 'linear', range: [floor, 1.002], format: '.0%' } };
}

/** One sentence about the validation line of a chart. */
export function summarize(kind: 'loss' | 'accuracy', epochs: readonly EpochMetrics[]): string {
  const first = epochs[0];
  const last = epochs.at(-1);
  if (!first || !last) return `No epoch has ended yet, so there is no validation ${kind}.`;
  const [from, to] =
    kind === 'loss'
      ? [formatLoss(first.validationLoss), formatLoss(last.validationLoss)]
      : [formatAccuracy(first.validationAccuracy), formatAccuracy(last.validationAccuracy)];
  if (epochs.length === 1) return `Validation ${kind} is ${to} after 1 epoch.`;
  return `Validation ${kind} went from ${from} to ${to} in ${epochs.length} epochs.`;
}
