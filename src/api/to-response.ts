import { AppError, isAborted, toErrorRecord, type ErrorCode } from '../domain/errors';
import { json, type ApiAnswer } from './call';
import { Refusal } from './refusal';

/** The status of each kind of failure. */
const STATUSES: Readonly<Record<ErrorCode, number>> = {
  aborted: 499,
  'invalid-input': 400,
  'not-found': 404,
  conflict: 409,
  'storage-full': 507,
  'storage-unavailable': 503,
  'engine-unavailable': 503,
  'context-lost': 503,
  internal: 500,
};

/** The answer to a request that failed, whatever was thrown. */
export function toErrorAnswer(error: unknown): ApiAnswer {
  if (error instanceof Refusal) return json(error.answer, error.status, error.headers);
  if (!(error instanceof AppError) && !isAborted(error)) console.error(error);
  const { code, message, reason, remedy } = toErrorRecord(error);
  const status = STATUSES[code];
  return json(
    { error: message, code: reason ?? code.toUpperCase().replace('-', '_'), ...(remedy ? { remedy } : {}) },
    status,
    status === 503 ? { 'Retry-After': '2' } : {},
  );
}

/** An answer as the platform has it. */
export function toResponse({ status, headers, body }: ApiAnswer): Response {
  return new Response(typeof body === 'string' ? body : toStream(body), { status, headers });
}

function toStream(parts: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const iterator = parts[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await iterator.return?.();
    },
  });
}
