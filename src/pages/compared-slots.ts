import type { ChartSlot } from '../components/chart-style';
import type { RunId } from '../domain/ids';
import type { EpochMetrics, Run } from '../domain/run';
import type { SlottedRun } from './compare-curves';

const SLOTS: readonly ChartSlot[] = [1, 2, 3, 4, 5];

/** Ticks a run, or a load test, or unticks it. Each keeps its line for as long as it is ticked; a new one takes the first free. */
export function toggleSlot<Id>(ticked: ReadonlyMap<Id, ChartSlot>, id: Id): ReadonlyMap<Id, ChartSlot>;
export function toggleSlot(ticked: ReadonlyMap<RunId, ChartSlot>, id: RunId): ReadonlyMap<RunId, ChartSlot>;
export function toggleSlot(ticked: ReadonlyMap<RunId, ChartSlot>, id: RunId): ReadonlyMap<RunId, ChartSlot> {
  const next = new Map(ticked);
  if (next.delete(id)) return next;
  const taken = new Set(next.values());
  const free = SLOTS.find((slot) => !taken.has(slot));
  return free === undefined ? next : next.set(id, free);
}

/** The ticked runs that there are, in the order in which they were ticked. */
export function chooseRuns(
  ticked: ReadonlyMap<RunId, ChartSlot>,
  runs: readonly Run[],
  epochs: ReadonlyMap<RunId, readonly EpochMetrics[]>,
): readonly SlottedRun[] {
  return [...ticked].flatMap(([id, slot]) => {
    const run = runs.find((one) => one.id === id);
    return run ? [{ run, epochs: epochs.get(id) ?? [], slot }] : [];
  });
}
