import { AppError } from '../../src/domain/errors';
import { isSame } from '../../src/domain/is-same';
import type { RunConfig } from '../../src/domain/run';
import { initialWeights, type Weights } from '../../src/domain/weights';
import type { LoadModel } from './load-model';

/**
 * The weights that a run begins with: random ones that its seed names, or those of the version that it goes
 * on from. Throws `not-found` where that version is not here, or is another one by now.
 */
export async function startingWeights(
  { recipe, seed, startFrom }: RunConfig,
  loadModel: LoadModel,
): Promise<Weights> {
  if (!startFrom) return initialWeights(recipe.architecture, seed);
  const { architecture, weights, weightsHash } = await loadModel(startFrom.versionId);
  const isTheOne = weightsHash === startFrom.weightsHash && isSame(architecture, recipe.architecture);
  if (isTheOne) return weights;
  throw new AppError('not-found', 'The model that this run goes on from is another one by now.', {
    reason: 'START_CHANGED',
    kept: 'The run is kept, and so are all models.',
    remedy: 'Set up a new run, and choose the model again.',
  });
}
