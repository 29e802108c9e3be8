import type { ModelVersionId } from '../../src/domain/ids';
import { PREPROCESS_VERSION } from '../../src/domain/preprocess';
import { packWeights } from '../../src/domain/weights';
import { APP_VERSION } from '../../src/platform/app-version';
import { sha256 } from '../../src/platform/sha256';
import type { ModelRepository } from '../../src/storage/model-repository';
import { importModel, type ModelFile } from './import-model';

/** The longest name that a model takes from its file, in characters. */
const LONGEST_NAME = 80;

/**
 * Reads a model from a file and stores it as a version. It answers nothing until somebody chooses it. Throws
 * what `importModel` throws, and `storage-full`.
 */
export async function storeModel(
  file: ModelFile,
  fileName: string,
  models: ModelRepository,
): Promise<ModelVersionId> {
  const imported = await importModel(file);
  const { architecture, weights, preprocessVersion = PREPROCESS_VERSION, origin, temperature } = imported;
  const name = fileName.replace(/(-tfjs)?\.(zip|safetensors)$/i, '').slice(0, LONGEST_NAME);
  const version = {
    createdAt: Date.now(),
    architecture,
    preprocessVersion,
    appVersion: APP_VERSION,
    weightsHash: await sha256(packWeights(architecture, weights)),
    validation: { correct: 0, total: 0 },
    importedFrom: fileName,
    ...(origin ? { origin } : {}),
    ...(temperature === undefined ? {} : { temperature }),
    ...(name ? { name } : {}),
  };
  return models.add(version, weights);
}
