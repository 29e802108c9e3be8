import { expect } from 'chai';
import type { AppError } from '../../src/domain/errors';
import { SHIPPED_MODEL } from '../../src/domain/ids';
import { generateDigit } from '../../src/domain/generated-digits';
import { findRecipe } from '../../src/domain/recipe';
import type { Run, RunConfig } from '../../src/domain/run';
import type { AbortReason, TrainTick } from '../../src/protocol/ml-protocol';
import { openBench, type Bench } from '../helpers/worker';

const DEADLINE = { deadlineMs: 60_000 };

/** Two short epochs on a few generated digits: four batches each. */
function shortRun(patch: Partial<RunConfig['recipe']> = {}, seed = 1): RunConfig {
  const recipe = { ...findRecipe('quick')!, epochs: 2, batchSize: 32, ...patch };
  return { dataset: { kind: 'generated', sampleCount: 130, seed: 1 }, recipe, seed, engine: 'cpu' };
}

/** Trains until `when` says so, then calls it off. */
async function trainUntil(
  bench: Bench,
  { id }: Run,
  when: (tick: TrainTick) => boolean,
  reason: AbortReason,
): Promise<string> {
  const controller = new AbortController();
  const onEvent = (tick: TrainTick) => {
    if (when(tick)) controller.abort(reason);
  };
  const { status } = await bench.client.call(
    'train',
    { runId: id },
    { ...DEADLINE, onEvent, signal: controller.signal },
  );
  return status;
}

const train = (bench: Bench, { id }: Run) => bench.client.call('train', { runId: id }, DEADLINE);
const isInSecondEpoch = ({ stage, epoch }: TrainTick) => stage === 'training' && epoch === 1;

