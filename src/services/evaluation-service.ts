import type { DisturbanceKind, DisturbedScore } from '../domain/disturbance';
import { AppError, toErrorRecord, type ErrorRecord } from '../domain/errors';
import { dataKey, type EvaluatedData } from '../domain/evaluated-data';
import type { Examined } from '../domain/evaluation';
import type { ModelVersionId } from '../domain/ids';
import type { Prediction } from '../domain/prediction';
import type { MlClient } from '../ml-client/ml-client';
import { withDatasetLock } from '../platform/locks';
import { saveFile } from '../platform/save-file';
import type { Changes } from '../storage/changes';
import type { ModelRepository } from '../storage/model-repository';
import type { SampleEdit } from '../storage/schema';
import type { ShardRepository } from '../storage/shard-repository';
import { AskedWork } from './asked-work';
import { Observable, type Watched } from './observable';

/** The longest silence while a model is tested, in milliseconds. */
const DEADLINE_MS = 60_000;

/** Which model, on which images. */
export interface EvaluationQuestion {
  readonly versionId: ModelVersionId;
  readonly data: EvaluatedData;
}

/** A test that is done. */
export interface DoneEvaluation extends EvaluationQuestion {
  readonly examined: Examined;
}

/** A test that is under way. */
export interface EvaluationWork extends EvaluationQuestion {
  readonly done: number;
  readonly total: number;
}

/** What is known of models, and what is being found out. */
export interface EvaluationState {
  /** The last test; it stays while a newer one is under way. */
  readonly shown?: DoneEvaluation;
  /** Another version on the same images. */
  readonly rival?: DoneEvaluation;
  readonly work?: EvaluationWork;
  readonly failure?: ErrorRecord;
  /** Names of the tests that were done before: asked again, they take a moment. */
  readonly known: ReadonlySet<string>;
}

interface Sources {
  readonly models: ModelRepository;
  readonly shards: ShardRepository;
  readonly changes: Changes;
  readonly client: MlClient;
  /** Called when a sample got another label: whoever has the set open reads it again. */
  readonly onRelabelled: () => void;
}

/** Which image of which set. */
type SamplePlace = Pick<SampleEdit, 'dataset' | 'split' | 'index'>;

function setGone(): AppError {
  return new AppError('not-found', 'The set of this image is not on this device any more.', {
    reason: 'DATASET_MISSING',
    kept: 'No label was changed.',
    remedy: 'Bring the set in again on Data, or test on another one.',
  });
}

function sideWork(signal: AbortSignal, onShare: (share: number) => void) {
  return { signal, deadlineMs: DEADLINE_MS, onEvent: ({ share }: { share: number }) => onShare(share) };
}

/** Tests of model versions: any version on any images, two of them side by side. */
export class EvaluationService {
  private readonly observed = new Observable<EvaluationState>({ known: new Set() });
  private working: AbortController | undefined;

  /** The version on every set that there is. */
  readonly sets = new AskedWork((versionId: ModelVersionId, signal, onShare) =>
    this.sources.client.call('scoreSets', { versionId }, sideWork(signal, onShare)),
  );
  /** What networks that have not learned from images read in them: [count, 10] logits. */
  readonly unseen = new AskedWork((data: EvaluatedData, signal, onShare) =>
    this.sources.client.call('answerUnseen', { data }, sideWork(signal, onShare)),
  );

  constructor(private readonly sources: Sources) {
    sources.changes.subscribe(({ store }) => {
      if (store === 'evaluations') void this.load();
    });
  }

  get state(): Watched<EvaluationState> {
    return this.observed;
  }

  /** Reads which tests were done before. */
  async load(): Promise<void> {
    const evaluations = await this.sources.models.listEvaluations();
    const known = evaluations.map(({ versionId, dataset }) => `${versionId} ${dataset}`);
    this.patch({ known: new Set(known) });
  }

  /** True where a test was done before. */
  isKnown({ versionId, data }: EvaluationQuestion): boolean {
    return this.observed.value.known.has(`${versionId} ${dataKey(data)}`);
  }

  /** Tests a version; `state` tells how far it is, and what came out. */
  async examine(question: EvaluationQuestion): Promise<void> {
    const examined = await this.ask(question);
    if (!examined) return;
    const { rival } = this.observed.value;
    this.patch({ shown: { ...question, examined } });
    if (rival && dataKey(rival.data) !== dataKey(question.data)) await this.compareWith(rival.versionId);
  }

