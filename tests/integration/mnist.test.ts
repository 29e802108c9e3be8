import { expect } from 'chai';
import type { AppError } from '../../src/domain/errors';
import { MNIST } from '../../src/domain/mnist';
import type { FetchProgress } from '../../src/protocol/ml-protocol';
import { contentHash } from '../../src/platform/sha256';
import { freshDatabaseName, openBench, type Bench } from '../helpers/worker';

const DEADLINE = { deadlineMs: 120_000 };
let session = 0;

/** A worker whose app came from a host with the given fault; see `faulty-mnist.mjs`. */
function benchWith(mode: string): { bench: Bench; basePath: string } {
  const basePath = `/faulty-mnist/${mode}-${Date.now()}${++session}/`;
  return { bench: openBench(basePath), basePath };
}

/** How often each file has been asked for. */
async function requestsOf(basePath: string): Promise<Record<string, number>> {
  const counts = (await (await fetch(`${basePath}mnist/requests.json`)).json()) as Record<string, number>;
  const named = Object.entries(counts).map(([key, count]) => [key.split('/').at(-1)!, count] as const);
  return Object.fromEntries(named.filter(([name]) => name.endsWith('.bin')));
}

const acquire = (bench: Bench) => bench.client.call('acquireMnist', {}, DEADLINE);
const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: AppError) => error.help.reason ?? error.code,
  );

describe('fetching MNIST', () => {
  let bench: Bench;
  let basePath: string;
  afterEach(() => bench.close());

  it('stores every part, checked, and tells how far it is', async () => {
    ({ bench } = benchWith('whole'));
    const progress: FetchProgress[] = [];
    await bench.client.call('acquireMnist', {}, { ...DEADLINE, onEvent: (event) => progress.push(event) });
    const dataset = await bench.shards.findDataset(MNIST);
    expect(dataset!.shardCounts).to.deep.equal({ train: 3, test: 1 });
    expect(progress[0]!.totalBytes).to.be.above(0);
    const shard = (await bench.shards.load(MNIST, 'test', 0))!;
    expect(await contentHash(shard.pixels, shard.labels)).to.equal(dataset!.contentHash.test);
  });

  it('asks for nothing twice', async () => {
    ({ bench, basePath } = benchWith('whole'));
    await acquire(bench);
    expect(await acquire(bench)).to.deep.equal({ fetchedBytes: 0 });
    expect(Object.values(await requestsOf(basePath))).to.deep.equal([1, 1, 1, 1]);
  });

  it('takes a part that the server has unpacked on the way', async () => {
    ({ bench } = benchWith('unpacked'));
    await acquire(bench);
    expect(await bench.shards.findDataset(MNIST)).not.to.equal(undefined);
  });

  it('fetches a damaged part again', async () => {
    ({ bench, basePath } = benchWith('damaged-once'));
    await acquire(bench);
    expect((await requestsOf(basePath))['train-01.bin']).to.equal(2);
  });

  for (const mode of ['damaged-always', 'truncated', 'html', 'missing', 'endless']) {
    it(`gives up on a part that stays bad (${mode}) after three more tries, names it, and keeps the others`, async () => {
      ({ bench, basePath } = benchWith(mode));
      const error = await acquire(bench).catch((failure: AppError) => failure);
      expect((error as AppError).help.reason).to.equal('SHARD_DAMAGED');
      expect((error as AppError).message).to.contain('Part 2 of 3 (train)');
      expect((await requestsOf(basePath))['train-01.bin']).to.equal(4);
      expect(await bench.shards.findDataset(MNIST), 'never whole by mistake').to.equal(undefined);
      expect(await bench.shards.load(MNIST, 'train', 0), 'the part before it').not.to.equal(undefined);
    });
  }

  it('goes on part by part: the second time it fetches only what is missing', async () => {
    ({ bench, basePath } = benchWith('mended-later'));
    expect(await reasonOf(acquire(bench))).to.equal('SHARD_DAMAGED');
    await acquire(bench);
    const requests = await requestsOf(basePath);
    expect(requests['train-00.bin']).to.equal(1);
    expect(await bench.shards.findDataset(MNIST)).not.to.equal(undefined);
  });

  it('can be called off while a part hangs, and keeps what has arrived', async () => {
    ({ bench } = benchWith('stalled'));
    const controller = new AbortController();
    const ending = reasonOf(
      bench.client.call(
        'acquireMnist',
        {},
        {
          ...DEADLINE,
          signal: controller.signal,
          // The first part is here; the second one will never be.
          onEvent: ({ doneBytes }) => doneBytes > 0 && controller.abort('cancel'),
        },
      ),
    );
    expect(await ending).to.equal('aborted');
    expect(await bench.shards.findDataset(MNIST)).to.equal(undefined);
  });

  for (const mode of ['absent', 'no-manifest', 'start-page']) {
    it(`says that this copy came without MNIST (${mode})`, async () => {
      ({ bench } = benchWith(mode));
      expect(await reasonOf(acquire(bench))).to.equal('MNIST_ABSENT');
    });
  }

  it('refuses a manifest that contradicts itself', async () => {
    ({ bench } = benchWith('bad-manifest'));
    expect(await reasonOf(acquire(bench))).to.equal('MANIFEST_INVALID');
  });

  it('takes nothing from a host that changed the parts and the list that vouches for them', async () => {
    ({ bench, basePath } = benchWith('forged'));
    const error = (await acquire(bench).catch((failure: unknown) => failure)) as AppError;
    expect(error.help.reason).to.equal('MANIFEST_FOREIGN');
    expect(error.message).to.equal('The host lists other parts of MNIST than this Inkling was built with.');
    expect(await requestsOf(basePath), 'no part is even asked for').to.deep.equal({});
    expect(await bench.shards.findDataset(MNIST)).to.equal(undefined);
  });

  it('finds a part that was damaged on the device, and fetches it again', async () => {
    ({ bench, basePath } = benchWith('whole'));
    await acquire(bench);
    const shard = (await bench.shards.load(MNIST, 'test', 0))!;
    const damaged = Uint8Array.from(shard.pixels);
    damaged[1000]! ^= 1;
    await bench.shards.save({ ...shard, pixels: damaged });
    const run = bench.client.call('evaluate', { versionId: 0 as never }, DEADLINE);
    expect(await reasonOf(run)).to.equal('MNIST_NOT_STORED');
    expect(await bench.shards.findDataset(MNIST), 'no longer called whole').to.equal(undefined);
    await acquire(bench);
    expect((await requestsOf(basePath))['test-00.bin']).to.equal(2);
    expect(await bench.shards.findDataset(MNIST)).not.to.equal(undefined);
  });
});

describe('importing MNIST by hand', () => {
  let bench: Bench;
  before(() => (bench = openBench(`/${freshDatabaseName()}/`)));
  after(() => bench.close());

  const importFiles = (...contents: BlobPart[]) =>
    reasonOf(
      bench.client.call('importMnist', { files: contents.map((content) => new Blob([content])) }, DEADLINE),
    );

  it('refuses other files, and adds nothing', async () => {
    expect(await importFiles('not an IDX file')).to.equal('MNIST_FILE_UNKNOWN');
    expect(await importFiles(Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2, 3))).to.equal('GZIP_CORRUPT');
    expect(await bench.shards.load(MNIST, 'train', 0)).to.equal(undefined);
  });

  it('names the files that are missing', async () => {
    expect(await importFiles()).to.equal('MNIST_FILES_MISSING');
  });
});
