import { expect } from 'chai';
import { ARCHITECTURES } from '../../src/domain/architecture';
import { DRAWN_BENCHMARK } from '../../src/domain/dataset';
import { SHIPPED_MODEL, type ModelVersionId } from '../../src/domain/ids';
import type { ModelFormat } from '../../src/domain/model-formats';
import { initialWeights, packWeights, unpackWeights } from '../../src/domain/weights';
import { sha256 } from '../../src/platform/sha256';
import { MlClient } from '../../src/ml-client/ml-client';
import { ModelFileService } from '../../src/services/model-file-service';
import { ModelService } from '../../src/services/model-service';
import { exportModel } from '../../workers/ml/export-model';
import { batchOf } from '../helpers/networks';
import { unzip } from '../helpers/unzip';
import { reasonOf } from '../helpers/tables';
import { openBench, type Bench } from '../helpers/worker';

const DEADLINE = { deadlineMs: 60_000 };
const { pixels } = batchOf(9, 1);

/** A model of somebody else's, as a file. */
async function modelFile(
  seed: number,
  format: ModelFormat = 'tfjs',
  name = 'from afar-tfjs.zip',
): Promise<File> {
  const architecture = ARCHITECTURES.fast;
  const model = { architecture, weights: initialWeights(architecture, seed), preprocessVersion: 2 };
  return new File([await exportModel(model, format)], name);
}

