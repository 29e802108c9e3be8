import { TASKS, type TaskKind } from '../domain/stress-plan';
import type { StressAnswer } from './transport';

/** What became of a request. */
export type Ending =
  | { readonly kind: 'answered'; readonly sizeBytes: number }
  | { readonly kind: 'refused' | 'failed'; readonly sizeBytes: number; readonly error: string };

/** Turned away for now: another run holds the place, or there are too many. */
const REFUSALS: ReadonlySet<number> = new Set([409, 429, 503]);

/** Reasons of statuses where the protocol, such as HTTP/2, carries none. */
const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  499: 'Client Closed Request',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  507: 'Insufficient Storage',
};

/** Judges an answer: a status that its task expects, with JSON, is as it should be. */
export function judgeAnswer(kind: TaskKind, { status, statusText, sizeBytes, isJson }: StressAnswer): Ending {
  const { expected, path } = TASKS[kind];
  if (expected.includes(status)) {
    if (isJson) return { kind: 'answered', sizeBytes };
    return { kind: 'failed', sizeBytes, error: "CatchResponseError('The answer is not JSON')" };
  }
  const reason = statusText || REASONS[status] || '';
  const whose = status >= 500 ? 'Server Error' : status >= 400 ? 'Client Error' : 'Unexpected status';
  const error = `HTTPError('${status} ${whose}: ${reason} for url: /${path}')`;
  return { kind: REFUSALS.has(status) ? 'refused' : 'failed', sizeBytes, error };
}

/** The deadline of a request has passed. */
export class DeadlineError extends Error {
  override readonly name = 'TimeoutError';
  constructor(deadlineMs: number) {
    super(`No answer within ${deadlineMs / 1000} s`);
  }
}

/** Somebody stopped the test twice. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
  constructor() {
    super('Given up when the test was stopped');
  }
}

/** Judges the absence of an answer. */
export function judgeError(error: unknown): Ending {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  const kind = name === 'TypeError' ? 'ConnectionError' : name;
  return { kind: 'failed', sizeBytes: 0, error: `${kind}('${message.replaceAll("'", '’')}')` };
}
