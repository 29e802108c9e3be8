import { AppError } from '../domain/errors';
import { runName, type RunId } from '../domain/ids';

/** The lock that whoever trains a run holds: it dies with its holder, and so tells a cut-off run. */
function runLockName(id: RunId): string {
  return `inkling-run-${id}`;
}

/** How long a lock is waited for, in milliseconds: that of a worker that just died comes free soon. */
const LOCK_WAIT_MS = 2000;

/** Does `work` as the only one that trains this run. Throws `conflict` where another tab does. */
export async function withRunLock<T>(id: RunId, work: () => Promise<T>): Promise<T> {
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(runIsLocked(id)), LOCK_WAIT_MS);
  return await navigator.locks.request(runLockName(id), { signal: waiting.signal }, () => {
    clearTimeout(timer);
    return work();
  });
}

function runIsLocked(id: RunId): AppError {
  return new AppError('conflict', `${runName(id)} is being trained in another tab.`, {
    reason: 'RUN_LOCKED',
    kept: 'That tab goes on.',
    remedy: 'Watch it there, or close that tab and continue here.',
  });
}

/** The runs that somebody works on at this moment, in any tab. */
export async function lockedRuns(): Promise<ReadonlySet<RunId>> {
  const { held = [] } = await navigator.locks.query();
  const working = held.filter(({ mode }) => mode === 'exclusive');
  const numbers = working.map(({ name }) => Number(/^inkling-run-(\d+)$/.exec(name ?? '')?.[1]));
  return new Set(numbers.filter(Number.isInteger) as RunId[]);
}

/** True while a run is worked on, in any tab. */
export async function isAnyRunLocked(): Promise<boolean> {
  return (await lockedRuns()).size > 0;
}

/** The lock of a set that is being read and not yet listed: without a holder its parts are left over. */
function stagingLockName(dataset: string): string {
  return `inkling-staging-${dataset}`;
}

/** Holds the lock of a set that is being read, until the returned function is called or the page goes. */
export function holdStagingLock(dataset: string): Promise<() => void> {
  return new Promise((resolve) => {
    const hold = () => new Promise<void>((release) => resolve(release));
    void navigator.locks.request(stagingLockName(dataset), hold);
  });
}

/** True while somebody, in any tab, reads this set. */
export async function isStaging(dataset: string): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === stagingLockName(dataset));
}

/** True while somebody, in any tab, reads a set. */
export async function isAnyStaging(): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name?.startsWith(stagingLockName('')));
}

/** Does `work` as the only one that changes this set, in any tab. */
export function withDatasetLock<T>(dataset: string, work: () => Promise<T>): Promise<T> {
  return navigator.locks.request(`inkling-dataset-${dataset}`, work) as Promise<T>;
}

/** Does `work` as the only one that judges a candidate, in any tab, once it is its turn. */
export function withGateLock<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return navigator.locks.request('inkling-gate', { signal }, work) as Promise<T>;
}

/** Does `work`, unless somebody is at it already, in any tab. */
export async function unlessTaken(name: string, work: () => Promise<unknown>): Promise<void> {
  await navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : undefined));
}

/** Calls back when nobody trains the run any more. Returns what calls that off. */
export function whenRunIsFree(id: RunId, onFree: () => void): () => void {
  return whenReleased(runLockName(id), onFree);
}

/** Holds a lock for as long as this thread lives. Resolves as soon as it is held. */
export function holdForLife(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const hold = () => {
      resolve();
      return new Promise<never>(() => undefined);
    };
    navigator.locks.request(name, hold).catch(reject);
  });
}

/**
 * Calls back when a lock comes free: its holder has died. Returns what calls that off. Who waits shares the
 * lock for a moment: that way nobody takes it for work.
 */
export function whenReleased(name: string, onReleased: () => void): () => void {
  const waiting = new AbortController();
  const { signal } = waiting;
  const isFree = navigator.locks.request(name, { signal, mode: 'shared' }, () => undefined);
  isFree.then(onReleased, (error: unknown) => {
    if (!signal.aborted) throw error;
  });
  return () => waiting.abort();
}

/** Holds a lock until the returned function is called or the page goes; undefined where it is taken. */
export function tryHold(name: string): Promise<(() => void) | undefined> {
  return new Promise((resolve, reject) => {
    const hold = (lock: Lock | null) => {
      if (!lock) return resolve(undefined);
      return new Promise<void>((release) => resolve(release));
    };
    navigator.locks.request(name, { ifAvailable: true }, hold).catch(reject);
  });
}

/** True while somebody holds a lock, in any tab. */
export async function isHeld(name: string): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some((lock) => lock.name === name);
}
