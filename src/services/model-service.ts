import { DRAWN_BENCHMARK } from '../domain/dataset';
import { toErrorRecord, type ErrorRecord } from '../domain/errors';
import type { EvaluatedData } from '../domain/evaluated-data';
import { SHIPPED_MODEL, type ModelVersionId } from '../domain/ids';
import type { Score } from '../domain/metrics';
import { MNIST } from '../domain/mnist';
import type { ModelEvaluation } from '../domain/model-evaluation';
import type { ModelCard, ModelVersion } from '../domain/model-version';
import type { MlClient } from '../ml-client/ml-client';
import type { Changes } from '../storage/changes';
import type { GateRepository } from '../storage/gate-repository';
import type { ModelRepository, ModelWords } from '../storage/model-repository';
import type { EvaluationRecord } from '../storage/schema';
import type { SettingsRepository } from '../storage/settings-repository';
import { Observable, type Watched } from './observable';
import { Refresher } from './refresher';

/** The longest silence while a model is scored, in milliseconds. */
const EVALUATE_DEADLINE_MS = 60_000;

/** All models there are, and which one answers. */
export interface ModelCatalogue {
  readonly isLoaded: boolean;
  /** The card of the model that comes with the app; undefined where it could not be loaded. */
  readonly shipped?: ModelCard;
  /** Trained here, the newest first. */
  readonly versions: readonly ModelVersion[];
  /** Scores on MNIST's test images, of those that have been scored. */
  readonly testScores: ReadonlyMap<ModelVersionId, Score>;
  /** Scores on the benchmark of drawn digits. */
  readonly drawnScores: ReadonlyMap<ModelVersionId, Score>;
  readonly champion: ModelVersionId;
  /** The one that answered before, where it is still here. */
  readonly previous?: ModelVersionId;
}

/** A scoring that is under way, or why it failed. */
export interface EvaluationState {
  readonly versionId: ModelVersionId;
  readonly done: number;
  readonly total: number;
  readonly error?: ErrorRecord;
}

interface Sources {
  readonly models: ModelRepository;
  readonly gate: GateRepository;
  readonly settings: SettingsRepository;
  readonly changes: Changes;
  readonly client: MlClient;
  readonly baseUrl: string;
}

/** The models: which there are, which one answers, how good they are. */
export class ModelService {
  private readonly state = new Observable<ModelCatalogue>({
    isLoaded: false,
    versions: [],
    testScores: new Map(),
    drawnScores: new Map(),
    champion: SHIPPED_MODEL,
  });
  private readonly evaluationState = new Observable<EvaluationState | undefined>(undefined);
  private evaluations: readonly EvaluationRecord[] = [];
  private evaluating: AbortController | undefined;
  private loading: Promise<void> | undefined;
  private readonly refresher = new Refresher(() => this.readStored());

  constructor(private readonly sources: Sources) {
    sources.changes.subscribe(({ store }) => {
      if (['modelVersions', 'evaluations', 'settings'].includes(store)) void this.refresh();
    });
  }

  get catalogue(): Watched<ModelCatalogue> {
    return this.state;
  }

  get evaluation(): Watched<EvaluationState | undefined> {
    return this.evaluationState;
  }

