import { expect } from 'chai';
import { deleteDB, openDB } from 'idb';
import type { AppError } from '../../src/domain/errors';
import type { RunId } from '../../src/domain/ids';
import { findRecipe } from '../../src/domain/recipe';
import type { Run, RunConfig } from '../../src/domain/run';
import { initialWeights } from '../../src/domain/weights';
import { MlClient } from '../../src/ml-client/ml-client';
import { spawnMlWorker } from '../../src/ml-client/spawn-ml-worker';
import type { TrainTick } from '../../src/protocol/ml-protocol';
import { TrainingService } from '../../src/services/training-service';
import { DATABASE_VERSION, MIGRATIONS } from '../../src/storage/migrations';
import { createRepositories } from '../../src/storage/repositories';
import { findStanding } from '../../workers/ml/checkpoints';
import { freshDatabaseName, openBench, type Bench } from '../helpers/worker';

const DEADLINE = { deadlineMs: 60_000 };
/** Ticks are thinned out: a certain batch may not be told. */
const isUnderWay = ({ stage, epoch }: TrainTick) => stage === 'training' && epoch >= 2;

/** Three short epochs on a few generated digits: four batches each. */
function shortRun(patch: Partial<RunConfig['recipe']> = {}): RunConfig {
  const recipe = { ...findRecipe('quick')!, epochs: 3, batchSize: 32, ...patch };
  return { dataset: { kind: 'generated', sampleCount: 130, seed: 1 }, recipe, seed: 1, engine: 'simd' };
}

/** A rate at which two short epochs explode, as they do at half of it, and not at a quarter. */
const TOO_FAST = 6;

/** Long enough to be cut off in the middle. */
const longRun = () => shortRun({ epochs: 120 });

