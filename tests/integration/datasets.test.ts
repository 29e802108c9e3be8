import { expect } from 'chai';
import { deleteDB, openDB } from 'idb';
import { sampleCount, type Dataset } from '../../src/domain/dataset';
import type { ExportFormat, ImportResult } from '../../src/domain/dataset-view';
import { generateDigits } from '../../src/domain/generated-digits';
import { acceptedCount, tallyTotal } from '../../src/domain/import-report';
import { MNIST, MNIST_COUNTS } from '../../src/domain/mnist';
import { findRecipe } from '../../src/domain/recipe';
import { imageAt } from '../../src/domain/sample';
import { CatalogueService } from '../../src/services/catalogue-service';
import { CollectionService } from '../../src/services/collection-service';
import { ImportService, type ImportState } from '../../src/services/import-service';
import { SampleService } from '../../src/services/sample-service';
import { createRepositories } from '../../src/storage/repositories';
import { digitPixels, digitPng } from '../helpers/digit-files';
import { reasonOf } from '../helpers/tables';
import { freshDatabaseName, openBench, type Bench } from '../helpers/worker';
import { asFile, zip, type ZipPart } from '../helpers/zip-files';

const DEADLINE = { deadlineMs: 60_000 };
const NOTHING = () => undefined;

/** Ten digits and more, one picture each: what the course project came with. */
async function parts(count: number): Promise<readonly ZipPart[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, seed) => ({
      name: `${seed % 10}/picture-${seed}.png`,
      content: await digitPng(seed),
    })),
  );
}

const archive = async (count: number, name?: string) => asFile(await zip(await parts(count)), name);

/** Resolves with the first state of an import that `isWanted`. */
function untilImport(
  imports: ImportService,
  isWanted: (state: ImportState) => boolean,
): Promise<ImportState> {
  return new Promise((resolve) => {
    const look = () => {
      if (!isWanted(imports.import.value)) return;
      unsubscribe();
      resolve(imports.import.value);
    };
    const unsubscribe = imports.import.subscribe(look);
    look();
  });
}

