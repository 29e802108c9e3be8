import { toErrorRecord, type ErrorRecord } from '../domain/errors';
import type { ModelVersionId } from '../domain/ids';
import { GATE_MARGIN } from '../domain/gate-margin';
import type { GateVerdict } from '../domain/promotion-gate';
import type { MlClient } from '../ml-client/ml-client';
import type { Changes } from '../storage/changes';
import type { GateRepository } from '../storage/gate-repository';
import type { SettingsRepository } from '../storage/settings-repository';
import { Observable, type Watched } from './observable';
import { Refresher } from './refresher';

/** The longest silence of a judgement, in milliseconds: it may wait for one in another tab. */
const DEADLINE_MS = 120_000;

/** The candidates: what the gate said of them, and which it looks at. */
export interface PromotionState {
  readonly verdicts: ReadonlyMap<ModelVersionId, GateVerdict>;
  /** The versions that nobody has judged or chosen yet. */
  readonly waiting: ReadonlySet<ModelVersionId>;
  /** Those that are judged here at the moment, and how far that is, 0 … 1. */
  readonly judging: ReadonlyMap<ModelVersionId, number>;
  /** Why a version could not be judged, until it is tried again. */
  readonly failures: ReadonlyMap<ModelVersionId, ErrorRecord>;
  readonly marginPoints: number;
  /** A candidate that passes answers at once. */
  readonly promotesAlone: boolean;
}

/** How a judgement is asked for. */
export interface JudgeOptions {
  readonly signal?: AbortSignal;
  /** How far it is, 0 … 1. */
  readonly onProgress?: (share: number) => void;
  /** True where a person wants this version to answer: it is judged anew, and answers where it passes. */
  readonly isAskedFor?: boolean;
}

interface Sources {
  readonly gate: GateRepository;
  readonly settings: SettingsRepository;
  readonly changes: Changes;
  readonly client: MlClient;
  /** Told of each verdict that nobody asked for. */
  readonly onJudged?: (verdict: GateVerdict) => void;
}

/** The gate: no retrained or imported model answers before it was held against the one in use. */
export class PromotionService {
  private readonly observed = new Observable<PromotionState>({
    verdicts: new Map(),
    waiting: new Set(),
    judging: new Map(),
    failures: new Map(),
    marginPoints: GATE_MARGIN.usual,
    promotesAlone: true,
  });
  private readonly calls = new Map<ModelVersionId, AbortController>();
  /** Those that were called off or failed: they are not judged by themselves again on this visit. */
  private readonly left = new Set<ModelVersionId>();
  /** Those that a person wanted to answer. */
  private readonly asked = new Set<ModelVersionId>();
  private isWatching = false;
  private isAtWork = false;
  private readonly refresher = new Refresher(() => this.read());

  constructor(private readonly sources: Sources) {
    sources.changes.subscribe(({ store }) => {
      if (['gateRecords', 'modelVersions', 'settings'].includes(store)) void this.refresh();
    });
  }

  get state(): Watched<PromotionState> {
    return this.observed;
  }

  /** Reads all verdicts, and from now on judges whatever waits: what was left over first. */
  async watch(): Promise<void> {
    this.isWatching = true;
    await this.refresh();
  }

  /**
   * The verdict on a version: the stored one, or a new one where there is none. Where it passes, it answers from
   * now on, if that is wanted. Rejects with an AppError: `not-found`, `engine-unavailable`, or `aborted` where it
   * was called off; then nothing has changed, and the version waits.
   */
  async judge(versionId: ModelVersionId, options: JudgeOptions = {}): Promise<GateVerdict> {
    const calling = new AbortController();
    const signal = AbortSignal.any([calling.signal, ...(options.signal ? [options.signal] : [])]);
    const report = (share: number) => {
      this.patch({ judging: new Map(this.observed.value.judging).set(versionId, share) });
      options.onProgress?.(share);
    };
    this.calls.set(versionId, calling);
    if (options.isAskedFor) this.asked.add(versionId);
    this.left.delete(versionId);
    this.patch({ failures: without(this.observed.value.failures, versionId) });
    report(0);
    try {
      const params = { versionId, isAskedFor: options.isAskedFor ?? false };
      return await this.sources.client.call('judge', params, {
        signal,
        deadlineMs: DEADLINE_MS,
        onEvent: ({ share }) => report(share),
      });
    } catch (error) {
      this.leave(versionId, toErrorRecord(error));
      throw error;
    } finally {
      // Read first: without its verdict it would look as if nobody had judged it.
      await this.refresh();
      this.calls.delete(versionId);
      this.patch({ judging: without(this.observed.value.judging, versionId) });
    }
  }

  /** Calls the judgement of a version off; it waits for the next visit, or for somebody who asks for it. */
  cancel(versionId: ModelVersionId): void {
    this.calls.get(versionId)?.abort('cancel');
  }

  /** Sets how much a candidate may read worse than the model in use, in points. */
  async setMargin(points: number): Promise<void> {
    const gateMargin = Math.min(GATE_MARGIN.most, Math.max(GATE_MARGIN.least, points));
    await this.sources.settings.set('gateMargin', gateMargin);
  }

  /** Says whether a candidate that passes answers at once. */
  async promoteAlone(isWanted: boolean): Promise<void> {
    await this.sources.settings.set('promotesAlone', isWanted);
  }

  private leave(versionId: ModelVersionId, failure: ErrorRecord): void {
    this.left.add(versionId);
    if (failure.code === 'aborted') return;
    this.patch({ failures: new Map(this.observed.value.failures).set(versionId, failure) });
  }

  /** Reads the records again, and judges what waits. */
  private async refresh(): Promise<void> {
    await this.refresher.refresh();
    if (this.isWatching) void this.judgeWaiting();
  }

  private async read(): Promise<void> {
    const { gate, settings } = this.sources;
    const [verdicts, waiting, marginPoints = GATE_MARGIN.usual, promotesAlone = true] = await Promise.all([
      gate.list(),
      gate.waiting(),
      settings.get('gateMargin'),
      settings.get('promotesAlone'),
    ]);
    this.patch({
      verdicts: new Map(verdicts.map((verdict) => [verdict.candidate.versionId, verdict])),
      waiting: new Set(waiting),
      marginPoints,
      promotesAlone,
    });
  }

  /** Judges what waits, the oldest first, until nothing does. */
  private async judgeWaiting(): Promise<void> {
    if (this.isAtWork) return;
    this.isAtWork = true;
    try {
      for (let next = this.nextWaiting(); next !== undefined; next = this.nextWaiting()) {
        await this.judgeAlone(next);
      }
    } finally {
      this.isAtWork = false;
    }
  }

  private async judgeAlone(versionId: ModelVersionId): Promise<void> {
    try {
      const verdict = await this.judge(versionId);
      // Somebody who asked for it meanwhile is told by the page.
      if (!this.asked.has(versionId)) this.sources.onJudged?.(verdict);
    } catch (error) {
      // A failure is in the state already; it is this version's, and the next one is judged all the same.
      if (!this.left.has(versionId)) throw error;
    }
  }

  private nextWaiting(): ModelVersionId | undefined {
    const { waiting, judging } = this.observed.value;
    return [...waiting].find((id) => !this.left.has(id) && !judging.has(id));
  }

  private patch(patch: Partial<PromotionState>): void {
    this.observed.value = { ...this.observed.value, ...patch };
  }
}

function without<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): ReadonlyMap<Key, Value> {
  return new Map([...map].filter(([each]) => each !== key));
}