describe('a run that is cut off', () => {
  let bench: Bench;
  let workers: Worker[];
  let training: TrainingService;

  beforeEach(() => {
    bench = openBench();
    workers = [];
    training = openTab();
  });
  afterEach(async () => {
    for (const worker of workers) worker.terminate();
    await bench.close();
  });

  /** What a tab trains with: a worker of its own, on the one database. */
  function openTab(): TrainingService {
    const spawn = () => {
      workers.push(spawnMlWorker('survival'));
      return workers.at(-1)!;
    };
    const client = new MlClient({ spawn, baseUrl: `${location.origin}/`, databaseName: bench.database.name });
    const { runs, settings, changes } = bench;
    return new TrainingService({ runs, settings, changes, client, ensureMnist: async () => true });
  }

  const train = ({ id }: Run) => bench.client.call('train', { runId: id }, DEADLINE);
  const weightsHashOf = async ({ versionId }: Run) =>
    (await bench.models.load(versionId!)).version.weightsHash;

  async function unbrokenHash(config: RunConfig): Promise<string> {
    const run = await bench.runs.create(config);
    await train(run);
    return weightsHashOf(await bench.runs.get(run.id));
  }

  /** Calls back once, at the first tick that fits. */
  function once(when: (tick: TrainTick) => boolean, act: () => void, tab = training): void {
    const unsubscribe = tab.state.subscribe(() => {
      const tick = tab.state.value.active?.tick;
      if (!tick || !when(tick)) return;
      unsubscribe();
      act();
    });
  }

  /** Trains for a while and leaves the run with two checkpoints. */
  async function pauseUnderWay(): Promise<Run> {
    const run = await bench.runs.create(longRun());
    const controller = new AbortController();
    const onEvent = (tick: TrainTick) => isUnderWay(tick) && controller.abort('pause');
    await bench.client.call('train', { runId: run.id }, { ...DEADLINE, onEvent, signal: controller.signal });
    return bench.runs.get(run.id);
  }

  /** Changes one number of a stored checkpoint, as a failing disk might. */
  async function damage(runId: RunId, slot: 0 | 1): Promise<void> {
    await bench.database.use(async (db) => {
      const record = (await db.get('checkpointWeights', [runId, slot]))!;
      record.weights['dense1/kernel']![7]! += 1e-3;
      await db.put('checkpointWeights', record);
    });
  }

  it('by the death of its worker, of which nobody is told, goes on by itself to the weights of an unbroken run', async () => {
    const config = longRun();
    const expected = await unbrokenHash(config);
    once(isUnderWay, () => workers[0]!.terminate());
    const run = (await training.start(config))!;
    expect(workers, 'one died, one was started').to.have.length(2);
    expect(run.status).to.equal('finished');
    expect(run.setbacks!.map(({ kind }) => kind)).to.deep.equal(['worker-lost']);
    expect(await weightsHashOf(run)).to.equal(expected);
    expect(training.state.value.failure).to.equal(undefined);
  });

  it('goes on in one of two tabs that are opened at the same moment, and the other is not told of a failure', async () => {
    const run = await pauseUnderWay();
    await bench.runs.update(run.id, { status: 'running' });
    await training.resumeAlone(true);
    const other = openTab();
    const tabs = [training, other];
    const begun = new Set<TrainingService>();
    for (const tab of tabs) {
      tab.state.subscribe(() => tab.state.value.active && begun.add(tab));
      once(isUnderWay, () => tab.stop(), tab);
    }
    await Promise.all(tabs.map((tab) => tab.resumeCutOff()));
    expect(begun.size, 'tabs that began').to.equal(1);
    expect(tabs.map(({ state }) => state.value.failure)).to.deep.equal([undefined, undefined]);
    expect((await bench.runs.get(run.id)).status).to.equal('stopped');
  });

  it('two that are started at once are one; who asked for the second is told', async () => {
    const [first, second] = await Promise.all([training.start(shortRun()), training.start(shortRun())]);
    expect([first!.status, second]).to.deep.equal(['finished', undefined]);
    expect(await bench.runs.list()).to.have.length(1);
    expect(training.state.value.failure!.reason).to.equal('RUN_ACTIVE');
  });

  it('again and again in one place asks what to do, and has kept what was saved', async () => {
    const unsubscribe = training.state.subscribe(() => {
      if (training.state.value.active?.tick) workers.at(-1)!.terminate();
    });
    // Long to prepare, and a single epoch: each worker dies before it has got any further.
    const dataset = { kind: 'generated', sampleCount: 3000, seed: 1 } as const;
    const run = (await training.start({ ...shortRun({ epochs: 1 }), dataset }))!;
    unsubscribe();
    expect(workers).to.have.length(4);
    expect(training.state.value.failure!.reason).to.equal('WORKER_LOST');
    expect((await training.resume(run.id))!.status).to.equal('finished');
  });

  it('a damaged checkpoint is passed over for the one before it, and the user is told', async () => {
    const expected = await unbrokenHash(longRun());
    const paused = await pauseUnderWay();
    const { head, checkpoints } = await bench.checkpoints.load(paused.id);
    expect(checkpoints).to.have.length(2);
    await damage(paused.id, head!.slot);
    const run = (await training.resume(paused.id))!;
    expect(run.setbacks!.map(({ kind, resumedAt }) => [kind, resumedAt])).to.deep.equal([
      ['checkpoint-damaged', checkpoints[1]!.cursor],
    ]);
    expect(await weightsHashOf(run)).to.equal(expected);
  });

  it('with both checkpoints damaged begins again, and says so', async () => {
    const expected = await unbrokenHash(longRun());
    const paused = await pauseUnderWay();
    await damage(paused.id, 0);
    await damage(paused.id, 1);
    const run = (await training.resume(paused.id))!;
    expect(run.setbacks).to.have.length(1);
    expect(run.setbacks![0]!.resumedAt).to.deep.equal({ epoch: 0, batch: 0 });
    expect(await weightsHashOf(run)).to.equal(expected);
  });

  it('by somebody who clears the database under it finishes, and is stored', async () => {
    const config = longRun();
    const expected = await unbrokenHash(config);
    let cleared: Promise<void> | undefined;
    once(isUnderWay, () => (cleared = clearDatabase(bench)));
    const started = training.start(config);
    await started;
    await cleared;
    const [run] = await bench.runs.list();
    expect(run!.status).to.equal('finished');
    expect(await weightsHashOf(run!)).to.equal(expected);
    const epochs = await bench.runs.epochs(run!.id);
    expect(epochs, 'also what was committed before').to.have.length(config.recipe.epochs);
  });

  it('within a long epoch has lost ten seconds of it at the most', async () => {
    const recipe = { ...findRecipe('seed')!, epochs: 2, batchSize: 1 };
    const dataset = { kind: 'generated', sampleCount: 60_000, seed: 1 } as const;
    const run = await bench.runs.create({ dataset, recipe, seed: 1, engine: 'simd' });
    const saved = new Promise<TrainTick>((resolve) => {
      const onEvent = (tick: TrainTick) => tick.stage === 'saving' && resolve(tick);
      const cutOff = bench.client.call('train', { runId: run.id }, { ...DEADLINE, onEvent });
      cutOff.catch((error: AppError) => expect(error.help.reason).to.equal('WORKER_LOST'));
    });
    const { epoch, batch } = await saved;
    expect(epoch, 'the first epoch is not over').to.equal(0);
    await untilStored(run.id);
    bench.client.terminate();
    const { checkpoint } = await findStanding(run.id, bench.checkpoints);
    expect(checkpoint!.cursor.epoch).to.equal(0);
    expect(checkpoint!.cursor.batch).to.be.at.least(batch);
  });

  /** Resolves with the first checkpoint of a run. */
  async function untilStored(id: RunId): Promise<void> {
    await new Promise<void>((resolve) => {
      const look = async () => {
        if (!(await bench.checkpoints.load(id)).head) return;
        unsubscribe();
        resolve();
      };
      const unsubscribe = bench.changes.subscribe(() => void look());
      void look();
    });
  }

  it('that diverges goes back and on at half the rate, twice at most, then says why', async () => {
    await training.start(shortRun({ learningRate: 1e30, schedule: 'constant' }));
    const [run] = await bench.runs.list();
    expect(run!.status).to.equal('failed');
    expect(run!.setbacks!.map(({ kind }) => kind)).to.deep.equal(['diverged', 'diverged']);
    expect(run!.error!.message).to.match(/in epoch 1, also at a quarter of the rate\.$/);
    expect(await bench.models.list()).to.deep.equal([]);
  });

  it('that diverges at first recovers at a lower rate, and becomes a sound model', async () => {
    const config = shortRun({ learningRate: TOO_FAST, schedule: 'constant', epochs: 2 });
    const run = (await training.start(config))!;
    expect(run.status).to.equal('finished');
    expect(run.setbacks!.map(({ kind }) => kind)).to.deep.equal(['diverged', 'diverged']);
    const epochs = await bench.runs.epochs(run.id);
    expect(epochs.map(({ epoch, learningRate }) => [epoch, learningRate])).to.deep.equal([
      [0, TOO_FAST / 4],
      [1, TOO_FAST / 4],
    ]);
    const { weights } = await bench.models.load(run.versionId!);
    expect(Object.values(weights).every((array) => array.every(Number.isFinite))).to.equal(true);
  });

  it('by a newer Inkling in another tab is saved first, at the very step, and goes on after it', async () => {
    let reached: TrainTick | undefined;
    let upgraded: Promise<unknown> | undefined;
    once(isUnderWay, () => {
      reached = training.state.value.active!.tick;
      upgraded = openDB(bench.database.name, DATABASE_VERSION + 1).then((newer) => newer.close());
    });
    // The page may have read its last before the database had changed.
    await Promise.allSettled([training.start(longRun())]);
    await upgraded;
    expect(training.state.value.active).to.equal(undefined);
    const failure = await bench.runs.list().catch((error: AppError) => error.help.reason);
    expect(failure).to.equal('DATABASE_NEWER');
    const newer = await openDB(bench.database.name);
    const run = (await newer.getAll('runs')).at(-1) as Run;
    const { slot } = await newer.get('checkpointHeads', run.id);
    const checkpoint = await newer.get('checkpoints', [run.id, slot]);
    newer.close();
    expect(run.status).to.equal('paused');
    expect(checkpoint.cursor).to.deep.equal(run.cursor);
    expect([run.cursor.epoch, run.cursor.batch]).not.to.deep.equal([0, 0]);
    expect(run.cursor.epoch * 4 + run.cursor.batch).to.be.at.least(reached!.epoch * 4 + reached!.batch);
  });

  it('stopped before it was opened again keeps what its checkpoint holds', async () => {
    const paused = await pauseUnderWay();
    const ending = training.resume(paused.id);
    training.stop();
    const run = (await ending)!;
    expect(run.status).to.equal('stopped');
    expect(run.cursor).to.deep.equal(paused.cursor);
    expect((await bench.models.load(run.versionId!)).version.validation.total).to.be.above(0);
  });
});

