/** States that can be taken back and brought back. Immutable: each change gives a new history. */
export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
}

/** How many states can be taken back. */
const MOST_PAST = 200;

/** A history that begins with one state. */
export function startHistory<T>(present: T): History<T> {
  return { past: [], present, future: [] };
}

/** A new state on top; what had been taken back is gone. */
export function record<T>({ past, present }: History<T>, next: T): History<T> {
  return { past: [...past, present].slice(-MOST_PAST), present: next, future: [] };
}

/** One state back, where there is one. */
export function undo<T>(history: History<T>): History<T> {
  if (history.past.length === 0) return history;
  const { past, present, future } = history;
  return { past: past.slice(0, -1), present: past.at(-1)!, future: [present, ...future] };
}

/** One state forward again, where there is one. */
export function redo<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future };
}
