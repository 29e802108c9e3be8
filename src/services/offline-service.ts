import { toErrorRecord, AppError, throwIfAborted, type ErrorRecord } from '../domain/errors';
import type { ServiceWorkerLine } from '../ml-client/register-service-worker';
import { savesData } from '../platform/network';
import { unlessTaken } from '../platform/locks';
import { RestingHand } from '../platform/resting-hand';
import { KEEP_HEADER, type KeptPart, type KeptReport } from '../protocol/sw-protocol';
import { Observable, type Watched } from './observable';

/** What is large is fetched by itself once a visit has lasted this long, in milliseconds. */
const START_AFTER_MS = 3000;
/** Answers of the service worker that come one after another are read once, in milliseconds. */
const SETTLE_MS = 150;
/** One tab fetches for all. Of another Inkling on the same origin, others do. */
const LOCK = 'inkling-offline';

/** What is kept of the app on this device. */
export interface OfflineState {
  /** Empty until the service worker has told. */
  readonly parts: readonly KeptPart[];
  /** All of it is kept and was checked: every feature works without a network. */
  readonly isReady: boolean;
  readonly build?: string;
  readonly isFetching: boolean;
  /** Why the last fetching ended before it was done. */
  readonly failure?: ErrorRecord;
  /** The browser asked to save data, so nothing large is fetched by itself. */
  readonly savesData: boolean;
}

/** Keeps the whole app on this device: what the shell does not hold is fetched part by part. */
export class OfflineService {
  private readonly observed = new Observable<OfflineState>({
    parts: [],
    isReady: false,
    isFetching: false,
    savesData: savesData(),
  });
  private line: ServiceWorkerLine | undefined;
  private fetching: AbortController | undefined;
  private settling: ReturnType<typeof setTimeout> | undefined;
  private missing: readonly string[] = [];
  /** The last fetching ended for want of what it asked for, and nobody called it off. */
  private isCutOff = false;

  constructor(private readonly baseUrl: string) {
    // Fetching that was cut off goes on by itself once there is a network again.
    addEventListener('online', () => {
      if (this.isCutOff) void this.fetchMissing();
    });
  }

  get state(): Watched<OfflineState> {
    return this.observed;
  }

  /** Begins to work with a service worker: tells what is kept, and fetches the rest unless data are to be saved. */
  async begin(line: ServiceWorkerLine): Promise<void> {
    this.line = line;
    await this.check(false);
    if (this.state.value.isReady || this.state.value.savesData) return;
    setTimeout(() => void this.fetchMissing(), START_AFTER_MS);
  }

  /** Reads and checks every file that is kept; what is damaged is dropped, and counts as missing. */
  checkAll(): Promise<void> {
    return this.check(true);
  }

  /** Looks again at what is kept, soon: a file was kept, by this tab or another one. */
  refresh(): void {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => void this.check(false), SETTLE_MS);
  }

  /**
   * Fetches what is missing, one file after another while the hand rests; `state` tells how far it is.
   * Resolves when it ends.
   */
  async fetchMissing(): Promise<void> {
    if (this.fetching) return;
    const { signal } = (this.fetching = new AbortController());
    this.clearFailure();
    this.isCutOff = false;
    this.observed.value = { ...this.state.value, isFetching: true };
    try {
      await unlessTaken(`${LOCK} ${this.baseUrl}`, () => this.fetchAll(signal));
    } catch (error) {
      const record = toErrorRecord(error);
      this.isCutOff = !signal.aborted;
      if (this.isCutOff) this.observed.value = { ...this.state.value, failure: record };
    }
    this.fetching = undefined;
    this.observed.value = { ...this.state.value, isFetching: false };
    await this.check(false);
  }

  /** Calls the fetching off. What has arrived stays. */
  cancel(): void {
    this.fetching?.abort('cancel');
  }

  /** Puts the failure away. */
  clearFailure(): void {
    const { failure: _, ...rest } = this.state.value;
    this.observed.value = rest;
  }

  private async fetchAll(signal: AbortSignal): Promise<void> {
    await this.check(false);
    // Images from the last to the first: whoever fetches MNIST to train begins at the other end.
    const images = this.missing.filter((path) => path.startsWith('mnist/')).toReversed();
    const others = this.missing.filter((path) => !path.startsWith('mnist/'));
    const failures: AppError[] = [];
    // Unpacking and hashing take a core from whoever draws: they come between two drawings.
    const hand = new RestingHand();
    try {
      for (const path of [...others, ...images]) {
        await hand.rests(signal);
        const failure = await this.fetchOne(path, signal);
        if (failure) failures.push(failure);
        // One file can be damaged; a host that answers nothing is not asked for all the others.
        if (failures.length > 2 || (failure && !navigator.onLine)) break;
      }
    } finally {
      hand.stop();
    }
    if (failures[0]) throw failures[0];
  }

  /** The service worker keeps what passes through it. Resolves to why a file could not be kept. */
  private async fetchOne(path: string, signal: AbortSignal): Promise<AppError | undefined> {
    throwIfAborted(signal);
    try {
      const headers = { [KEEP_HEADER]: '1' };
      const response = await fetch(new URL(path, this.baseUrl), { signal, headers });
      if (!response.ok) throw new Error(`${path} answered ${response.status}`);
      await response.arrayBuffer();
      return undefined;
    } catch (cause) {
      throwIfAborted(signal);
      return notFetched(path, cause);
    }
  }

  private async check(isDeep: boolean): Promise<void> {
    try {
      const report = await this.line?.report(isDeep);
      if (report) this.show(report);
    } catch (error) {
      this.observed.value = { ...this.state.value, failure: toErrorRecord(error) };
    }
  }

  private show({ build, parts, missing }: KeptReport): void {
    this.missing = missing;
    this.observed.value = { ...this.state.value, build, parts, isReady: missing.length === 0 };
  }
}

function notFetched(path: string, cause: unknown): AppError {
  return new AppError(
    'not-found',
    `${path} could not be fetched whole.`,
    {
      reason: 'FILE_NOT_FETCHED',
      kept: 'What has arrived is kept.',
      remedy: 'Check the connection: what is missing is fetched when it is back, or press “Download now”.',
    },
    { cause },
  );
}
