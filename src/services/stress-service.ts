import { AppError, toErrorRecord, type ErrorRecord } from '../domain/errors';
import { changeStages } from '../domain/load-shape';
import { checkPlan, DEFAULT_PLAN, type StressPlan } from '../domain/stress-plan';
import { NO_COUNTS, type StressRun, type StressStatus } from '../domain/stress-run';
import { APP_VERSION } from '../platform/app-version';
import { isHeld, tryHold } from '../platform/locks';
import { saveFile } from '../platform/save-file';
import type { LoadSnapshot } from '../protocol/load-protocol';
import type { Changes } from '../storage/changes';
import type { SettingsRepository } from '../storage/settings-repository';
import type { StressRepository } from '../storage/stress-repository';
import { HistoryKeeper } from '../stress/history-keeper';
import { LatestWins } from './latest-wins';
import { LoadFleet, type FleetSources } from './load-fleet';
import { newStressRun } from './new-stress-run';
import { Observable, type Watched } from './observable';
import { writeStressFile, type StressFile } from './stress-files';
import { noHost, notControlled, runsElsewhere, workerLost } from './stress-refusals';

/** Held while a test runs, in any tab: two at once would measure each other. */
const STRESS_LOCK = 'inkling-stress';
/** How often a point is added to the charts, and how often all is stored, in milliseconds. */
const POINT_INTERVAL_MS = 1000;
const SAVE_INTERVAL_MS = 5000;

/** What is known of load tests. */
export interface StressState {
  /** The test that runs, or ran last on this page. */
  readonly live?: StressRun;
  /** All that are stored, the newest first. */
  readonly runs: readonly StressRun[];
  readonly failure?: ErrorRecord;
}

interface Sources extends FleetSources {
  readonly stressRuns: StressRepository;
  readonly settings: SettingsRepository;
  readonly changes: Changes;
  readonly baseUrl: string;
  /** The only other host that may be tested; empty where there is none. */
  readonly host: string;
}

/** A test under way. */
interface Work {
  readonly fleet: LoadFleet;
  readonly release: () => void;
  history: HistoryKeeper;
  pointAt: number;
  savedAt: number;
  saving: Promise<void>;
  readonly end: () => void;
}

/** Load tests: start, change, stop, keep. */
export class StressService {
  private readonly observed = new Observable<StressState>({ runs: [] });
  private work: Work | undefined;
  /** From when a test is told to start until it has ended. */
  private isTaken = false;
  private readonly remembering = new LatestWins();

  constructor(private readonly sources: Sources) {
    sources.changes.subscribe(({ store }) => {
      // While a test runs it is stored again and again, and all others are as they were.
      if (store === 'stressRuns' && !this.work) void this.load();
    });
  }

  get state(): Watched<StressState> {
    return this.observed;
  }

  /** True while a test of this page has not ended. */
  get isBusy(): boolean {
    return this.isTaken;
  }

  /** The only other host that may be tested; empty where there is none. */
  get host(): string {
    return this.sources.host;
  }

  /** Reads the stored tests. One that says it runs, while nobody runs any, was cut off. */
  async load(): Promise<void> {
    const [runs, isRunning] = await Promise.all([this.sources.stressRuns.list(), isHeld(STRESS_LOCK)]);
    const derive = (run: StressRun, at: number): StressRun =>
      run.status === 'stopped' || (isRunning && at === 0) ? run : { ...run, status: 'cut off' };
    this.patch({ runs: runs.map(derive) });
  }

  /** The plan as it was left, or the one that a first visit finds. Another host has to be chosen anew each time. */
  async recallPlan(): Promise<StressPlan> {
    const plan = { ...DEFAULT_PLAN, ...(await this.sources.settings.get('stressPlan')) };
    return plan.target === 'host' ? { ...plan, target: DEFAULT_PLAN.target, host: '' } : plan;
  }

  /** Keeps a plan for the next visit. */
  async rememberPlan(plan: StressPlan): Promise<void> {
    try {
      await this.remembering.run(() => this.sources.settings.set('stressPlan', plan));
    } catch (error) {
      this.patch({ failure: toErrorRecord(error) });
    }
  }

  /** Runs a test. Resolves when it has ended and is stored; what cannot be started is told in `state`. */
  async start(plan: StressPlan): Promise<void> {
    // The lock is held a moment after it was asked for: told twice, this page would take itself for another tab.
    if (this.isTaken) return;
    this.isTaken = true;
    this.clearFailure();
    try {
      this.requirePlan(plan);
      const release = await tryHold(STRESS_LOCK);
      if (!release) throw runsElsewhere();
      await this.run(plan, release);
    } catch (error) {
      this.patch({ failure: toErrorRecord(error) });
    } finally {
      this.isTaken = false;
    }
  }

  /** Changes the number of users, and how many are started a second, while a test runs. */
  edit(users: number, spawnRate: number): void {
    const { live } = this.observed.value;
    if (!this.work || !live) return;
    const now = Date.now();
    const seconds = (now - (live.begunAt ?? now)) / 1000;
    const stages = changeStages(live.plan.stages, seconds, { users, spawnRate });
    const plan = { ...live.plan, stages };
    const problem = checkPlan(plan);
    if (problem) {
      this.patch({
        failure: toErrorRecord(new AppError('invalid-input', problem, { kept: 'The test goes on.' })),
      });
      return;
    }
    this.work.fleet.edit(stages);
    this.patch({ live: { ...live, plan } });
  }

  /** Ends the test when all answers have come; called once more, without waiting for them. */
  stop(): void {
    const { live } = this.observed.value;
    if (!this.work || !live) return;
    this.work.fleet.stop();
    this.patch({ live: { ...live, status: 'stopping' } });
  }

