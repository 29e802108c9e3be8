/** What kind of failure it is; each has one HTTP status and one way of being shown. */
export type ErrorCode =
  | 'aborted'
  | 'invalid-input'
  | 'not-found'
  | 'conflict'
  | 'storage-full'
  | 'storage-unavailable'
  | 'engine-unavailable'
  | 'context-lost'
  | 'internal';

/** The three lines of an error desk: what happened is the message; these are the other two. */
export interface ErrorHelp {
  /** What was kept, as a sentence. */
  readonly kept?: string;
  /** What to do, as a sentence. */
  readonly remedy?: string;
  /** A precise sub-code for tests, logs and the API, such as `BLANK_IMAGE`. */
  readonly reason?: string;
}

/** An error as plain data: what crosses threads, and what a page keeps. */
export interface ErrorRecord extends ErrorHelp {
  readonly code: ErrorCode;
  readonly message: string;
  readonly stack?: string;
}

/** An expected failure. Anything else that is thrown is a bug and keeps its stack. */
export class AppError extends Error {
  override readonly name = 'AppError';
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly help: ErrorHelp = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The failure of a thing that somebody called off. It is a normal ending; nothing is shown for it. */
export function abortedError(): AppError {
  return new AppError('aborted', 'This was called off.');
}

/** True for a thing that somebody called off: ours, or the platform's AbortError. */
export function isAborted(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'aborted';
  return error instanceof Error && error.name === 'AbortError';
}

/** Throws the abort error where the signal has been aborted. */
export function throwIfAborted(signal: { readonly aborted: boolean } | undefined): void {
  if (signal?.aborted) throw abortedError();
}

/** Turns anything thrown into plain data that can be cloned between threads. */
export function toErrorRecord(error: unknown): ErrorRecord {
  if (error instanceof AppError) return { code: error.code, message: error.message, ...error.help };
  if (isAborted(error)) return toErrorRecord(abortedError());
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
  return stack === undefined ? { code: 'internal', message } : { code: 'internal', message, stack };
}

/** The other way: rebuilds an error from its record. */
export function fromErrorRecord(record: ErrorRecord): AppError {
  const { code, message, stack, ...help } = record;
  const error = new AppError(code, message, help);
  if (stack !== undefined) error.stack = stack;
  return error;
}
