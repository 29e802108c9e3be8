import { parameterCount, planLayers, type Architecture } from './architecture';
import { reportOn } from './architecture-report';
import { AppError } from './errors';
import { estimateEngineBytes, exceedsEngine } from './memory-estimate';
import { refuseModel } from './refuse-model';

/** More parameters than this are not for 28 × 28 pixels. */
export const MOST_PARAMETERS = 5_000_000;
/** The largest file: the parameters as float32, and a third for what stands around them. */
export const MOST_MODEL_BYTES = 32_000_000;

/**
 * Holds a network that came from outside against what can be run here, before anything is allocated for it.
 * Throws `invalid-input`: MODEL_SHAPE, MODEL_TOO_LARGE or MODEL_LAYER.
 */
export function requireRunnable(architecture: Architecture): void {
  if (countParameters(architecture) > MOST_PARAMETERS) {
    throw refuseModel('MODEL_TOO_LARGE', 'This network has more than 5,000,000 parameters.');
  }
  const report = reportOn(architecture);
  if (report.error) throw refuseModel('MODEL_LAYER', report.error);
  if (exceedsEngine(estimateEngineBytes(report, 1))) {
    throw refuseModel('MODEL_TOO_LARGE', 'This network takes more memory than an engine can have.');
  }
}

function countParameters(architecture: Architecture): number {
  try {
    planLayers(architecture);
  } catch (error) {
    if (error instanceof AppError) throw refuseModel('MODEL_SHAPE', error.message);
    throw error;
  }
  return parameterCount(architecture);
}