describe('models as files and versions, in a real worker, on a real database', () => {
  let bench: Bench;
  let models: ModelService;
  let files: ModelFileService;

  beforeEach(async () => {
    bench = openBench();
    models = new ModelService({ ...bench, baseUrl: location.origin });
    const deadlines = { start: 120_000, read: 120_000 };
    files = new ModelFileService(bench.client, bench.anotherClient, () => undefined, deadlines);
    await models.load();
  });
  afterEach(() => bench.close());

  async function bring(seed: number): Promise<ModelVersionId> {
    return (await files.read(await modelFile(seed)))!;
  }

  /** Resolves once the catalogue, which is read again after each change, is as it should be. */
  function until(isSo: (catalogue: ModelService['catalogue']['value']) => boolean): Promise<void> {
    return new Promise((resolve) => {
      let stop = () => {};
      const look = () => {
        if (!isSo(models.catalogue.value)) return;
        stop();
        resolve();
      };
      stop = models.catalogue.subscribe(look);
      look();
    });
  }

  const answerOf = async (versionId: ModelVersionId) =>
    (await bench.client.call('predict', { versionId, pixels: pixels.slice() }, DEADLINE)).prediction;

  it('an imported model becomes a version that does not answer until it is chosen', async () => {
    const id = await bring(4);
    await until(({ versions }) => versions.length === 1);
    expect(models.catalogue.value.champion).to.equal(SHIPPED_MODEL);
    const { version, weights } = await bench.models.load(id);
    expect(version).to.include({ name: 'from afar', importedFrom: 'from afar-tfjs.zip' });
    expect(version.config).to.equal(undefined);
    const expected = packWeights(ARCHITECTURES.fast, initialWeights(ARCHITECTURES.fast, 4));
    expect(packWeights(version.architecture, weights)).to.deep.equal(expected);

    await models.chooseChampion(id);
    await until(({ champion, previous }) => champion === id && previous === SHIPPED_MODEL);
  });

  it('a model of which a bit has changed does not answer, is told of, and can be deleted and brought anew', async () => {
    const id = await bring(4);
    const expected = await answerOf(id);
    await bench.database.use(async (db) => {
      const record = (await db.get('modelWeights', id))!;
      new Uint8Array(Object.values(record.weights)[0]!.buffer)[10]! ^= 1;
      await db.put('modelWeights', record);
    });
    const client = bench.anotherClient();
    const ask = (versionId: ModelVersionId) =>
      client.call('predict', { versionId, pixels: pixels.slice() }, DEADLINE);
    expect(await reasonOf(ask(id))).to.equal('MODEL_DAMAGED');
    expect(await reasonOf(client.call('exportModel', { versionId: id, format: 'onnx' }, DEADLINE))).to.equal(
      'MODEL_DAMAGED',
    );
    expect((await ask(SHIPPED_MODEL)).prediction.probabilities).to.have.length(10);
    await models.remove(id);
    expect(await answerOf(await bring(4))).to.deep.equal(expected);
  });

  it('a file that is refused leaves everything as it was, and says why', async () => {
    await bring(1);
    await until(({ versions }) => versions.length === 1);
    const before = await answerOf(SHIPPED_MODEL);
    expect(await files.read(new File(['no model at all'], 'x.zip'))).to.equal(undefined);
    expect(files.state.value.failure?.reason).to.equal('MODEL_UNKNOWN');
    expect(await bench.models.list()).to.have.length(1);
    expect(await answerOf(SHIPPED_MODEL)).to.deep.equal(before);
    files.clearFailure();
    expect(files.state.value).to.deep.equal({ isBusy: false });
  });

  it('a file is read by a worker of its own: where that never ends it is given up, and takes no other work along', async () => {
    const readsWithoutEnd = `onmessage = ({ data: { kind, id } }) => {
      if (kind !== 'call') return;
      postMessage({ kind: 'event', id, event: {} });
      for (;;);
    };`;
    const endless = URL.createObjectURL(new Blob([readsWithoutEnd]));
    const setup = { spawn: () => new Worker(endless), baseUrl: location.origin, databaseName: 'none' };
    const stuck = new ModelFileService(
      bench.client,
      () => new MlClient(setup),
      () => undefined,
      { start: 60_000, read: 300 },
    );
    const asked = answerOf(SHIPPED_MODEL);
    expect(await stuck.read(await modelFile(2))).to.equal(undefined);
    expect(stuck.state.value.failure?.reason).to.equal('MODEL_TIMEOUT');
    expect(stuck.state.value.failure?.kept).to.contain('Your models');
    expect((await asked).probabilities).to.have.length(10);
    expect(await bench.models.list()).to.deep.equal([]);
  });

  it('rolling back brings the same weights and the same answers', async () => {
    const [first, second] = [await bring(1), await bring(2)];
    await until(({ versions }) => versions.length === 2);
    await models.chooseChampion(first);
    expect(models.catalogue.value.champion, 'who chose it need not wait').to.equal(first);
    const before = {
      answer: await answerOf(first),
      hash: (await bench.models.load(first)).version.weightsHash,
    };
    await models.chooseChampion(second);
    await until(({ champion, previous }) => champion === second && previous === first);
    await models.rollBack();
    const { champion, previous: rolledBack } = models.catalogue.value;
    expect([champion, rolledBack]).to.deep.equal([first, second]);
    const { version } = await bench.models.load(champion);
    expect({ answer: await answerOf(champion), hash: version.weightsHash }).to.deep.equal(before);
  });

  it('what is saved comes back as the same model, the shipped one too', async () => {
    const { architecture, weightsPath } = models.catalogue.value.shipped!;
    const file = await fetch(new URL(`models/${weightsPath}`, `${location.origin}/`));
    const weights = unpackWeights(architecture, new Uint8Array(await file.arrayBuffer()));
    const weightsHash = await sha256(packWeights(architecture, weights));
    for (const format of ['tfjs', 'safetensors'] as const) {
      const blob = (await files.write(SHIPPED_MODEL, format))!;
      const id = (await files.read(new File([blob], 'again.zip')))!;
      expect((await bench.models.load(id)).version.weightsHash).to.equal(weightsHash);
    }
  });

  it('a name and notes are kept, and can be taken away', async () => {
    const id = await bring(3);
    await models.describe(id, { name: '  The good one ', notes: 'Reads sevens.', tags: ['night'] });
    expect((await bench.models.load(id)).version).to.include({
      name: 'The good one',
      notes: 'Reads sevens.',
    });
    await models.describe(id, { name: ' ', notes: '', tags: [] });
    const { version } = await bench.models.load(id);
    expect([version.name, version.notes]).to.deep.equal([undefined, undefined]);
  });

  it('tags are kept with a name and notes, and come back from an older record without any', async () => {
    const id = await bring(3);
    expect((await bench.models.load(id)).version.tags).to.equal(undefined);
    await models.describe(id, { name: 'A', notes: '', tags: ['night', 'good'] });
    expect((await bench.models.load(id)).version.tags).to.deep.equal(['night', 'good']);
    await models.describe(id, { name: 'A', notes: '', tags: [] });
    expect((await bench.models.load(id)).version).not.to.have.property('tags');
  });

  it('a saved model that is brought back knows what it is a copy of, and is as sure', async () => {
    const { shipped } = models.catalogue.value;
    const blob = (await files.write(SHIPPED_MODEL, 'safetensors'))!;
    const copy = (await files.read(new File([blob], 'again.safetensors')))!;
    const { version } = await bench.models.load(copy);
    expect(version.origin).to.deep.equal({ kind: 'copy', weightsHash: shipped!.weightsHash });
    const ask = async (versionId: ModelVersionId) =>
      (await bench.client.call('predict', { versionId, pixels }, DEADLINE)).prediction;
    expect(await ask(copy)).to.deep.equal(await ask(SHIPPED_MODEL));
  });

  it('a model taken further is one archive with its set, and calling that off leaves nothing', async () => {
    await bench.client
      .call('generateDataset', { dataset: 'mine', seed: 1, count: 200 }, DEADLINE)
      .then((set) => bench.shards.completeDataset({ ...set, title: 'Mine' }));
    const id = await bring(7);
    const shares: number[] = [];
    const stop = files.state.subscribe(() => shares.push(files.state.value.share ?? -1));
    const archive = await unzip((await files.takeFurther(id, 'Grandmother', 'mine'))!);
    stop();
    expect(shares.some((share) => share > 0)).to.equal(true);
    const folder = 'inkling-grandmother/';
    expect([...archive.keys()]).to.deep.equal(
      ['README.txt', 'train.py', 'version.safetensors', 'version.onnx']
        .concat(['data/train-images-idx3-ubyte.gz', 'data/train-labels-idx1-ubyte.gz'])
        .map((name) => folder + name),
    );
    const weights = archive.get(`${folder}version.safetensors`)!;
    const again = (await files.read(new File([weights], 'again.safetensors')))!;
    const [mine, theirs] = [await bench.models.load(id), await bench.models.load(again)];
    expect(theirs.weights).to.deep.equal(mine.weights);

    const writing = files.takeFurther(id, 'Grandmother', 'mine');
    files.cancelFurther();
    expect(await writing).to.equal(undefined);
    expect(files.state.value).to.deep.equal({ isBusy: false });
  });

  it('a model is not taken further with a set that is gone, and without one it has no digits', async () => {
    const id = await bring(7);
    expect(await files.takeFurther(id, 'x', 'gone')).to.equal(undefined);
    expect(files.state.value.failure?.reason).to.equal('SET_GONE');
    const names = [...(await unzip((await files.takeFurther(id, 'x', ''))!)).keys()];
    expect(names.some((name) => name.includes('data/'))).to.equal(false);
  });

  it('a score of the shipped model counts for the weights that it was of, not for those of an update', async () => {
    const drawn = async (weightsHash: string, correct: number) => {
      const score = { correct, total: 500 };
      await bench.models.saveEvaluation({
        versionId: SHIPPED_MODEL,
        dataset: DRAWN_BENCHMARK,
        score,
        weightsHash,
      });
      await models.refresh();
      return models.catalogue.value.drawnScores.get(SHIPPED_MODEL);
    };
    const { shipped } = models.catalogue.value;
    expect(await drawn('of the one before', 400)).to.equal(undefined);
    expect(await drawn(shipped!.weightsHash, 490)).to.deep.equal({ correct: 490, total: 500 });
  });

  it('a deleted version comes back with all that was known of it', async () => {
    const id = await bring(5);
    await bench.models.saveEvaluation({
      versionId: id,
      dataset: 'mnist/test',
      score: { correct: 9, total: 10 },
    });
    const before = [await bench.models.load(id), await bench.models.listEvaluations()];
    const restore = await models.remove(id);
    expect(await reasonOf(bench.models.load(id))).to.equal('not-found');
    expect(await bench.models.listEvaluations()).to.deep.equal([]);
    await restore();
    expect([await bench.models.load(id), await bench.models.listEvaluations()]).to.deep.equal(before);
  });

  it('what a deleted version answered goes with it', async () => {
    const [id, other] = [await bring(8), await bring(9)];
    for (const versionId of [id, other]) {
      await bench.evaluations.save({
        versionId,
        pixelsHash: 'a',
        weightsHash: 'b',
        logits: new Float32Array(10),
      });
    }
    await models.remove(id);
    expect(await bench.evaluations.find(id, 'a')).to.equal(undefined);
    expect(await bench.evaluations.find(other, 'a')).not.to.equal(undefined);
  });

  it('the model that answers is not deleted', async () => {
    const id = await bring(6);
    await bench.settings.set('champion', id);
    expect(await reasonOf(models.remove(id))).to.equal('MODEL_IN_USE');
    expect((await bench.models.load(id)).version.id).to.equal(id);
  });

  it('a previous model that was deleted is not offered any more', async () => {
    const [first, second] = [await bring(1), await bring(2)];
    await until(({ versions }) => versions.length === 2);
    await bench.settings.setAll({ champion: second, previousChampion: first });
    await until(({ previous }) => previous === first);
    await models.remove(first);
    await until(({ versions, previous }) => versions.length === 1 && previous === undefined);
  });
});
