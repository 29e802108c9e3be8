import { toErrorRecord, type ErrorRecord } from '../domain/errors';
import { MNIST } from '../domain/mnist';
import { IMAGE_PIXELS } from '../domain/sample';
import { offersShards } from '../domain/shard-manifest';
import type { MlClient } from '../ml-client/ml-client';
import { deviceMemoryBytes } from '../platform/device-memory';
import type { FetchProgress } from '../protocol/ml-protocol';
import type { Changes } from '../storage/changes';
import type { ShardRepository } from '../storage/shard-repository';
import { Observable, type Watched } from './observable';

/** The longest silence while MNIST is fetched, in milliseconds: a slow network still says something. */
const FETCH_DEADLINE_MS = 60_000;
/** The longest that the four files may take, in milliseconds. */
const IMPORT_DEADLINE_MS = 120_000;

/** Where MNIST is. */
export type MnistState =
  | { readonly state: 'unknown' }
  | { readonly state: 'stored' }
  /** Not on this device; `isOffered` tells whether this copy of the app came with it. */
  | { readonly state: 'missing'; readonly isOffered: boolean; readonly error?: ErrorRecord }
  | { readonly state: 'fetching'; readonly progress: FetchProgress | undefined }
  | { readonly state: 'importing' };

interface Sources {
  readonly shards: ShardRepository;
  readonly changes: Changes;
  readonly client: MlClient;
  readonly baseUrl: string;
}

/** The data sets: for now MNIST, and how it comes onto this device. */
export class DatasetService {
  private readonly state = new Observable<MnistState>({ state: 'unknown' });
  private fetching: AbortController | undefined;
  /** The device's memory in bytes; undefined where the browser does not tell. */
  readonly memoryBytes = deviceMemoryBytes();

  constructor(private readonly sources: Sources) {
    sources.changes.subscribe(({ store }) => {
      if (store === 'datasets' && !this.isBusy) void this.load();
    });
  }

  get mnist(): Watched<MnistState> {
    return this.state;
  }

  /** Finds out where MNIST is, where nobody has yet. */
  async ensureLoaded(): Promise<void> {
    if (this.state.value.state === 'unknown') await this.load();
  }

  /** Some digits to show: MNIST's first ones where it is stored, generated ones otherwise. [count, 28, 28] bytes. */
  async loadExamples(count: number): Promise<Uint8Array<ArrayBuffer>> {
    const shard =
      this.state.value.state === 'stored' ? await this.sources.shards.load(MNIST, 'train', 0) : undefined;
    if (shard) return shard.pixels.slice(0, count * IMAGE_PIXELS);
    // Not with the first paint: the skeletons of the ten digits are as much code as a page.
    const { generateDigits } = await import('../domain/generated-digits');
    return generateDigits(1, 0, count).pixels;
  }

  /** Finds out where MNIST is. */
  async load(): Promise<void> {
    if (await this.sources.shards.findDataset(MNIST)) this.state.value = { state: 'stored' };
    else this.state.value = { state: 'missing', isOffered: await this.isOffered() };
  }

  /** Brings MNIST onto this device where it is not yet. Resolves to true when it is whole. */
  async ensureMnist(): Promise<boolean> {
    if (this.state.value.state === 'unknown') await this.load();
    return this.state.value.state === 'stored' || this.acquireMnist();
  }

  /** Fetches what is missing of MNIST. Resolves to true when it is whole; `mnist` tells the rest. */
  async acquireMnist(): Promise<boolean> {
    this.fetching = new AbortController();
    this.state.value = { state: 'fetching', progress: undefined };
    const { signal } = this.fetching;
    return this.attempt(() =>
      this.sources.client.call(
        'acquireMnist',
        {},
        {
          signal,
          deadlineMs: FETCH_DEADLINE_MS,
          onEvent: (progress) => (this.state.value = { state: 'fetching', progress }),
        },
      ),
    );
  }

  /** Calls the fetching off. What has arrived stays. */
  cancelAcquire(): void {
    this.fetching?.abort('cancel');
  }

  /** Stores MNIST from its four files. Resolves to true when it is whole; `mnist` tells the rest. */
  importMnist(files: readonly File[]): Promise<boolean> {
    this.state.value = { state: 'importing' };
    return this.attempt(() =>
      this.sources.client.call('importMnist', { files }, { deadlineMs: IMPORT_DEADLINE_MS }),
    );
  }

  private get isBusy(): boolean {
    return this.state.value.state === 'fetching' || this.state.value.state === 'importing';
  }

  private async attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      this.state.value = { state: 'stored' };
      return true;
    } catch (error) {
      const record = toErrorRecord(error);
      const isOffered = await this.isOffered();
      this.state.value = {
        state: 'missing',
        isOffered,
        ...(record.code === 'aborted' ? {} : { error: record }),
      };
      return false;
    }
  }

  /** True where the host has MNIST. Offline nobody knows; then it is offered. */
  private async isOffered(): Promise<boolean> {
    try {
      const response = await fetch(new URL('mnist/manifest.json', this.sources.baseUrl));
      const isJson = response.headers.get('content-type')?.includes('json') ?? false;
      return response.ok && isJson && offersShards(await response.json());
    } catch (error) {
      if (error instanceof TypeError) return true;
      throw error;
    }
  }
}
