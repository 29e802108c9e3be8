import { concatenateBytes } from '../domain/bytes';
import { generateDigit } from '../domain/generated-digits';
import { encodeGreyPng } from '../domain/png';
import type { Random } from '../domain/random';
import { TASK_KINDS, TASKS, type StressPlan, type StressTarget, type TaskKind } from '../domain/stress-plan';
import type { StressHead, StressRequest } from './transport';

/** Different digits that are sent; more would only take time to make. */
const DIGIT_COUNT = 40;
/** The shortest deadline of a retraining, in milliseconds: it answers when the run has ended. */
const RETRAIN_DEADLINE_MS = 300_000;
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

/** How long an answer to a task is waited for, in milliseconds. */
export function deadlineOf(kind: TaskKind, { deadlineMs }: Pick<StressPlan, 'deadlineMs'>): number {
  return kind === 'small-retrain' ? Math.max(deadlineMs, RETRAIN_DEADLINE_MS) : deadlineMs;
}

/** Makes the requests of a plan to what is tested: which is next is drawn by weight. */
export function createTasks(weights: StressPlan['weights'], random: Random, target: StressTarget) {
  const requests = prepareRequests(target);
  const kinds = TASK_KINDS.filter((kind) => weights[kind] > 0);
  const total = kinds.reduce((sum, kind) => sum + weights[kind], 0);
  return (): { readonly kind: TaskKind; readonly request: StressRequest } => {
    let left = random.uniform(0, total);
    const kind = kinds.find((one) => (left -= weights[one]) < 0) ?? kinds[0]!;
    return { kind, request: random.pick(requests[kind]) };
  };
}

function prepareRequests(target: StressTarget): Readonly<Record<TaskKind, readonly StressRequest[]>> {
  const digits = stressDigits();
  const json = new TextEncoder().encode(JSON.stringify(SMALL_RETRAIN));
  const forms = digits.map((pixels) => formOf(encodeGreyPng(pixels)));
  const uploaded = headOf('predict-upload', FORM_TYPE);
  return {
    'predict-drawn': target === 'host' ? drawnAsForms(forms) : drawnAsBytes(digits),
    'predict-upload': forms.map((body) => ({ head: uploaded, body })),
    'bad-request': [{ head: headOf('bad-request', FORM_TYPE), body: formOf(undefined) }],
    'small-retrain': [{ head: headOf('small-retrain', 'application/json'), body: json }],
  };
}

/** The least there is to send: what this app's own pad sends. */
function drawnAsBytes(digits: readonly Uint8Array<ArrayBuffer>[]): readonly StressRequest[] {
  const head = headOf('predict-drawn', 'application/octet-stream');
  return digits.map((body) => ({ head, body }));
}

/** Another host knows the contract, and that has forms only. */
function drawnAsForms(forms: readonly Uint8Array<ArrayBuffer>[]): readonly StressRequest[] {
  const head = headOf('predict-drawn', FORM_TYPE);
  return forms.map((body) => ({ head, body }));
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
