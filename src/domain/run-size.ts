import { weightSpecs, sizeOf } from './architecture';
import type { Run } from './run';

const FLOAT_BYTES = 4;

/**
 * About what a run takes of the device, in bytes: the weights and the optimizer's moments of its saved
 * states. Curves and pictures are small beside them.
 */
export function runBytes({ config: { recipe }, status, cursor }: Run): number {
  const hasBegun = cursor.epoch > 0 || cursor.batch > 0;
  if (!hasBegun) return 0;
  const specs = weightSpecs(recipe.architecture);
  const floats = (counted: typeof specs) => counted.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const moments = recipe.optimizer.kind === 'adam' ? 2 : 1;
  const state = floats(specs) + moments * floats(specs.filter(({ isTrainable }) => isTrainable));
  // One that has ended keeps its last state alone.
  const states = status === 'finished' || status === 'stopped' ? 1 : 2;
  return state * states * FLOAT_BYTES;
}
