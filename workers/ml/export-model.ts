import type { Architecture } from '../../src/domain/architecture';
import type { ModelFormat } from '../../src/domain/model-formats';
import { toOnnx } from '../../src/domain/onnx-model';
import { toSafetensors } from '../../src/domain/safetensors';
import { toLayersModel, WEIGHTS_FILE } from '../../src/domain/tfjs-model';
import type { Weights } from '../../src/domain/weights';
import { writeArchive } from '../../src/platform/zip/write-archive';

/** A model to be written as a file. */
export interface ExportableModel {
  readonly architecture: Architecture;
  readonly weights: Weights;
  readonly preprocessVersion: number;
  /** SHA-256 of its packed weights: a safetensors file says of which model it is a copy. */
  readonly weightsHash?: string;
  /** Such a file says it, too: without it, whoever reads it would not be as sure as it may be. */
  readonly temperature?: number;
}

/**
 * Writes a model as one file. Its weights are the same to the last bit, its answers are logits, and the same
 * model gives the same bytes. Throws `invalid-input` where the weights do not fit.
 */
export async function exportModel(
  { architecture, weights, preprocessVersion, weightsHash, temperature }: ExportableModel,
  format: ModelFormat,
): Promise<Blob> {
  switch (format) {
    case 'tfjs': {
      const model = toLayersModel(architecture, weights);
      return writeArchive([
        { path: 'model.json', content: new Uint8Array(new TextEncoder().encode(model.json)) },
        { path: WEIGHTS_FILE, content: model.weights },
      ]);
    }
    case 'onnx':
      return new Blob([toOnnx(architecture, weights)], { type: 'application/octet-stream' });
    case 'safetensors': {
      const bytes = toSafetensors(architecture, weights, preprocessVersion, {
        ...(weightsHash === undefined ? {} : { origin: { kind: 'copy', weightsHash } }),
        ...(temperature === undefined ? {} : { temperature }),
      });
      return new Blob([bytes], { type: 'application/octet-stream' });
    }
  }
}
