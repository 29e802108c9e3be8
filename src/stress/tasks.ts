import { concatenateBytes } from '../domain/bytes';
import { generateDigit } from '../domain/generated-digits';
import { encodeGreyPng } from '../domain/png';
import type { Random } from '../domain/random';
import { TASK_KINDS, TASKS, type TaskKind } from '../domain/stress-plan';
import type { StressRequest } from './transport';

/** Different digits that are sent; more would only take time to make. */
const DIGIT_COUNT = 40;
/** The stream of generated digits that they come from. */
const DIGIT_SEED = 8;
const BOUNDARY = '----InklingStress7d2f';

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
  return {
    'predict-drawn': digits.map((pixels) => ask('predict-drawn', 'application/octet-stream', pixels)),
    'predict-upload': digits.map((pixels) => askForm('predict-upload', encodeGreyPng(pixels))),
    'bad-request': [askForm('bad-request', undefined)],
    'small-retrain': [ask('small-retrain', 'application/json', json)],
  };
}

function ask(kind: TaskKind, type: string, body: Uint8Array<ArrayBuffer>): StressRequest {
  const { path, method } = TASKS[kind];
  return { path, method, headers: [['Content-Type', type]], body };
}

/** A form with the field `file`, or with another one where there is no file. */
function askForm(kind: TaskKind, png: Uint8Array | undefined): StressRequest {
  const text = (words: string) => new TextEncoder().encode(words);
  const head = png
    ? 'Content-Disposition: form-data; name="file"; filename="digit.png"\r\nContent-Type: image/png'
    : 'Content-Disposition: form-data; name="note"';
  const body = concatenateBytes(
    text(`--${BOUNDARY}\r\n${head}\r\n\r\n`),
    png ?? text('no file'),
    text(`\r\n--${BOUNDARY}--\r\n`),
  );
  return ask(kind, `multipart/form-data; boundary=${BOUNDARY}`, body);
}
