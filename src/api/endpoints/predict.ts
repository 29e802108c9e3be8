import { AppError } from '../../domain/errors';
import { SHIPPED_MODEL, type ModelVersionId } from '../../domain/ids';
import { IMAGE_PIXELS } from '../../domain/sample';
import type { DigitCrop } from '../../domain/segment-digits';
import { MAX_PICTURE_BYTES } from '../../platform/decode-image';
import type { DigitAnswer, PlacedDigitAnswer, PredictAnswer } from '../../protocol/api-contract';
import type { ModelService } from '../../services/model-service';
import type { RecognitionService } from '../../services/recognition-service';
import { json, mediaType, type ApiAnswer, type ApiCall } from '../call';
import type { PredictionQueue, Reading } from '../prediction-queue';
import { refuse } from '../refusal';

/** Pictures in one request at most. */
const MOST_FILES = 64;
/** What the lines around the parts of a form take at most. */
const FORM_ROOM = 64 * 1024;

interface Sources {
  readonly models: ModelService;
  readonly recognition: RecognitionService;
  readonly queue: PredictionQueue;
}

/** `POST predict`: reads the digits of pictures, or 784 bytes that are one as the network reads it. */
export async function predict(call: ApiCall, sources: Sources): Promise<ApiAnswer> {
  const model = chooseModel(call, sources.models);
  const type = mediaType(call);
  if (type === 'application/octet-stream') {
    const reading = await sources.queue.ask(model, await readPixels(call), call);
    return json({ ...digitAnswer(reading), model } satisfies PredictAnswer);
  }
  return predictPictures(await readFiles(call, type), model, call, sources);
}

/** The version that `?model=` names; without it, the one that answers. */
function chooseModel(call: ApiCall, models: ModelService): ModelVersionId {
  const { champion, versions } = models.catalogue.value;
  const wanted = call.query.get('model');
  if (wanted === null || wanted === 'champion') return champion;
  const id = Number(wanted.replace(/^v(?=\d)/, '')) as ModelVersionId;
  if (wanted !== '' && (id === SHIPPED_MODEL || versions.some((version) => version.id === id))) return id;
  throw refuse(`There is no model ${wanted} on this device.`, 'MODEL_UNKNOWN', 404);
}

async function readPixels(call: ApiCall): Promise<Uint8Array<ArrayBuffer>> {
  const pixels = await call.bytes(MAX_PICTURE_BYTES);
  if (pixels.length === IMAGE_PIXELS) return pixels;
  throw refuse(
    `${IMAGE_PIXELS} bytes are one digit: 28 × 28, row by row, 0 paper to 255 ink. These are ${pixels.length}.`,
    'PIXELS_LENGTH',
  );
}

async function readFiles(call: ApiCall, type: string): Promise<readonly Blob[]> {
  if (type.startsWith('image/')) return [await call.blob(MAX_PICTURE_BYTES)];
  if (type === 'multipart/form-data') {
    const form = await call.form(2 * MAX_PICTURE_BYTES + FORM_ROOM);
    const files = form.getAll('file').filter((part) => part instanceof File);
    if (files.length === 0) throw noFile();
    if (files.length > MOST_FILES) throw refuse(`${MOST_FILES} files at most.`, 'TOO_MANY_FILES', 413);
    return files;
  }
  if (type === '' || type === 'application/x-www-form-urlencoded') throw noFile();
  throw refuse(
    `A body of type ${type} is not read. Send a form with a file, a picture, or 784 bytes.`,
    'TYPE_UNSUPPORTED',
    415,
  );
}

/** As the course project's server says it. */
function noFile(): Error {
  return refuse('No file uploaded', 'NO_FILE');
}

async function predictPictures(
  files: readonly Blob[],
  model: ModelVersionId,
  call: ApiCall,
  { recognition, queue }: Sources,
): Promise<ApiAnswer> {
  const crops: { readonly file: number; readonly crop: DigitCrop }[] = [];
  for (const [file, picture] of files.entries()) {
    call.signal.throwIfAborted();
    for (const crop of await findDigits(picture, file, files.length, recognition)) crops.push({ file, crop });
  }
  const readings = await askForAll(crops, model, call, queue);
  const digits = readings.map((reading, index): PlacedDigitAnswer => {
    const { file, crop } = crops[index]!;
    return { ...digitAnswer(reading), file, box: crop.box };
  });
  const answer: PredictAnswer = { ...digitAnswer(readings[0]!), model };
  return json(digits.length === 1 ? answer : { ...answer, digits });
}

/** All of them or none: where one is refused, nobody waits for the others. */
async function askForAll(
  crops: readonly { readonly crop: DigitCrop }[],
  model: ModelVersionId,
  { client, signal }: ApiCall,
  queue: PredictionQueue,
): Promise<readonly Reading[]> {
  const leaving = new AbortController();
  const asker = { client, signal: AbortSignal.any([signal, leaving.signal]) };
  try {
    return await Promise.all(crops.map(({ crop }) => queue.ask(model, crop.pixels, asker)));
  } catch (error) {
    leaving.abort();
    throw error;
  }
}

/** The digits of a picture, read as the page Draw reads it: one at least. */
async function findDigits(
  picture: Blob,
  file: number,
  count: number,
  recognition: RecognitionService,
): Promise<readonly DigitCrop[]> {
  try {
    const { found } = await recognition.readPicture(picture);
    if (found.digits.length > 0) return found.digits;
  } catch (error) {
    if (count === 1 || !(error instanceof AppError) || error.code !== 'invalid-input') throw error;
    throw new AppError(error.code, `File ${file + 1} of ${count}: ${error.message}`, error.help);
  }
  throw refuse('There is no ink in this picture.', 'BLANK_IMAGE');
}

function digitAnswer({ digit, probabilities, isDigit }: Reading): DigitAnswer {
  return { prediction: digit, confidence: probabilities, ...(isDigit ? {} : { refused: true as const }) };
}
