import type { Dataset } from '../domain/dataset';
import type { ImportResult } from '../domain/dataset-view';
import { toErrorRecord, type ErrorRecord } from '../domain/errors';
import type { MlClient } from '../ml-client/ml-client';
import { holdStagingLock } from '../platform/locks';
import type { ShareProgress } from '../protocol/ml-protocol';
import type { ShardRepository } from '../storage/shard-repository';
import { Observable, type Watched } from './observable';

/** The longest silence while files are read, in milliseconds: a large ZIP is opened without a word. */
const DEADLINE_MS = 120_000;

/** What is being brought in. Nothing is listed before somebody has agreed to the summary. */
export type ImportState =
  | { readonly state: 'idle' }
  | {
      readonly state: 'reading';
      readonly fileName: string;
      readonly startedAt: number;
      readonly progress?: ShareProgress;
    }
  | { readonly state: 'read'; readonly fileName: string; readonly result: ImportResult }
  | { readonly state: 'failed'; readonly fileName: string; readonly error: ErrorRecord };

/** What was read for a program. One of the two must be called. */
export interface ImportedAside {
  readonly result: ImportResult;
  /** Lists the set. */
  readonly keep: () => Promise<void>;
  readonly drop: () => Promise<void>;
}

interface Sources {
  readonly shards: ShardRepository;
  readonly client: MlClient;
  /** Called when a set of one's own is listed: the browser is asked not to clear it. */
  readonly onKept: () => void;
}

/** Brings files in, one import after another: reads, waits for a yes or no, and goes on with the next. */
export class ImportService {
  private readonly observed = new Observable<ImportState>({ state: 'idle' });
  private readonly queued: (readonly File[])[] = [];
  private reading: AbortController | undefined;
  private release: () => void = () => undefined;

  constructor(private readonly sources: Sources) {}

  get import(): Watched<ImportState> {
    return this.observed;
  }

  /** Imports that wait until the present one is done with. */
  get waitingCount(): number {
    return this.queued.length;
  }

  /** Brings files in: each ZIP by itself, tables together. */
  add(files: readonly File[]): void {
    const isArchive = ({ name, type }: File) => /\.zip$/i.test(name) || type.includes('zip');
    const archives = files.filter(isArchive);
    const tables = files.filter((file) => !isArchive(file));
    this.queued.push(...archives.map((file) => [file]), ...(tables.length > 0 ? [tables] : []));
    const { state } = this.observed.value;
    if (state === 'idle' || state === 'failed') this.next();
  }

  /** Calls the reading off. Nothing is left of it. */
  cancel(): void {
    this.reading?.abort('cancel');
  }

  /** Agrees to the summary: the set is listed from now on. */
  async accept(): Promise<Dataset | undefined> {
    const { value } = this.observed;
    if (value.state !== 'read' || !value.result.dataset) return undefined;
    const { dataset } = value.result;
    await this.sources.shards.completeDataset(dataset);
    this.sources.onKept();
    this.next();
    return dataset;
  }

  /** Declines the summary, or puts a failure away. */
  async discard(): Promise<void> {
    const { value } = this.observed;
    const dataset = value.state === 'read' ? value.result.dataset : undefined;
    this.next();
    if (dataset) await this.sources.shards.deleteDataset(dataset.name);
  }

  /**
   * Reads files for a program, beside the queue. What was read is listed by `keep` and gone after `drop`.
   * Rejects with an AppError; `aborted` where it was called off.
   */
  async readAside(files: readonly File[], signal: AbortSignal): Promise<ImportedAside> {
    const name = crypto.randomUUID();
    const { shards, client, onKept } = this.sources;
    const release = await holdStagingLock(name);
    try {
      const options = { signal, deadlineMs: DEADLINE_MS };
      const result = await client.call('importSamples', { files, dataset: name }, options);
      const keep = async () => {
        if (result.dataset) await shards.completeDataset(result.dataset);
        release();
        onKept();
      };
      const drop = async () => {
        await shards.deleteDataset(name);
        release();
      };
      return { result, keep, drop };
    } catch (error) {
      await shards.deleteDataset(name);
      release();
      throw error;
    }
  }

  private next(): void {
    this.release();
    this.release = () => undefined;
    const files = this.queued.shift();
    if (files) void this.read(files);
    else this.observed.value = { state: 'idle' };
  }

  private async read(files: readonly File[]): Promise<void> {
    const fileName = files.map(({ name }) => name).join(', ');
    const startedAt = Date.now();
    const name = crypto.randomUUID();
    this.reading = new AbortController();
    this.observed.value = { state: 'reading', fileName, startedAt };
    this.release = await holdStagingLock(name);
    try {
      const result = await this.sources.client.call(
        'importSamples',
        { files, dataset: name },
        {
          signal: this.reading.signal,
          deadlineMs: DEADLINE_MS,
          onEvent: (progress) => (this.observed.value = { state: 'reading', fileName, startedAt, progress }),
        },
      );
      this.observed.value = { state: 'read', fileName, result };
    } catch (error) {
      // A worker that died cannot clean up after itself.
      await this.sources.shards.deleteDataset(name);
      const record = toErrorRecord(error);
      if (record.code === 'aborted') this.next();
      else this.observed.value = { state: 'failed', fileName, error: record };
    }
  }
}