describe('data sets', () => {
  let bench: Bench;
  beforeEach(() => (bench = openBench()));
  afterEach(() => bench.close());

  const importFiles = (
    files: readonly File[],
    dataset: string,
    client = bench.client,
  ): Promise<ImportResult> => client.call('importSamples', { files, dataset }, DEADLINE);

  async function addFiles(files: readonly File[], name: string): Promise<Dataset> {
    const { dataset } = await importFiles(files, name);
    await bench.shards.completeDataset(dataset!);
    return dataset!;
  }

  async function makeSet(name: string, count: number, seed = 1): Promise<Dataset> {
    const made = await bench.client.call('generateDataset', { dataset: name, seed, count }, DEADLINE);
    await bench.shards.completeDataset(made);
    return made;
  }

  describe('an import', () => {
    it('takes one image per digit, as the course project’s own ZIP has, and lists nothing by itself', async () => {
      const { dataset, report, previews } = await importFiles([await archive(10)], 'ten');
      expect(dataset!.counts.train).to.deep.equal([1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
      expect(acceptedCount(report)).to.equal(10);
      expect(previews.length).to.be.above(0);
      expect(await bench.shards.listDatasets()).to.deep.equal([]);
      await bench.shards.completeDataset(dataset!);
      const shard = (await bench.shards.load('ten', 'train', 0))!;
      expect([...imageAt(shard.pixels, 3)]).to.deep.equal([...digitPixels(3)]);
    });

    it('drops what is there already and refuses what contradicts it, and counts both', async () => {
      const again: ZipPart = { name: '4/again.png', content: await digitPng(4) };
      const wrong: ZipPart = { name: '9/wrong.png', content: await digitPng(4) };
      const file = asFile(await zip([...(await parts(10)), again, wrong]));
      const { report } = await importFiles([file], 'set');
      expect(report.ignored.map(({ code }) => code)).to.deep.equal(['DUPLICATE']);
      expect(report.rejected.map(({ code }) => code)).to.deep.equal(['LABEL_CONFLICT']);
      const sum = acceptedCount(report) + tallyTotal(report.ignored) + tallyTotal(report.rejected);
      expect(report.entries).to.equal(sum);
    });

    it('that fails leaves everything as it was', async () => {
      const before = await addFiles([await archive(10)], 'before');
      const hostile = asFile(await zip(await parts(3), { count: 7 }));
      expect(await reasonOf(importFiles([hostile], 'hostile'))).to.equal('ZIP_AMBIGUOUS');
      const broken = new File(['label,pixel0\n1,2,3'], 'broken.csv');
      expect(await reasonOf(importFiles([broken], 'broken'))).to.equal('CSV_INVALID');
      expect(await bench.shards.listDatasets()).to.deep.equal([before]);
      expect([...(await bench.shards.listStoredNames())]).to.deep.equal(['before']);
    });

    it('that is called off leaves everything as it was', async () => {
      const controller = new AbortController();
      // Long enough to be told of before it is done.
      const digits = await parts(384);
      const many = Array.from({ length: 40 }, (_, at) =>
        digits.map((part) => ({ ...part, name: `${at}/${part.name as string}` })),
      );
      const work = bench.client.call(
        'importSamples',
        { files: [asFile(await zip(many.flat()))], dataset: 'half' },
        { ...DEADLINE, signal: controller.signal, onEvent: () => controller.abort('cancel') },
      );
      expect(await reasonOf(work)).to.equal('aborted');
      expect([...(await bench.shards.listStoredNames())]).to.deep.equal([]);
    });

    it('does not take the same file twice, whatever it is called', async () => {
      await addFiles([await archive(10)], 'once');
      expect(await reasonOf(importFiles([await archive(10, 'another.zip')], 'twice'))).to.equal(
        'ALREADY_IMPORTED',
      );
    });

    it('in two tabs at once gets both right', async () => {
      const other = bench.anotherClient();
      const [first, second] = await Promise.all([
        importFiles([await archive(120)], 'first'),
        importFiles([await archive(90)], 'second', other),
      ]);
      expect(acceptedCount(first.report)).to.equal(120);
      expect(acceptedCount(second.report)).to.equal(90);
      expect(first.dataset!.contentHash.train).not.to.equal(second.dataset!.contentHash.train);
    });

    it('whose tab was closed is swept away; one that somebody still reads is not', async () => {
      await importFiles([await archive(10)], 'left-over');
      const imports = new ImportService({ shards: bench.shards, client: bench.client, onKept: NOTHING });
      imports.add([await archive(20)]);
      await untilImport(imports, ({ state }) => state === 'read');
      const catalogue = new CatalogueService({ ...bench, onKept: NOTHING });
      await catalogue.sweep();
      const left = await bench.shards.listStoredNames();
      expect(left.has('left-over')).to.equal(false);
      expect(left.size).to.equal(1);
      const added = await imports.accept();
      expect(sampleCount(added!)).to.equal(20);
    });

    it('waits for its turn, and a declined one leaves nothing', async () => {
      const imports = new ImportService({ shards: bench.shards, client: bench.client, onKept: NOTHING });
      imports.add([await archive(10, 'a.zip'), await archive(12, 'b.zip')]);
      await untilImport(imports, (state) => state.state === 'read' && state.fileName === 'a.zip');
      await imports.discard();
      await untilImport(imports, (state) => state.state === 'read' && state.fileName === 'b.zip');
      await imports.accept();
      expect(imports.import.value.state).to.equal('idle');
      const sets = await bench.shards.listDatasets();
      expect(sets.map(sampleCountOf)).to.deep.equal([12]);
      expect((await bench.shards.listStoredNames()).size).to.equal(1);
    });
  });

  describe('a set that is taken away and brought back', () => {
    for (const format of ['folders', 'idx', 'csv'] as const satisfies readonly ExportFormat[]) {
      it(`is the same: ${format}`, async () => {
        const made = await makeSet('made', 300);
        const { suffix, blob } = await bench.client.call(
          'exportDataset',
          { dataset: 'made', format },
          DEADLINE,
        );
        const file = new File([blob as Blob], `made${suffix}`);
        const { dataset, report } = await importFiles([file], 'back');
        expect(acceptedCount(report)).to.equal(sampleCount(made));
        expect(dataset!.counts).to.deep.equal(made.counts);
        await bench.shards.completeDataset(dataset!);
        expect(await sortedSamples('back')).to.deep.equal(await sortedSamples('made'));
        if (format !== 'folders') expect(dataset!.contentHash).to.deep.equal(made.contentHash);
      });
    }

    async function sortedSamples(name: string): Promise<string[]> {
      const texts: string[] = [];
      await bench.client.call(
        'readSamples',
        { dataset: name },
        {
          ...DEADLINE,
          onEvent: ({ pixels, labels, splits }) =>
            labels.forEach((label, at) => texts.push(`${splits[at]} ${label} ${imageAt(pixels, at).join()}`)),
        },
      );
      return texts.sort();
    }
  });

  describe('what is mended in a set', () => {
    const openSamples = async (name: string) => {
      const samples = new SampleService(bench.shards, bench.client);
      await samples.openSet(name);
      return samples;
    };
    const hashOf = ({ open }: SampleService) => open.value!.description!.contentHash.train;

    it('counts from then on, in this tab and in the next one', async () => {
      await makeSet('set', 60);
      const samples = await openSamples('set');
      const label = samples.open.value!.samples!.labels[0]!;
      const other = (label + 1) % 10;
      await samples.relabel([0], other);
      await samples.remove([5, 6]);
      const { counts } = (await bench.shards.findDataset('set'))!;
      expect(sampleCount({ counts })).to.equal(58);
      const reopened = await openSamples('set');
      expect(reopened.open.value!.samples!.count).to.equal(58);
      expect(reopened.open.value!.samples!.labels[0]).to.equal(other);
      expect(hashOf(reopened)).to.equal(hashOf(samples));
    });

    it('can be taken back, step by step, to the same content', async () => {
      await makeSet('set', 60);
      const samples = await openSamples('set');
      const before = hashOf(samples);
      await samples.relabel([1, 2, 3], 7);
      await samples.remove([4]);
      expect(hashOf(samples)).not.to.equal(before);
      await samples.undo();
      await samples.undo();
      expect(hashOf(samples)).to.equal(before);
      expect(samples.open.value!.canUndo).to.equal(false);
    });

    it('waits for the one before: what is asked for at once is done in that order, and the last is taken back first', async () => {
      await makeSet('set', 60);
      const samples = await openSamples('set');
      const [, first, second] = samples.open.value!.samples!.labels;
      const other = (first! + 1) % 10;
      await Promise.all([samples.relabel([1], other), samples.remove([1, 2]), samples.undo()]);
      const { labels, deleted } = samples.open.value!.samples!;
      expect([labels[1], labels[2], deleted.size]).to.deep.equal([other, second, 0]);
      expect((await openSamples('set')).open.value!.samples!.labels[1]).to.equal(other);
    });

    it('is what a run trains on, and its hash says so', async () => {
      const own = await makeSet('set', 130);
      const dataset = { kind: 'stored', name: 'set', title: own.title, sampleCount: 130 } as const;
      const config = {
        dataset,
        recipe: { ...findRecipe('quick')!, epochs: 1 },
        seed: 1,
        engine: 'simd',
      } as const;
      const trainOnce = async () => {
        const { id } = await bench.runs.create(config);
        await bench.client.call('train', { runId: id }, DEADLINE);
        return (await bench.runs.get(id)).data!;
      };
      const first = await trainOnce();
      expect(first.contentHash).to.equal(own.contentHash.train);
      const samples = await openSamples('set');
      await samples.remove([0]);
      const second = await trainOnce();
      expect(second.contentHash).not.to.equal(first.contentHash);
      expect(second.trainCount + second.validationCount).to.equal(129);
    });
  });

  it('a sample is for training or for checking by its pixels alone, whatever set it is in', async () => {
    await makeSet('large', 400);
    const splitsOf = async (name: string) => {
      const found = new Map<string, number>();
      await bench.client.call(
        'readSamples',
        { dataset: name },
        {
          ...DEADLINE,
          onEvent: ({ pixels, splits }) =>
            splits.forEach((split, at) => found.set(imageAt(pixels, at).join(), split)),
        },
      );
      return found;
    };
    const large = await splitsOf('large');
    await makeSet('small', 150);
    for (const [pixels, split] of await splitsOf('small')) expect(large.get(pixels)).to.equal(split);
  });

  it('ten images are enough to train on, though none is left to check with', async () => {
    const own = await addFiles([await archive(10)], 'ten');
    const dataset = { kind: 'stored', name: 'ten', title: own.title, sampleCount: 10 } as const;
    const recipe = { ...findRecipe('quick')!, epochs: 2 };
    const { id } = await bench.runs.create({ dataset, recipe, seed: 1, engine: 'simd' });
    const { status } = await bench.client.call('train', { runId: id }, DEADLINE);
    expect(status).to.equal('finished');
  });

  describe('digits that are drawn in the app', () => {
    it('are kept one by one, and can be taken back', async () => {
      const collection = new CollectionService(bench.shards, NOTHING);
      const block = generateDigits(1, 0, 3);
      for (let at = 0; at < 2; at++) await collection.keep('drawn', imageAt(block.pixels, at), 5);
      const last = await collection.keep('drawn', imageAt(block.pixels, 2), 8);
      await collection.takeBack(last);
      const { counts } = (await bench.shards.findDataset('drawn'))!;
      expect(counts.train).to.deep.equal([0, 0, 0, 0, 0, 2, 0, 0, 0, 0]);
    });

    it('are kept once: whoever says something else of the same drawing has changed their mind', async () => {
      const collection = new CollectionService(bench.shards, NOTHING);
      const block = generateDigits(1, 0, 2);
      const labels = async () => {
        const [{ counts }, samples] = await Promise.all([
          bench.shards.findDataset('corrected').then((record) => record!),
          bench.client.call('readSamples', { dataset: 'corrected' }, DEADLINE),
        ]);
        expect(
          counts.train.reduce((sum, count) => sum + count),
          'what the set says of itself',
        ).to.equal(samples.count);
        return counts.train.flatMap((count, digit) => Array<number>(count).fill(digit));
      };
      for (const label of [4, 9, 9])
        await collection.keep('corrected', imageAt(block.pixels, 0).slice(), label);
      await collection.keep('corrected', imageAt(block.pixels, 1).slice(), 7);
      expect(await labels()).to.deep.equal([7, 9]);
      const changed = await collection.keep('corrected', imageAt(block.pixels, 0).slice(), 1);
      expect(await labels()).to.deep.equal([1, 7]);
      await collection.takeBack(changed);
      expect(await labels()).to.deep.equal([7, 9]);
    });

    it('in two tabs at once are all kept', async () => {
      const other = createRepositories(bench.database.name);
      const tabs = [bench.shards, other.shards].map((shards) => new CollectionService(shards, NOTHING));
      const block = generateDigits(1, 0, 20);
      await Promise.all(
        Array.from({ length: 20 }, (_, at) =>
          tabs[at % 2]!.keep('drawn', imageAt(block.pixels, at), at % 10),
        ),
      );
      expect(sampleCount((await bench.shards.findDataset('drawn'))!)).to.equal(20);
      const { count } = await bench.client.call('readSamples', { dataset: 'drawn' }, DEADLINE);
      expect(count).to.equal(20);
      other.changes.close();
      await other.database.close();
    });
  });

  it('a damaged set of one’s own is named, and stays listed', async () => {
    await addFiles([await archive(10)], 'mine');
    const shard = (await bench.shards.load('mine', 'train', 0))!;
    await bench.shards.save({ ...shard, labels: shard.labels.map((label) => 9 - label) });
    const work = bench.client.call('readSamples', { dataset: 'mine' }, DEADLINE);
    expect(await reasonOf(work)).to.equal('DATASET_DAMAGED');
    expect(await bench.shards.listDatasets()).to.have.lengthOf(1);
  });
});

function sampleCountOf(set: Dataset): number {
  return sampleCount(set);
}

it('a database of the first version opens, and its MNIST is listed with all that is known of it', async () => {
  const name = freshDatabaseName();
  const old = await openDB(name, 1, {
    upgrade(database) {
      database.createObjectStore('shards', { keyPath: ['dataset', 'split', 'index'] });
      database.createObjectStore('datasets', { keyPath: 'name' });
      database.createObjectStore('runs', { keyPath: 'id', autoIncrement: true });
      database.createObjectStore('epochMetrics', { keyPath: ['runId', 'epoch'] });
      database.createObjectStore('checkpoints', { keyPath: 'runId' });
      database.createObjectStore('checkpointWeights', { keyPath: 'runId' });
      database.createObjectStore('modelVersions', { keyPath: 'id', autoIncrement: true });
      database.createObjectStore('modelWeights', { keyPath: 'versionId' });
      database.createObjectStore('evaluations', { keyPath: ['versionId', 'dataset'] });
      database.createObjectStore('settings');
    },
  });
  const known = {
    contentHash: { train: 'a', test: 'b' },
    shardCounts: { train: 12, test: 2 },
    completedAt: 7,
  };
  await old.put('datasets', { name: MNIST, ...known });
  old.close();
  const { shards, database, changes } = createRepositories(name);
  expect(await shards.listDatasets()).to.deep.equal([
    { name: MNIST, ...known, title: 'MNIST', source: 'mnist', counts: MNIST_COUNTS },
  ]);
  changes.close();
  await database.close();
  await deleteDB(name);
});