describe('training in a real worker, on a real database', () => {
  let bench: Bench;
  /** The weights that an unbroken run ends with. */
  let unbroken: string;

  beforeEach(() => (bench = openBench()));
  afterEach(() => bench.close());

  async function weightsHashOf({ id }: Run): Promise<string> {
    const { versionId } = await bench.runs.get(id);
    return (await bench.models.load(versionId!)).version.weightsHash;
  }

  it('ends with a model version, and with all that is to be known of the run', async () => {
    const run = await bench.runs.create(shortRun());
    const ticks: TrainTick[] = [];
    const { status } = await bench.client.call(
      'train',
      { runId: run.id },
      { ...DEADLINE, onEvent: (tick) => ticks.push(tick) },
    );
    expect(status).to.equal('finished');
    expect(ticks.some(({ stage, loss }) => stage === 'training' && loss !== undefined)).to.equal(true);

    const stored = await bench.runs.get(run.id);
    expect(stored.status).to.equal('finished');
    expect(stored.engine).to.equal('cpu');
    expect(stored.cursor).to.deep.equal({ epoch: 2, batch: 0 });
    expect(stored.data!.trainCount + stored.data!.validationCount).to.equal(130);
    expect(stored.data!.contentHash).to.match(/^[0-9a-f]{64}$/);

    const epochs = await bench.runs.epochs(run.id);
    expect(epochs.map(({ epoch }) => epoch)).to.deep.equal([0, 1]);
    expect(epochs[1]!.loss).to.be.below(epochs[0]!.loss);
    expect(epochs[0]!.curve.at(-1)!.progress).to.equal(1);

    const { version, weights } = await bench.models.load(stored.versionId!);
    expect(version.validation.total).to.equal(stored.data!.validationCount);
    expect(version.validation.correct / version.validation.total).to.equal(epochs[1]!.validationAccuracy);
    expect(weights['dense1/kernel']).to.be.instanceOf(Float32Array);
    const { checkpoints } = await bench.checkpoints.load(run.id);
    expect(
      checkpoints.map(({ cursor }) => cursor),
      'its last state alone is kept',
    ).to.deep.equal([{ epoch: 2, batch: 0 }]);
    unbroken = await weightsHashOf(run);
  });

  it('with the same seed it ends with the same weights, with another it does not', async () => {
    const [same, other] = [await bench.runs.create(shortRun()), await bench.runs.create(shortRun({}, 2))];
    await train(bench, same);
    await train(bench, other);
    expect(await weightsHashOf(same)).to.equal(unbroken);
    expect(await weightsHashOf(other)).not.to.equal(unbroken);
  });

  it('pauses, and goes on to the very weights of an unbroken run', async () => {
    const run = await bench.runs.create(shortRun());
    expect(await trainUntil(bench, run, isInSecondEpoch, 'pause')).to.equal('paused');
    const paused = await bench.runs.get(run.id);
    expect(paused.status).to.equal('paused');
    expect(paused.cursor.epoch).to.equal(1);
    await train(bench, run);
    expect(await weightsHashOf(run)).to.equal(unbroken);
    const epochs = await bench.runs.epochs(run.id);
    expect(epochs[1]!.curve.map(({ progress }) => progress)).to.deep.equal([1.25, 1.5, 1.75, 2]);
  });

  it('loses no finished epoch when its worker dies, and goes on to the very same weights', async () => {
    const run = await bench.runs.create(shortRun());
    const ending = bench.client
      .call(
        'train',
        { runId: run.id },
        { ...DEADLINE, onEvent: (tick) => isInSecondEpoch(tick) && bench.client.terminate() },
      )
      .then(
        () => 'ended',
        (error: AppError) => error.help.reason,
      );
    expect(await ending).to.equal('WORKER_LOST');
    const cutOff = await bench.runs.get(run.id);
    expect(cutOff.status, 'its record').to.equal('running');
    expect(cutOff.cursor.epoch).to.equal(1);
    await train(bench, run);
    expect(await weightsHashOf(run)).to.equal(unbroken);
  });

  it('stops when told to, and keeps what it has learned', async () => {
    const run = await bench.runs.create(shortRun());
    expect(await trainUntil(bench, run, isInSecondEpoch, 'stop')).to.equal('stopped');
    const stopped = await bench.runs.get(run.id);
    expect(stopped.status).to.equal('stopped');
    expect((await bench.models.load(stopped.versionId!)).version.validation.total).to.be.above(0);
  });

  it('called off before the first step it keeps nothing, and can begin later', async () => {
    const run = await bench.runs.create(shortRun());
    expect(await trainUntil(bench, run, () => true, 'pause')).to.equal('paused');
    expect(await train(bench, run)).to.deep.equal({ status: 'finished' });
    expect(await weightsHashOf(run)).to.equal(unbroken);
  });

  it('two tabs cannot train one run: the second is told who does', async () => {
    const run = await bench.runs.create(shortRun({ epochs: 200 }));
    const other = bench.anotherClient();
    const controller = new AbortController();
    let refused: Promise<unknown> | undefined;
    const onEvent = () => {
      refused ??= other
        .call('train', { runId: run.id }, DEADLINE)
        .catch((error: AppError) => error.help.reason)
        .finally(() => controller.abort('pause'));
    };
    const options = { ...DEADLINE, onEvent, signal: controller.signal };
    await bench.client.call('train', { runId: run.id }, options);
    expect(await refused).to.equal('RUN_LOCKED');
  });

  it('that diverges stops, says so, and makes no model', async () => {
    const run = await bench.runs.create(shortRun({ learningRate: 1e30, schedule: 'constant' }));
    const reason = await train(bench, run).catch((error: AppError) => error.help.reason);
    expect(reason).to.equal('DIVERGED');
    const failed = await bench.runs.get(run.id);
    expect(failed.status).to.equal('failed');
    expect(failed.error!.reason).to.equal('DIVERGED');
    expect(failed.versionId).to.equal(undefined);
    expect(await bench.models.list()).to.deep.equal([]);
  });

  it('on MNIST that is not here refuses rather than train on less', async () => {
    const config: RunConfig = { ...shortRun(), dataset: { kind: 'mnist', sampleCount: 1000 } };
    const run = await bench.runs.create(config);
    expect(await train(bench, run).catch((error: AppError) => error.help.reason)).to.equal(
      'MNIST_NOT_STORED',
    );
  });

  it('what it made answers: the same worker reads a digit with it', async () => {
    const run = await bench.runs.create(shortRun());
    await train(bench, run);
    const { versionId } = await bench.runs.get(run.id);
    const { pixels } = generateDigit(9, 0);
    const { prediction, engine } = await bench.client.call(
      'predict',
      { versionId: versionId!, pixels },
      DEADLINE,
    );
    expect(engine, 'whatever trained it').to.equal('simd');
    expect(prediction.probabilities).to.have.length(10);
    expect(prediction.probabilities.reduce((sum, share) => sum + share, 0)).to.be.closeTo(1, 1e-9);
  });
});