describe('a run that has ended', () => {
  it('trains more epochs from where it was, with its optimizer, into a new version', async () => {
    const bench = openBench();
    const { runs, settings, changes, client } = bench;
    const training = new TrainingService({ runs, settings, changes, client, ensureMnist: async () => true });
    const first = (await training.start(shortRun()))!;
    const second = (await training.extend(first.id, 2))!;
    expect(second.status).to.equal('finished');
    expect(second.cursor).to.deep.equal({ epoch: 5, batch: 0 });
    expect(second.versionId).not.to.equal(first.versionId);
    const epochs = await runs.epochs(first.id);
    expect(epochs.map(({ epoch }) => epoch)).to.deep.equal([0, 1, 2, 3, 4]);
    const { checkpoints } = await bench.checkpoints.load(first.id);
    expect(checkpoints[0]!.optimizer.steps, 'steps of all epochs').to.equal(5 * 4);
    await bench.close();
  });
});

describe('deleting a run', () => {
  it('takes all that is known of it, leaves its model and the other runs, and can be taken back', async () => {
    const bench = openBench();
    const { runs, settings, changes, client } = bench;
    const training = new TrainingService({ runs, settings, changes, client, ensureMnist: async () => true });
    const first = (await training.start(shortRun()))!;
    const second = (await training.start(shortRun()))!;
    const before = await dump(bench);
    const restore = await training.remove(first.id);
    const { runs: kept, modelVersions, ...ofRuns } = await dump(bench);
    expect(kept).to.deep.equal([second]);
    expect(modelVersions).to.deep.equal(before.modelVersions);
    for (const records of Object.values(ofRuns)) {
      const owners = records.map((record) => (record as { readonly runId: RunId }).runId);
      expect(owners).not.to.include(first.id);
      expect(owners).to.include(second.id);
    }
    await restore();
    expect(await dump(bench)).to.deep.equal(before);
    const longer = (await training.extend(first.id, 1))!;
    expect(longer.cursor).to.deep.equal({ epoch: 4, batch: 0 });
    await bench.close();
  });

  function dump({ database }: Bench): Promise<Record<string, readonly object[]>> {
    const stores = [
      'runs',
      'modelVersions',
      'epochMetrics',
      'epochFindings',
      'checkpointHeads',
      'checkpoints',
      'checkpointWeights',
    ] as const;
    return database.use(async (db) => {
      const records = stores.map(async (store) => [store, await db.getAll(store)] as const);
      return Object.fromEntries(await Promise.all(records));
    });
  }
});

