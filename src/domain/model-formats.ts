/** The files that a model can be saved as. */
export const MODEL_FORMATS = {
  tfjs: { title: 'TF.js', suffix: '-tfjs.zip', hint: 'model.json and weights.bin, for tf.loadLayersModel.' },
  onnx: { title: 'ONNX', suffix: '.onnx', hint: 'For ONNX Runtime and most other programs.' },
  safetensors: { title: 'safetensors', suffix: '.safetensors', hint: 'The weights as they are, for Python.' },
} as const satisfies Record<
  string,
  { readonly title: string; readonly suffix: string; readonly hint: string }
>;

export type ModelFormat = keyof typeof MODEL_FORMATS;