  /** Reads everything for the first time; asked again, it waits for the same reading. */
  load(): Promise<void> {
    this.loading ??= this.readAll().catch((error: unknown) => {
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }

  private async readAll(): Promise<void> {
    await Promise.all([this.readShipped(), this.refresh()]);
  }

  /** By itself: it is there also where the database is not. */
  private async readShipped(): Promise<void> {
    const shipped = await this.fetchFile<ModelCard>('shipped.json');
    if (shipped) this.state.value = { ...this.state.value, shipped, ...this.scores(shipped) };
  }

  /** Reads what is stored anew; resolves once `catalogue` has all of it. */
  refresh(): Promise<void> {
    return this.refresher.refresh();
  }

  /** Makes a version the one that answers, until another is chosen. A person says so: the gate is not asked. */
  async chooseChampion(id: ModelVersionId): Promise<void> {
    await this.sources.gate.choose(id);
    await this.refresh();
  }

  /** Lets the one answer again that answered before. */
  async rollBack(): Promise<void> {
    const { previous } = this.state.value;
    if (previous !== undefined) await this.chooseChampion(previous);
  }

  /** Gives a version a name, notes and tags. */
  describe(id: ModelVersionId, words: ModelWords): Promise<void> {
    return this.sources.models.describe(id, words);
  }

  /** Deletes a version. Resolves to what brings it back. Throws `conflict` where it answers. */
  async remove(id: ModelVersionId): Promise<() => Promise<void>> {
    const removed = await this.sources.models.remove(id);
    return () => this.sources.models.restore(removed);
  }

  /** Scores a version on MNIST's test images and the drawn digits, or on what is named; `evaluation` tells how far it is. */
  async evaluate(versionId: ModelVersionId, data?: EvaluatedData): Promise<void> {
    this.evaluating = new AbortController();
    this.evaluationState.value = { versionId, done: 0, total: 0 };
    try {
      await this.sources.client.call(
        'evaluate',
        { versionId, ...(data ? { data } : {}) },
        {
          signal: this.evaluating.signal,
          deadlineMs: EVALUATE_DEADLINE_MS,
          onEvent: (progress) => (this.evaluationState.value = { versionId, ...progress }),
        },
      );
      this.evaluationState.value = undefined;
    } catch (error) {
      const record = toErrorRecord(error);
      const failed = { versionId, done: 0, total: 0, error: record };
      this.evaluationState.value = record.code === 'aborted' ? undefined : failed;
    }
  }

  /** Calls the scoring off, or puts its error away. */
  cancelEvaluation(): void {
    this.evaluating?.abort('cancel');
    if (this.evaluationState.value?.error) this.evaluationState.value = undefined;
  }

  /** What was measured of the shipped model; undefined where it could not be loaded, or is of other weights. */
  async fetchShippedEvaluation(): Promise<ModelEvaluation | undefined> {
    await this.load();
    const evaluation = await this.fetchFile<ModelEvaluation>('evaluation.json');
    return evaluation?.weightsHash === this.state.value.shipped?.weightsHash ? evaluation : undefined;
  }

  private async readStored(): Promise<void> {
    const { models, settings } = this.sources;
    const [versions, evaluations, chosen, before] = await Promise.all([
      models.list(),
      models.listEvaluations(),
      settings.get('champion'),
      settings.get('previousChampion'),
    ]);
    this.evaluations = evaluations;
    const isThere = (id: ModelVersionId | undefined) =>
      id === SHIPPED_MODEL || versions.some((version) => version.id === id);
    const champion = chosen !== undefined && isThere(chosen) ? chosen : SHIPPED_MODEL;
    const { previous: _, ...state } = this.state.value;
    this.state.value = {
      ...state,
      isLoaded: true,
      versions,
      ...this.scores(state.shipped),
      champion,
      ...(before !== undefined && before !== champion && isThere(before) ? { previous: before } : {}),
    };
  }

  /** Who scored what. An update may have brought another shipped model: what the one before reached is not its score. */
  private scores(shipped: ModelCard | undefined): Pick<ModelCatalogue, 'testScores' | 'drawnScores'> {
    const isOf = ({ versionId, weightsHash }: EvaluationRecord) =>
      versionId !== SHIPPED_MODEL || (shipped !== undefined && weightsHash === shipped.weightsHash);
    const on = (name: string) =>
      new Map(
        this.evaluations
          .filter((evaluation) => evaluation.dataset === name && isOf(evaluation))
          .map(({ versionId, score }) => [versionId, score]),
      );
    return { testScores: on(`${MNIST}/test`), drawnScores: on(DRAWN_BENCHMARK) };
  }

  /** Undefined where it cannot be had, and where it is another one than the app was built with. */
  private async fetchFile<T>(name: string): Promise<T | undefined> {
    const path = `models/${name}`;
    const response = await fetch(new URL(path, this.sources.baseUrl));
    if (!response.ok) return undefined;
    const bytes = new Uint8Array(await response.arrayBuffer());
    // The hashes are no part of the first paint.
    const { isAsBuilt } = await import('../platform/file-hashes');
    return (await isAsBuilt(path, bytes)) ? (JSON.parse(new TextDecoder().decode(bytes)) as T) : undefined;
  }
}
