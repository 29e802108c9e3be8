import type { Architecture } from '../../src/domain/architecture';
import { concatenateBytes } from '../../src/domain/bytes';
import { AppError } from '../../src/domain/errors';
import { MOST_JSON_BYTES, parseModelJson } from '../../src/domain/model-json';
import { MOST_MODEL_BYTES } from '../../src/domain/model-limits';
import type { ModelOrigin } from '../../src/domain/model-version';
import { planLayersModel } from '../../src/domain/read-tfjs-model';
import { refuseModel } from '../../src/domain/refuse-model';
import { readSafetensors, safetensorsHeaderEnd } from '../../src/domain/safetensors';
import type { Weights } from '../../src/domain/weights';
import type { ZipEntry } from '../../src/platform/zip/place-entries';
import { readEntry } from '../../src/platform/zip/read-entry';
import { scanArchive } from '../../src/platform/zip/scan-archive';

/** A model that was read from a file. */
export interface ImportedModel {
  readonly architecture: Architecture;
  readonly weights: Weights;
  /** Of the images that it reads, where the file says so. */
  readonly preprocessVersion?: number;
  /** The model that it comes from, where the file says so. */
  readonly origin?: ModelOrigin;
  /** What divides its logits, where the file says so. */
  readonly temperature?: number;
}

/** A file to read: a File, or what a test makes of one. */
export type ModelFile = Pick<Blob, 'size' | 'arrayBuffer'>;

type Bytes = Uint8Array<ArrayBuffer>;

const MODEL_FILE = 'model.json';

/**
 * Reads a model from a file: a TF.js layers model as a ZIP, or a safetensors file of Inkling's. Nothing is
 * allocated before it is known to fit, and nothing is fetched or run. Throws `invalid-input` with one of
 * the reasons of `ModelRefusal`, or with that of an archive that cannot be read.
 */
export async function importModel(file: ModelFile): Promise<ImportedModel> {
  if (file.size > MOST_MODEL_BYTES) {
    throw refuseModel('MODEL_TOO_LARGE', 'This file is larger than any model that is taken.');
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  // Both ZIP and safetensors are told by how they begin, not by their names.
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return readLayersModel(bytes);
  const headerEnd = safetensorsHeaderEnd(bytes);
  if (headerEnd === undefined) throw refuseModel('MODEL_UNKNOWN', 'This file is no model that is read here.');
  return readSafetensors(decodeText(bytes.subarray(8, headerEnd)), bytes.subarray(headerEnd));
}

async function readLayersModel(archive: Bytes): Promise<ImportedModel> {
  const entries = await asModel(() => scanArchive(archive).entries);
  const model = entries.find(({ name }) => name === MODEL_FILE || name.endsWith(`/${MODEL_FILE}`));
  if (!model) throw refuseModel('MODEL_UNKNOWN', 'There is no model.json in this ZIP file.');
  if (model.size > MOST_JSON_BYTES) {
    throw refuseModel('MODEL_TOO_LARGE', 'The description of this model is longer than that of any network.');
  }
  const json = await asModel(() => readEntry(archive, model));
  const plan = planLayersModel(parseModelJson(decodeText(json)));
  const folder = model.name.slice(0, -MODEL_FILE.length);
  const files = plan.files.map((name) => findFile(entries, folder, name));
  const size = files.reduce((sum, entry) => sum + entry.size, 0);
  if (size !== plan.weightBytes) {
    throw refuseModel('MODEL_LENGTH', `The weights are ${size} bytes long, not ${plan.weightBytes}.`);
  }
  const parts: Bytes[] = [];
  for (const entry of files) parts.push(await asModel(() => readEntry(archive, entry)));
  return { architecture: plan.architecture, weights: plan.read(concatenateBytes(...parts)) };
}

function findFile(entries: readonly ZipEntry[], folder: string, name: string): ZipEntry {
  const entry = entries.find((one) => one.name === `${folder}${name}`);
  if (entry) return entry;
  throw refuseModel('MODEL_LENGTH', `The file ${name} is missing beside model.json.`);
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw refuseModel('MODEL_INVALID', 'The model’s JSON is no text.');
    throw error;
  }
}

/** What reading archives says of pictures, said of a model. */
async function asModel<T>(read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { reason } = error.help;
    const isBomb = reason === 'ZIP_BOMB' || reason === 'TOO_LARGE';
    const message = isBomb ? 'This ZIP file unpacks to far more than a model does.' : error.message;
    throw new AppError(
      error.code,
      message,
      {
        ...(reason === undefined ? {} : { reason }),
        kept: 'Your models are as they were.',
        remedy: 'Export the model again where it comes from, and choose that file.',
      },
      { cause: error },
    );
  }
}
