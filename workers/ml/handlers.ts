import { toPixels } from '../../src/domain/preprocess';
import { decodeImage } from '../../src/platform/decode-image';
import { createRepositories } from '../../src/storage/repositories';
import { openFirstEngine } from '../engines/open-engine';
import type { Hello, MlHandlers } from '../rpc/serve';
import { acquireMnist } from './acquire-mnist';
import { evaluateVersion } from './evaluate-version';
import { importMnist } from './import-mnist';
import { ModelCache } from './model-cache';
import { predictDigit } from './predict-digit';
import { trainRun } from './train-run';

/** One image at a time is answered faster without a trip to the graphics device (docs/decisions/0010). */
const openAnsweringEngine = () => openFirstEngine(['simd', 'cpu']);

/** What the worker does for each method of the protocol. */
export function createHandlers({ baseUrl, databaseName }: Hello): MlHandlers {
  const repositories = createRepositories(databaseName);
  const { models, shards } = repositories;
  const cache = new ModelCache(models, baseUrl, openAnsweringEngine);
  return {
    prepareModel: async ({ versionId }) => {
      await cache.open(versionId);
      return { engine: (await openAnsweringEngine()).name };
    },
    predict: async ({ versionId, pixels }) => ({
      ...(await predictDigit(versionId, pixels, cache)),
      engine: (await openAnsweringEngine()).name,
    }),
    readPicture: async ({ file }) => ({ pixels: toPixels(await decodeImage(file)) }),
    acquireMnist: (_, context) => acquireMnist(shards, baseUrl, context),
    importMnist: ({ files }) => importMnist(files, shards),
    train: ({ runId, restart }, context) => trainRun(runId, repositories, context, restart),
    evaluate: ({ versionId }, context) => evaluateVersion(versionId, repositories, cache, context),
  };
}