  /** Tests another version on the same images, or puts it away. */
  async compareWith(versionId: ModelVersionId | undefined): Promise<void> {
    const { shown, rival: _, ...rest } = this.observed.value;
    this.observed.value = shown ? { ...rest, shown } : rest;
    if (versionId === undefined || !shown) return;
    const question = { versionId, data: shown.data };
    const examined = await this.ask(question);
    if (examined) this.patch({ rival: { ...question, examined } });
  }

  /**
   * Gives an image of the shown test another label, in its set, and tests again. Resolves to what takes that back.
   * Throws `not-found` where the set is gone.
   */
  async relabel(row: number, label: number): Promise<() => Promise<void>> {
    const { shown } = this.observed.value;
    if (shown?.data.kind !== 'stored')
      throw new RangeError('Only images of a stored set have labels to change');
    const { places, trainCount, readings } = shown.examined;
    const split = row < trainCount ? 'train' : 'test';
    const place: SamplePlace = { dataset: shown.data.name, split, index: places[row]! };
    const before = readings.labels[row]!;
    await this.move(place, before, label);
    return () => this.move(place, label, before);
  }

  private async move(place: SamplePlace, before: number, after: number): Promise<void> {
    const { dataset: name, split } = place;
    await withDatasetLock(name, async () => {
      const record = await this.sources.shards.findDataset(name);
      if (!record) throw setGone();
      const moved = record.counts[split].map(
        (count, digit) => count + Number(digit === after) - Number(digit === before),
      );
      const edit = { ...place, label: after, editedAt: Date.now() };
      await this.sources.shards.saveEdits(name, [edit], { ...record.counts, [split]: moved });
    });
    this.sources.onRelabelled();
    const { shown, rival } = this.observed.value;
    if (shown?.data.kind !== 'stored' || shown.data.name !== name) return;
    await this.examine(shown);
    if (rival) await this.compareWith(rival.versionId);
  }

  /** How a model reads images that are made worse. Rejects with `aborted` where it is called off. */
  disturb(
    { versionId, data }: EvaluationQuestion,
    kind: DisturbanceKind,
    signal: AbortSignal,
    onProgress: (share: number) => void,
  ): Promise<readonly DisturbedScore[]> {
    const onEvent = ({ done, total }: { done: number; total: number }) => onProgress(done / total);
    return this.sources.client.call(
      'disturb',
      { versionId, data, kind },
      { signal, deadlineMs: DEADLINE_MS, onEvent },
    );
  }

  /** What a model reads in one image, [28, 28] bytes. */
  async read(versionId: ModelVersionId, pixels: Uint8Array<ArrayBuffer>): Promise<Prediction> {
    const question = { versionId, pixels };
    return (await this.sources.client.call('predict', question, { deadlineMs: DEADLINE_MS })).prediction;
  }

  /** Calls the test off that is under way. */
  cancel(): void {
    this.working?.abort('cancel');
  }

  /** Puts the last failure away. */
  clearFailure(): void {
    const { failure: _, ...rest } = this.observed.value;
    this.observed.value = rest;
  }

  /** Hands a chart or a table over as a file. */
  save(fileName: string, content: Blob): void {
    saveFile(fileName, content);
  }

  private async ask(question: EvaluationQuestion): Promise<Examined | undefined> {
    this.cancel();
    this.clearFailure();
    const working = new AbortController();
    this.working = working;
    this.patch({ work: { ...question, done: 0, total: 0 } });
    try {
      const examined = await this.sources.client.call('examine', question, {
        signal: working.signal,
        deadlineMs: DEADLINE_MS,
        onEvent: (progress) => {
          if (this.working === working) this.patch({ work: { ...question, ...progress } });
        },
      });
      return this.working === working ? examined : undefined;
    } catch (error) {
      const failure = toErrorRecord(error);
      if (failure.code !== 'aborted' && this.working === working) this.patch({ failure });
      return undefined;
    } finally {
      if (this.working === working) this.endWork();
    }
  }

  private endWork(): void {
    const { work: _, ...rest } = this.observed.value;
    this.observed.value = rest;
  }

  private patch(patch: Partial<EvaluationState>): void {
    this.observed.value = { ...this.observed.value, ...patch };
  }
}