  /** Forgets what the test that runs has counted by now. Its stages go on. */
  reset(): void {
    const { live } = this.observed.value;
    if (!this.work || !live) return;
    this.work.fleet.reset();
    this.work.history = new HistoryKeeper();
    const nothing = { entries: [], errors: [], exceptions: [], history: [], counts: NO_COUNTS, missed: 0 };
    this.patch({ live: { ...live, ...nothing, startedAt: Date.now(), measuredMs: 0 } });
  }

  /** Deletes a test. Returns what puts it back. */
  async remove(run: StressRun): Promise<() => Promise<void>> {
    await this.sources.stressRuns.remove(run.id);
    if (this.observed.value.live?.id === run.id && !this.work) {
      const { live: _, ...rest } = this.observed.value;
      this.observed.value = rest;
    }
    await this.load();
    return async () => {
      await this.sources.stressRuns.restore(run);
      await this.load();
    };
  }

  /** Saves a test, or its scenario, as a file. */
  async save(run: Pick<StressRun, 'plan' | 'host'> | StressRun, file: StressFile): Promise<void> {
    const { name, content } = await writeStressFile(run, file, APP_VERSION);
    saveFile(name, content);
  }

  /** Hands a chart over as a file. */
  saveFile(name: string, content: Blob): void {
    saveFile(name, content);
  }

  /** Puts the last failure away. */
  clearFailure(): void {
    const { failure: _, ...rest } = this.observed.value;
    this.observed.value = rest;
  }

  private requirePlan(plan: StressPlan): void {
    const problem = checkPlan(plan);
    if (problem) throw new AppError('invalid-input', problem, { kept: 'Nothing was started.' });
    if (plan.target === 'service-worker' && !navigator.serviceWorker?.controller) throw notControlled();
    if (plan.target === 'host' && !this.host) throw noHost();
  }

  private async run(plan: StressPlan, release: () => void): Promise<void> {
    try {
      const host = plan.target === 'host' ? this.host : this.sources.baseUrl;
      const run = newStressRun(plan, host);
      const id = await this.sources.stressRuns.add(run);
      this.patch({ live: { ...run, id } });
      await new Promise<void>((end) => this.launch({ ...run, id }, release, end));
      await this.load();
    } finally {
      release();
      this.work = undefined;
    }
  }

  private launch(run: StressRun, release: () => void, end: () => void): void {
    const fleet = new LoadFleet(this.sources, {
      onSnapshot: (snapshot) => this.show(snapshot, snapshot.phase),
      onEnd: (snapshot) => void this.finish(snapshot),
      onLoss: (message, snapshot) => void this.lose(message, snapshot),
    });
    const now = Date.now();
    this.work = {
      fleet,
      release,
      end,
      history: new HistoryKeeper(),
      pointAt: now,
      // At once: a test that is cut off early is known, too.
      savedAt: 0,
      saving: Promise.resolve(),
    };
    // A host's path may be more than "/": addresses are relative to all of it.
    const baseUrl = run.host.endsWith('/') ? run.host : `${run.host}/`;
    fleet.start(run.plan, baseUrl, run.id);
  }

  /** Takes over what was counted. */
  private show(snapshot: LoadSnapshot, status: StressStatus): void {
    const { live } = this.observed.value;
    if (!this.work || !live) return;
    const now = Date.now();
    if (now - this.work.pointAt >= POINT_INTERVAL_MS || status === 'stopped') {
      this.work.history.add(snapshot, now);
      this.work.pointAt = now;
    }
    const { phase: _, lastAnswerAt, ...counted } = snapshot;
    const measuredMs = lastAnswerAt === undefined ? 0 : lastAnswerAt - snapshot.startedAt;
    const { points: history } = this.work.history;
    // A report on its way when it was told to stop says that it runs.
    const shown = live.status === 'stopping' && status !== 'stopped' ? live.status : status;
    this.patch({ live: { ...live, ...counted, status: shown, measuredMs, history } });
    if (now - this.work.savedAt >= SAVE_INTERVAL_MS) this.keep();
  }

  /** Stores what is known by now, so that a closed tab loses the last seconds only. */
  private keep(): void {
    const { work } = this;
    const { live } = this.observed.value;
    if (!work || !live) return;
    work.savedAt = Date.now();
    work.saving = work.saving
      .then(() => this.sources.stressRuns.save(live))
      .then(() =>
        this.patch({ runs: [live, ...this.observed.value.runs.filter(({ id }) => id !== live.id)] }),
      )
      .catch((error: unknown) => this.patch({ failure: toErrorRecord(error) }));
  }

  private async finish(snapshot: LoadSnapshot): Promise<void> {
    this.show({ ...snapshot, users: 0 }, 'stopped');
    this.keep();
    await this.work?.saving;
    this.work?.end();
  }

  /** Requests whose worker is gone have no answer that anybody could count: they have failed. */
  private async lose(message: string, snapshot: LoadSnapshot | undefined): Promise<void> {
    this.patch({ failure: toErrorRecord(workerLost()) });
    if (snapshot) {
      const { counts } = snapshot;
      const lost = { count: 1, message, traceback: '', nodes: [] };
      this.show(
        {
          ...snapshot,
          counts: { ...counts, failed: counts.failed + counts.inFlight, inFlight: 0 },
          exceptions: [...snapshot.exceptions, lost],
        },
        'stopped',
      );
    } else this.patch({ live: { ...this.observed.value.live!, status: 'stopped' } });
    this.keep();
    await this.work?.saving;
    this.work?.end();
  }

  private patch(patch: Partial<StressState>): void {
    this.observed.value = { ...this.observed.value, ...patch };
  }
}