describe('training on the simd engine', () => {
  let bench: Bench;
  beforeEach(() => (bench = openBench()));
  afterEach(() => bench.close());

  /** Long enough to be called off in the middle. */
  const longRun = (): RunConfig => ({ ...shortRun({ epochs: 60 }), engine: 'simd' });
  const isLater = ({ stage, epoch }: TrainTick) => stage === 'training' && epoch >= 1;
  const weightsHashOf = async ({ id }: Run) => {
    const { versionId } = await bench.runs.get(id);
    return (await bench.models.load(versionId!)).version.weightsHash;
  };

  it('after a pause and after the death of its worker ends with the weights of an unbroken run', async () => {
    const [unbroken, paused, killed] = [
      await bench.runs.create(longRun()),
      await bench.runs.create(longRun()),
      await bench.runs.create(longRun()),
    ];
    await train(bench, unbroken);
    const expected = await weightsHashOf(unbroken);

    expect(await trainUntil(bench, paused, isLater, 'pause')).to.equal('paused');
    await train(bench, paused);
    expect(await weightsHashOf(paused), 'paused').to.equal(expected);

    const ending = bench.client
      .call(
        'train',
        { runId: killed.id },
        { ...DEADLINE, onEvent: (tick) => isLater(tick) && bench.client.terminate() },
      )
      .catch((error: AppError) => error.help.reason);
    expect(await ending).to.equal('WORKER_LOST');
    await train(bench, killed);
    expect(await weightsHashOf(killed), 'killed').to.equal(expected);
  });

  it('is what “automatic” chooses without a graphics device, and the speed is remembered', async () => {
    const run = await bench.runs.create({ ...shortRun(), engine: 'auto' });
    const stages: string[] = [];
    const onEvent = ({ stage }: TrainTick) => stages.push(stage);
    await bench.client.call('train', { runId: run.id }, { ...DEADLINE, onEvent });
    expect((await bench.runs.get(run.id)).engine).to.equal('simd');
    expect(stages).to.include('calibrating');
    expect((await bench.settings.get('engineSpeeds'))!.imagesPerSecond.simd).to.be.above(0);

    const next = await bench.runs.create({ ...shortRun(), engine: 'auto' });
    stages.length = 0;
    await bench.client.call('train', { runId: next.id }, { ...DEADLINE, onEvent });
    expect(stages).not.to.include('calibrating');
  });
});

describe('the model that comes with the app', () => {
  let bench: Bench;
  before(() => (bench = openBench()));
  after(() => bench.close());

  it('reads at least 95 of 100 generated digits, which it never saw', async () => {
    let correct = 0;
    for (let index = 0; index < 100; index++) {
      const { pixels, label } = generateDigit(77, index);
      const answer = await bench.client.call('predict', { versionId: SHIPPED_MODEL, pixels }, DEADLINE);
      if (answer.prediction.digit === label) correct += 1;
    }
    expect(correct).to.be.at.least(95);
  });

  it('that is not on this device is asked for in vain, and says so', async () => {
    const { pixels } = generateDigit(1, 1);
    const missing = bench.client.call('predict', { versionId: 99 as never, pixels }, DEADLINE);
    expect(await missing.catch((error: AppError) => error.code)).to.equal('not-found');
  });
});
