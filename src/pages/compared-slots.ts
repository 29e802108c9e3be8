import type { ChartSlot } from '../components/chart-style';
import type { RunId } from '../domain/ids';

const SLOTS: readonly ChartSlot[] = [1, 2, 3, 4, 5];

/** Ticks a run or unticks it. Each keeps its line for as long as it is ticked; a new one takes the first free. */
export function toggleSlot(ticked: ReadonlyMap<RunId, ChartSlot>, id: RunId): ReadonlyMap<RunId, ChartSlot> {
  const next = new Map(ticked);
  if (next.delete(id)) return next;
  const taken = new Set(next.values());
  const free = SLOTS.find((slot) => !taken.has(slot));
  return free === undefined ? next : next.set(id, free);
}
