import { noCounts, type Dataset } from '../domain/dataset';
import {
  SAMPLE_SPLITS,
  type DatasetDescription,
  type DatasetMap,
  type SampleChunk,
  type SampleSplit,
} from '../domain/dataset-view';
import { toErrorRecord, type ErrorRecord } from '../domain/errors';
import { IMAGE_PIXELS } from '../domain/sample';
import type { ShardedSplitName } from '../domain/shard-manifest';
import type { MlClient } from '../ml-client/ml-client';
import { saveFile } from '../platform/save-file';
import { withDatasetLock } from '../platform/locks';
import type { SampleEdit } from '../storage/schema';
import type { ShardRepository } from '../storage/shard-repository';
import { Observable, type Watched } from './observable';

/** The longest silence while a set is read or looked at, in milliseconds. */
const DEADLINE_MS = 60_000;

/** All samples of a set, in memory: a view of it, the truth is in the database. */
export interface OpenSamples {
  readonly count: number;
  /** [count, 28, 28] bytes. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly labels: Uint8Array;
  /** The place of each in `SAMPLE_SPLITS`. */
  readonly splits: Uint8Array;
  readonly places: Uint32Array;
  /** The numbers of those that were given another label since the set was opened. */
  readonly relabelled: ReadonlySet<number>;
  /** The numbers of those that were deleted since then: they stay in memory, and can come back. */
  readonly deleted: ReadonlySet<number>;
}

/** The set that somebody looks at. */
export interface OpenSet {
  readonly name: string;
  readonly samples?: OpenSamples;
  /** How many of the samples are here yet, 0 … 1. */
  readonly loaded: number;
  readonly description?: DatasetDescription;
  readonly map?: DatasetMap;
  readonly duplicates?: readonly (readonly number[])[];
  /** What is being computed. */
  readonly busy?: 'map' | 'duplicates';
  readonly canUndo: boolean;
  readonly error?: ErrorRecord;
}

/** A change that can be taken back: what each sample was before. */
interface Step {
  readonly numbers: readonly number[];
  readonly labels: readonly number[];
  readonly wasDeleted: readonly boolean[];
}

/** One set, opened: its samples, what it looks like, and changes that can be taken back. */
export class SampleService {
  private readonly observed = new Observable<OpenSet | undefined>(undefined);
  private opening: AbortController | undefined;
  private steps: Step[] = [];

  constructor(
    private readonly shards: ShardRepository,
    private readonly client: MlClient,
  ) {}

  get open(): Watched<OpenSet | undefined> {
    return this.observed;
  }

  /** Opens a set: its samples first, then what it looks like as a whole. */
  async openSet(name: string): Promise<void> {
    this.opening?.abort('cancel');
    const opening = new AbortController();
    this.opening = opening;
    this.steps = [];
    this.observed.value = { name, loaded: 0, canUndo: false };
    try {
      await this.readAll(name, opening.signal);
      await this.describe(name);
    } catch (error) {
      const record = toErrorRecord(error);
      if (record.code !== 'aborted' && this.opening === opening) this.patch(name, { error: record });
    }
  }

  /** Hands a file to the browser's downloads: a set, or a chart of one. */
  save(fileName: string, content: Blob): void {
    saveFile(fileName, content);
  }

  /** Closes the set and frees its memory. */
  close(): void {
    this.opening?.abort('cancel');
    this.steps = [];
    this.observed.value = undefined;
  }

  /** Lays the set out on a plane. */
  showMap(): Promise<void> {
    return this.compute('map', async (name) => {
      const map = await this.client.call('mapDataset', { dataset: name }, { deadlineMs: DEADLINE_MS });
      return { map };
    });
  }

  /** Finds samples that look the same. */
  findDuplicates(): Promise<void> {
    return this.compute('duplicates', async (name) => {
      const duplicates = await this.client.call(
        'findDuplicates',
        { dataset: name },
        { deadlineMs: DEADLINE_MS },
      );
      return { duplicates };
    });
  }

  /** Gives samples another label. */
  relabel(numbers: readonly number[], label: number): Promise<void> {
    return this.change(numbers, () => label, false);
  }

  /** Deletes samples. */
  remove(numbers: readonly number[]): Promise<void> {
    return this.change(numbers, (number) => this.requireSamples().labels[number]!, true);
  }

  /** Takes the last change back. */
  undo(): Promise<void> {
    return this.inTurn(async (name, steps) => {
      const step = steps.at(-1);
      if (!step) return;
      const before = new Map(
        step.numbers.map((number, at) => [
          number,
          { label: step.labels[at]!, isDeleted: step.wasDeleted[at]! },
        ]),
      );
      await this.write(name, step.numbers, (number) => before.get(number)!);
      steps.pop();
      this.patch(name, { canUndo: steps.length > 0 });
    });
  }

