import type { ChartSeries, ChartSlot } from '../components/chart-style';
import { formatAccuracy, formatLoss } from '../components/format';
import type { ComparedRun } from '../domain/compare-runs';
import { runName } from '../domain/ids';
import type { EpochMetrics } from '../domain/run';
import { checkedLoss, type RunCurves } from './run-curves';

/** A run of a comparison, and the line it is drawn with. */
export interface SlottedRun extends ComparedRun {
  readonly slot: ChartSlot;
}

/** A line for each run, named after it: how it did on what it did not learn from. */
export function compareCurves(runs: readonly SlottedRun[]): RunCurves {
  return {
    loss: runs.map((one) => toSeries(one, checkedLoss)),
    accuracy: runs.map((one) => toSeries(one, ({ validationAccuracy }) => validationAccuracy)),
  };
}

/** One sentence about the lines of a chart: "Run 3 ended at 98.20%, Run 4 at 97.83%." */
export function summarizeCurves(kind: 'loss' | 'accuracy', runs: readonly ComparedRun[]): string {
  const ends = runs.flatMap(({ run, epochs }) => {
    const last = epochs.at(-1);
    if (!last) return [];
    const value = kind === 'loss' ? formatLoss(last.validationLoss) : formatAccuracy(last.validationAccuracy);
    return [`${runName(run.id)} at ${value}`];
  });
  return ends.length === 0 ? 'No epoch has ended yet.' : `Validation ${kind}: ${ends.join(', ')}.`;
}

function toSeries({ run, epochs, slot }: SlottedRun, valueOf: (epoch: EpochMetrics) => number): ChartSeries {
  const points = epochs.map((epoch) => ({ x: epoch.epoch + 1, y: valueOf(epoch) }));
  // A marker at every point would hide a long line.
  return { name: runName(run.id), slot, points, hasMarkers: points.length <= 15 };
}