describe('a database of version 2', () => {
  /** Opens a database as that version of the app did, with a run that was paused in it. */
  async function saveOldDatabase(name: string): Promise<RunId> {
    const config = shortRun();
    const { architecture } = config.recipe;
    const weights = initialWeights(architecture, 5);
    const db = await openDB(name, 2, {
      upgrade: (database, _old, _new, transaction) => {
        for (const migrate of MIGRATIONS.slice(0, 2)) migrate(database as never, transaction as never);
      },
    });
    const runId = 1;
    const cursor = { epoch: 1, batch: 2 };
    const sums = { progress: 0.5, lossSum: 1, correct: 30, seen: 64 };
    await db.put('runs', { id: runId, createdAt: 1, config, status: 'paused', cursor, trainedMs: 5 });
    await db.put('checkpoints', {
      runId,
      cursor,
      epochProgress: { sums, marks: [], durationMs: 5 },
      savedAt: 1,
    });
    const optimizer = { steps: 6, firstMoments: {}, secondMoments: {} };
    await db.put('checkpointWeights', { runId, weights, optimizer });
    db.close();
    return runId as RunId;
  }

  it('opens, and its checkpoint is where the run goes on; the next one has a hash', async () => {
    const name = freshDatabaseName();
    const runId = await saveOldDatabase(name);
    const { checkpoints, database, changes } = createRepositories(name);
    const { checkpoint, isNewestDamaged } = await findStanding(runId, checkpoints);
    expect(isNewestDamaged).to.equal(false);
    expect(checkpoint!.cursor).to.deep.equal({ epoch: 1, batch: 2 });
    expect(checkpoint!.optimizer.steps).to.equal(6);
    expect(checkpoint!.weights).to.deep.equal(initialWeights(shortRun().recipe.architecture, 5));
    await database.close();

    const client = new MlClient({
      spawn: () => spawnMlWorker('old'),
      baseUrl: `${location.origin}/`,
      databaseName: name,
    });
    await client.call('train', { runId }, DEADLINE).catch((error: AppError) => expect.fail(error.message));
    const after = await checkpoints.load(runId);
    expect(after.checkpoints[0]!.sha256).to.match(/^[0-9a-f]{64}$/);
    client.terminate();
    changes.close();
    await database.close();
    await deleteDB(name);
  });
});

/** Empties every store at once, as clearing site data does. */
async function clearDatabase({ database }: Bench): Promise<void> {
  await database.use(async (db) => {
    const stores = [...db.objectStoreNames];
    const tx = db.transaction(stores, 'readwrite');
    await Promise.all([...stores.map((store) => tx.objectStore(store).clear()), tx.done]);
  });
}