  private change(
    numbers: readonly number[],
    labelOf: (number: number) => number,
    isDeleted: boolean,
  ): Promise<void> {
    return this.inTurn(async (name, steps) => {
      const { labels, deleted } = this.requireSamples();
      const step: Step = {
        numbers,
        labels: numbers.map((number) => labels[number]!),
        wasDeleted: numbers.map((number) => deleted.has(number)),
      };
      await this.write(name, numbers, (number) => ({ label: labelOf(number), isDeleted }));
      steps.push(step);
      this.patch(name, { canUndo: true });
    });
  }

  /** Changes the open set once earlier changes are stored, then looks at it anew; nothing where it was closed meanwhile. */
  private async inTurn(change: (name: string, steps: Step[]) => Promise<void>): Promise<void> {
    const { name } = this.observed.value!;
    const { steps } = this;
    await withDatasetLock(name, async () => {
      if (this.steps === steps) await change(name, steps);
    });
    await this.describe(name);
  }

  /** Commits first, then shows. */
  private async write(
    name: string,
    numbers: readonly number[],
    after: (number: number) => { readonly label: number; readonly isDeleted: boolean },
  ): Promise<void> {
    const samples = this.requireSamples();
    const labels = samples.labels.slice();
    const deleted = new Set(samples.deleted);
    const relabelled = new Set(samples.relabelled);
    const edits = numbers.map((number): SampleEdit => {
      const { label, isDeleted } = after(number);
      if (label !== labels[number]) relabelled.add(number);
      labels[number] = label;
      if (isDeleted) deleted.add(number);
      else deleted.delete(number);
      const place = { split: storedSplit(samples, number), index: samples.places[number]! };
      return { dataset: name, ...place, label: isDeleted ? undefined : label, editedAt: Date.now() };
    });
    const changed = { ...samples, labels, deleted, relabelled };
    await this.shards.saveEdits(name, edits, countSamples(changed));
    this.patch(name, { samples: changed });
  }

  private requireSamples(): OpenSamples {
    const samples = this.observed.value?.samples;
    if (!samples) throw new RangeError('No set is open');
    return samples;
  }

  private async readAll(name: string, signal: AbortSignal): Promise<void> {
    let samples: OpenSamples | undefined;
    await this.client.call(
      'readSamples',
      { dataset: name },
      {
        signal,
        deadlineMs: DEADLINE_MS,
        onEvent: (chunk) => {
          if (signal.aborted) return;
          samples ??= roomFor(chunk.total);
          place(samples, chunk);
          const loaded = (chunk.first + chunk.labels.length) / chunk.total;
          this.patch(name, { samples: { ...samples }, loaded });
        },
      },
    );
    if (!signal.aborted) this.patch(name, { samples: samples ?? roomFor(0), loaded: 1 });
  }

  private async describe(name: string): Promise<void> {
    const description = await this.client.call(
      'describeDataset',
      { dataset: name },
      { deadlineMs: DEADLINE_MS },
    );
    this.patch(name, { description });
  }

  private async compute(
    busy: 'map' | 'duplicates',
    work: (name: string) => Promise<Partial<OpenSet>>,
  ): Promise<void> {
    const { name } = this.observed.value!;
    this.patch(name, { busy });
    try {
      this.patch(name, await work(name));
    } catch (error) {
      this.patch(name, { error: toErrorRecord(error) });
    }
    const { value } = this.observed;
    if (value?.name !== name) return;
    const { busy: _, ...rest } = value;
    this.observed.value = rest;
  }

  /** Changes what is shown, unless another set has been opened meanwhile. */
  private patch(name: string, patch: Partial<OpenSet>): void {
    const { value } = this.observed;
    if (value?.name === name) this.observed.value = { ...value, ...patch };
  }
}

/** The split of a sample, in words. */
export function splitOf({ splits }: OpenSamples, number: number): SampleSplit {
  return SAMPLE_SPLITS[splits[number]!]!;
}

function storedSplit(samples: OpenSamples, number: number): ShardedSplitName {
  return splitOf(samples, number) === 'test' ? 'test' : 'train';
}

function countSamples(samples: OpenSamples): Dataset['counts'] {
  const counts = { train: noCounts(), test: noCounts() };
  for (let number = 0; number < samples.count; number++) {
    if (!samples.deleted.has(number)) counts[storedSplit(samples, number)][samples.labels[number]!]! += 1;
  }
  return counts;
}

function roomFor(count: number): OpenSamples {
  return {
    count,
    pixels: new Uint8Array(count * IMAGE_PIXELS),
    labels: new Uint8Array(count),
    splits: new Uint8Array(count),
    places: new Uint32Array(count),
    relabelled: new Set(),
    deleted: new Set(),
  };
}

function place(samples: OpenSamples, { first, pixels, labels, splits, places }: SampleChunk): void {
  samples.pixels.set(pixels, first * IMAGE_PIXELS);
  samples.labels.set(labels, first);
  samples.splits.set(splits, first);
  samples.places.set(places, first);
}
