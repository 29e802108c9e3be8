import type { Dataset } from '../domain/dataset';
import type { ExportFormat } from '../domain/dataset-view';
import { toErrorRecord, type ErrorRecord } from '../domain/errors';
import { MNIST } from '../domain/mnist';
import type { MlClient } from '../ml-client/ml-client';
import { holdStagingLock, isStaging } from '../platform/locks';
import type { ShareProgress } from '../protocol/ml-protocol';
import type { Changes } from '../storage/changes';
import type { ShardRepository } from '../storage/shard-repository';
import { Observable, type Watched } from './observable';

/** The longest silence while a set is written or made, in milliseconds. */
const DEADLINE_MS = 60_000;

/** Something that takes a while: making a set, or taking one away. */
export interface CatalogueWork {
  readonly kind: 'generate' | 'export';
  /** What it is about, in words. */
  readonly title: string;
  readonly progress?: ShareProgress;
}

/** The sets on this device, and what is being done to them. */
export interface Catalogue {
  readonly isLoaded: boolean;
  /** The oldest first. */
  readonly sets: readonly Dataset[];
  readonly work?: CatalogueWork;
  readonly failure?: ErrorRecord;
}

interface Sources {
  readonly shards: ShardRepository;
  readonly changes: Changes;
  readonly client: MlClient;
  /** Called when a set of one's own is listed: the browser is asked not to clear it. */
  readonly onKept: () => void;
}

/** The data sets on this device: lists, makes, renames, deletes them, and hands them out as files. */
export class CatalogueService {
  private readonly observed = new Observable<Catalogue>({ isLoaded: false, sets: [] });
  private working: AbortController | undefined;

  constructor(private readonly sources: Sources) {
    sources.changes.subscribe(({ store }) => {
      if (store === 'datasets') void this.load();
    });
  }

  get catalogue(): Watched<Catalogue> {
    return this.observed;
  }

  /** Reads which sets there are. */
  async load(): Promise<void> {
    this.patch({ isLoaded: true, sets: await this.sources.shards.listDatasets() });
  }

  /** Deletes what an import left behind whose tab was closed. */
  async sweep(): Promise<void> {
    const { shards } = this.sources;
    const listed = new Set((await shards.listDatasets()).map(({ name }) => name));
    for (const name of await shards.listStoredNames()) {
      // Parts of MNIST wait for the rest of it.
      if (name === MNIST || listed.has(name) || (await isStaging(name))) continue;
      await shards.deleteDataset(name);
    }
  }

  /** Gives a set another title. */
  async rename(name: string, title: string): Promise<void> {
    const dataset = await this.sources.shards.findDataset(name);
    if (dataset && title.trim() !== '') {
      await this.sources.shards.completeDataset({ ...dataset, title: title.trim() });
    }
  }

  /** Deletes a set with all that belongs to it. */
  remove(name: string): Promise<void> {
    return this.sources.shards.deleteDataset(name);
  }

  /** Makes a set of generated digits. Resolves to it, or to undefined where it was called off or failed. */
  async generate(seed: number, count: number): Promise<Dataset | undefined> {
    const dataset = crypto.randomUUID();
    const release = await holdStagingLock(dataset);
    const made = await this.work('generate', 'generated digits', (options) =>
      this.sources.client.call('generateDataset', { dataset, seed, count }, options),
    );
    if (made) await this.sources.shards.completeDataset(made);
    if (made) this.sources.onKept();
    release();
    return made;
  }

  /** Writes a set as a file. Resolves to it and its name, or to undefined where that came to nothing. */
  async exportSet(
    { name, title }: Dataset,
    format: ExportFormat,
  ): Promise<{ fileName: string; blob: Blob } | undefined> {
    const written = await this.work('export', title, (options) =>
      this.sources.client.call('exportDataset', { dataset: name, format }, options),
    );
    return written && { fileName: `${fileNameOf(title)}${written.suffix}`, blob: written.blob as Blob };
  }

  /** Calls off what is being made or written. */
  cancel(): void {
    this.working?.abort('cancel');
  }

  /** Puts the last failure away. */
  clearFailure(): void {
    const { failure: _, ...rest } = this.observed.value;
    this.observed.value = rest;
  }

  private async work<T>(
    kind: CatalogueWork['kind'],
    title: string,
    call: (options: {
      signal: AbortSignal;
      deadlineMs: number;
      onEvent: (progress: ShareProgress) => void;
    }) => Promise<T>,
  ): Promise<T | undefined> {
    this.clearFailure();
    this.working = new AbortController();
    this.patch({ work: { kind, title } });
    try {
      return await call({
        signal: this.working.signal,
        deadlineMs: DEADLINE_MS,
        onEvent: (progress) => this.patch({ work: { kind, title, progress } }),
      });
    } catch (error) {
      const failure = toErrorRecord(error);
      if (failure.code !== 'aborted') this.patch({ failure });
      return undefined;
    } finally {
      const { work: _, ...rest } = this.observed.value;
      this.observed.value = rest;
    }
  }

  private patch(patch: Partial<Catalogue>): void {
    this.observed.value = { ...this.observed.value, ...patch };
  }
}

/** A title as a file's name: letters, digits and hyphens. */
function fileNameOf(title: string): string {
  const name = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return name || 'digits';
}
