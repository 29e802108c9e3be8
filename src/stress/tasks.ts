import { concatenateBytes } from '../domain/bytes';
import { generateDigit } from '../domain/generated-digits';
import { encodeGreyPng } from '../domain/png';
import type { Random } from '../domain/random';
import { TASK_KINDS, TASKS, type TaskKind } from '../domain/stress-plan';
import type { StressHead, StressRequest } from './transport';

/** Different digits that are sent; more would only take time to make. */
const DIGIT_COUNT = 40;
/** The stream of generated digits that they come from. */
const DIGIT_SEED = 8;
const BOUNDARY = '----InklingStress7d2f';
const FORM_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

/** The small retrain: an epoch of the quickest recipe on a few generated digits. */
export const SMALL_RETRAIN = { recipe: 'quick', epochs: 1, samples: 500, dataset: 'generated' } as const;

/** The pixels of the digits that are sent, [28, 28] bytes each. */
export function stressDigits(): readonly Uint8Array<ArrayBuffer>[] {
  return Array.from({ length: DIGIT_COUNT }, (_, at) => generateDigit(DIGIT_SEED, at).pixels);
}

/** Makes the requests of a plan: which is next is drawn by weight. */
export function createTasks(weights: Readonly<Record<TaskKind, number>>, random: Random) {
  const requests = prepareRequests();
  const kinds = TASK_KINDS.filter((kind) => weights[kind] > 0);
  const total = kinds.reduce((sum, kind) => sum + weights[kind], 0);
  return (): { readonly kind: TaskKind; readonly request: StressRequest } => {
    let left = random.uniform(0, total);
    const kind = kinds.find((one) => (left -= weights[one]) < 0) ?? kinds[0]!;
    return { kind, request: random.pick(requests[kind]) };
  };
}

function prepareRequests(): Readonly<Record<TaskKind, readonly StressRequest[]>> {
  const digits = stressDigits();
  const json = new TextEncoder().encode(JSON.stringify(SMALL_RETRAIN));
  const drawn = headOf('predict-drawn', 'application/octet-stream');
  const uploaded = headOf('predict-upload', FORM_TYPE);
  return {
    'predict-drawn': digits.map((body) => ({ head: drawn, body })),
    'predict-upload': digits.map((pixels) => ({ head: uploaded, body: formOf(encodeGreyPng(pixels)) })),
    'bad-request': [{ head: headOf('bad-request', FORM_TYPE), body: formOf(undefined) }],
    'small-retrain': [{ head: headOf('small-retrain', 'application/json'), body: json }],
  };
}

function headOf(kind: TaskKind, type: string): StressHead {
  const { path, method } = TASKS[kind];
  return { path, method, headers: [['Content-Type', type]] };
}

/** A form with the field `file`, or with another one where there is no file. */
function formOf(png: Uint8Array | undefined): Uint8Array<ArrayBuffer> {
  const text = (words: string) => new TextEncoder().encode(words);
  const head = png
    ? 'Content-Disposition: form-data; name="file"; filename="digit.png"\r\nContent-Type: image/png'
    : 'Content-Disposition: form-data; name="note"';
  return concatenateBytes(
    text(`--${BOUNDARY}\r\n${head}\r\n\r\n`),
    png ?? text('no file'),
    text(`\r\n--${BOUNDARY}--\r\n`),
  );
}
