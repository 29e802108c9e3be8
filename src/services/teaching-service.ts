import { CORRECTED, sampleCount } from '../domain/dataset';
import { throwIfAborted, toErrorRecord, type ErrorRecord } from '../domain/errors';
import type { ModelVersionId } from '../domain/ids';
import type { Lesson } from '../domain/lesson';
import type { GateVerdict } from '../domain/promotion-gate';
import type { MlClient } from '../ml-client/ml-client';
import type { LessonProgress } from '../protocol/ml-protocol';
import type { Changes } from '../storage/changes';
import type { ShardRepository } from '../storage/shard-repository';
import { Observable, type Watched } from './observable';

/** The longest silence of a lesson, in milliseconds: an engine without SIMD checks slowly. */
const DEADLINE_MS = 120_000;

/** How a lesson goes. Nothing is stored of it, and nothing is replaced, before somebody has said yes. */
export type TeachingState =
  | { readonly state: 'idle' }
  | { readonly state: 'getting-mnist' }
  | ({ readonly state: 'learning' } & LessonProgress)
  | { readonly state: 'asking'; readonly lesson: Lesson; readonly isKeeping: boolean }
  | { readonly state: 'failed'; readonly error: ErrorRecord };

interface Sources {
  readonly shards: ShardRepository;
  readonly changes: Changes;
  readonly client: MlClient;
  /** Brings MNIST onto this device where it is not yet; resolves to false where that fails. */
  readonly ensureMnist: () => Promise<boolean>;
  readonly cancelMnist: () => void;
  /** The gate's verdict on a model that somebody wants to answer; it does from now on where it passes. */
  readonly judge: (id: ModelVersionId) => Promise<GateVerdict>;
}

/** Lets the model that answers learn from the corrections, and asks before it is replaced. */
export class TeachingService {
  private readonly observed = new Observable<TeachingState>({ state: 'idle' });
  private readonly counted = new Observable(0);
  private teaching: AbortController | undefined;

  constructor(private readonly sources: Sources) {
    sources.changes.subscribe(({ store }) => {
      if (store === 'datasets') void this.load();
    });
  }

  get state(): Watched<TeachingState> {
    return this.observed;
  }

  /** How many corrections there are to learn from. */
  get correctionCount(): Watched<number> {
    return this.counted;
  }

  /** Counts the corrections. */
  async load(): Promise<void> {
    const set = await this.sources.shards.findDataset(CORRECTED);
    this.counted.value = set ? sampleCount(set, 'train') : 0;
  }

  /** Gives a version a lesson; `state` tells how it goes, and ends up asking. */
  async teach(versionId: ModelVersionId): Promise<void> {
    if (this.teaching) return;
    const teaching = new AbortController();
    this.teaching = teaching;
    this.observed.value = { state: 'getting-mnist' };
    try {
      // Where MNIST cannot be had, generated digits are replayed and checked with instead.
      await this.sources.ensureMnist();
      throwIfAborted(teaching.signal);
      this.observed.value = { state: 'learning', stage: 'preparing', share: 0 };
      const { signal } = teaching;
      const onEvent = (progress: LessonProgress) => {
        if (!signal.aborted) this.observed.value = { state: 'learning', ...progress };
      };
      const options = { signal, deadlineMs: DEADLINE_MS, onEvent };
      const lesson = await this.sources.client.call('teach', { versionId }, options);
      throwIfAborted(signal);
      this.observed.value = { state: 'asking', lesson, isKeeping: false };
    } catch (error) {
      this.fail(error);
    } finally {
      this.teaching = undefined;
    }
  }

  /** Calls the lesson off. Nothing is left of it. */
  cancel(): void {
    this.teaching?.abort('cancel');
    if (this.observed.value.state === 'getting-mnist') this.sources.cancelMnist();
  }

  /**
   * The taught model is kept, and answers from now on where the gate lets it through. Resolves to what the gate
   * said, or to undefined where that failed.
   */
  async accept(): Promise<GateVerdict | undefined> {
    const { value } = this.observed;
    if (value.state !== 'asking' || value.isKeeping) return undefined;
    this.observed.value = { ...value, isKeeping: true };
    try {
      const { versionId } = await this.sources.client.call('keepLesson', {}, { deadlineMs: DEADLINE_MS });
      const verdict = await this.sources.judge(versionId);
      this.observed.value = { state: 'idle' };
      return verdict;
    } catch (error) {
      this.fail(error);
      return undefined;
    }
  }

  /** Keeps the old model, or puts a failure away. */
  dismiss(): void {
    this.observed.value = { state: 'idle' };
  }

  private fail(error: unknown): void {
    const record = toErrorRecord(error);
    this.observed.value = record.code === 'aborted' ? { state: 'idle' } : { state: 'failed', error: record };
  }
}
