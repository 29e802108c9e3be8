import { shrinkSteps } from '../../src/domain/import-preview';
import { preprocess } from '../../src/domain/preprocess';
import { segmentDigits } from '../../src/domain/segment-digits';
import { decodeImage } from '../../src/platform/decode-image';
import { createRepositories } from '../../src/storage/repositories';
import { openFirstEngine } from '../engines/open-engine';
import type { Hello, MlHandlers } from '../rpc/serve';
import { acquireMnist } from './acquire-mnist';
import { describeDataset, findDuplicates, loadBothSplits, mapDataset, readSamples } from './dataset-views';
import { answerUnseenOf } from './answer-unseen';
import { AlikeFinder } from './alike-finder';
import { evaluateVersion, examineVersion } from './evaluate-version';
import { disturbVersion } from './disturb-version';
import { findChange, showLayers, weighEvidence } from './explain-digit';
import { exportDataset } from './export-dataset';
import { exportModel } from './export-model';
import { generateDataset } from './generate-dataset';
import { createHonesty } from './honesty';
import { importMnist } from './import-mnist';
import { importSamples } from './import-samples';
import { GateKeeper } from './judge-candidate';
import { scoreSets } from './score-sets';
import { storeModel } from './store-model';
import { modelLoader } from './load-model';
import { ModelCache } from './model-cache';
import { predictDigit, predictDigits } from './predict-digit';
import { Teacher } from './teacher';
import { trainRun } from './train-run';
import { UnsavedModels } from './unsaved-models';

/** One image at a time is answered faster without a trip to the graphics device (docs/decisions/0010). */
const openAnsweringEngine = () => openFirstEngine(['simd', 'cpu']);

/** What the worker does for each method of the protocol. */
export function createHandlers({ baseUrl, databaseName }: Hello): MlHandlers {
  const repositories = createRepositories(databaseName);
  const { models, shards } = repositories;
  const loadModel = modelLoader(models, baseUrl);
  const cache = new ModelCache(loadModel, openAnsweringEngine);
  const unsaved = new UnsavedModels();
  const sources = { repositories, loadModel, unsaved };
  const alike = new AlikeFinder(shards, cache, openAnsweringEngine);
  const gate = new GateKeeper({ repositories, cache });
  const honestyOf = createHonesty({ baseUrl, models, loadModel, openEngine: openAnsweringEngine });
  const teacher = new Teacher(sources, openAnsweringEngine, honestyOf);
  return {
    prepareModel: async ({ versionId }) => {
      await Promise.all([cache.open(versionId), honestyOf(versionId)]);
      return { engine: (await openAnsweringEngine()).name };
    },
    predict: async ({ versionId, pixels }) => ({
      ...(await predictDigit(versionId, pixels, cache, await honestyOf(versionId))),
      engine: (await openAnsweringEngine()).name,
    }),
    predictMany: async ({ versionId, pixels }) => ({
      ...(await predictDigits(versionId, pixels, cache, await honestyOf(versionId))),
      engine: (await openAnsweringEngine()).name,
    }),
    weighEvidence: (question, { signal }) => weighEvidence(question, cache, signal),
    showLayers: (question) => showLayers(question, cache),
    findAlike: (question, context) => alike.find(question, context),
    findChange: async (question, context) =>
      findChange(question, cache, await honestyOf(question.versionId), context),
    readPicture: async ({ file }) => {
      const steps = preprocess(await decodeImage(file));
      return { pixels: steps.pixels, found: segmentDigits(steps.ink), steps: shrinkSteps(steps) };
    },
    acquireMnist: (_, context) => acquireMnist(shards, baseUrl, context),
    importMnist: ({ files }) => importMnist(files, shards),
    importSamples: ({ files, dataset }, context) =>
      importSamples({ files: files as readonly File[], dataset }, shards, context),
    generateDataset: (params, context) => generateDataset(params, shards, context),
    readSamples: ({ dataset }, { signal, emit }) => readSamples(shards, dataset, signal, emit),
    describeDataset: ({ dataset }) => describeDataset(shards, dataset),
    mapDataset: ({ dataset }) => mapDataset(shards, dataset),
    findDuplicates: ({ dataset }) => findDuplicates(shards, dataset),
    exportDataset: async ({ dataset, format }, { signal, emit }) =>
      exportDataset(await loadBothSplits(shards, dataset), format, {
        signal,
        onProgress: (share) => emit({ share }),
      }),
    exportModel: async ({ versionId, format }) => {
      const { temperature } = await honestyOf(versionId);
      const model = await loadModel(versionId);
      return { blob: await exportModel({ ...model, ...(temperature ? { temperature } : {}) }, format) };
    },
    takeFurther: async (question, { signal, emit }) => {
      // The program and what packs it are for the few who ask for them.
      const { takeFurther } = await import('./take-further');
      const options = { signal, onProgress: (share: number) => emit({ share }) };
      return { blob: await takeFurther(question, loadModel, shards, options) };
    },
    importModel: async ({ file, fileName }, { emit }) => {
      emit({});
      return { versionId: await storeModel(file, fileName, models) };
    },
    train: ({ runId, restart }, context) => trainRun(runId, sources, context, restart),
    exportUnsaved: async ({ runId }) => ({ blob: await unsaved.export(runId) }),
    teach: ({ versionId }, context) => teacher.teach(versionId, context),
    keepLesson: () => teacher.keep(),
    evaluate: (question, context) => evaluateVersion(question, { repositories, cache }, context),
    examine: async (question, context) =>
      examineVersion(question, { repositories, cache }, await honestyOf(question.versionId), context),
    judge: (question, context) => gate.judge(question, context),
    disturb: (question, context) => disturbVersion(question, { repositories, cache }, context),
    scoreSets: ({ versionId }, context) => scoreSets(versionId, { repositories, cache }, context),
    answerUnseen: async ({ data }, context) =>
      answerUnseenOf(data, shards, await openAnsweringEngine(), context),
  };
}
