import { AppError } from './errors';

/** Why a file is not taken as a model. */
export type ModelRefusal =
  | 'MODEL_UNKNOWN'
  | 'MODEL_INVALID'
  | 'MODEL_LAYER'
  | 'MODEL_SHAPE'
  | 'MODEL_LENGTH'
  | 'MODEL_NONFINITE'
  | 'MODEL_TOO_LARGE'
  | 'MODEL_TIMEOUT'
  | 'MODEL_PREPROCESS';

const AGAIN = 'Export the model again where it comes from, and choose that file.';
const REMEDIES: Readonly<Record<ModelRefusal, string>> = {
  MODEL_UNKNOWN: 'Choose a ZIP with model.json and its weights, or a .safetensors file that Inkling wrote.',
  MODEL_INVALID: AGAIN,
  MODEL_LAYER:
    'Inkling takes Sequential models of Conv2D, BatchNormalization, ReLU, MaxPooling2D, Dropout, Flatten and Dense.',
  MODEL_SHAPE: 'A model must read 28 × 28 pixels of one channel and answer with ten numbers.',
  MODEL_LENGTH: AGAIN,
  MODEL_NONFINITE: 'Train it again with a lower learning rate where it comes from.',
  MODEL_TOO_LARGE: 'Choose a smaller model.',
  MODEL_TIMEOUT: 'Try again. If it happens again, export the model again where it comes from.',
  MODEL_PREPROCESS: 'Reload this page for a newer Inkling, or train the model again here.',
};

/** The refusal of a file that should be a model: `invalid-input`, with the reason given; `remedy` where it is not the reason's own. */
export function refuseModel(reason: ModelRefusal, message: string, remedy = REMEDIES[reason]): AppError {
  return new AppError('invalid-input', message, {
    reason,
    kept: 'Your models are as they were.',
    remedy,
  });
}
