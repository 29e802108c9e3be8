import type { ErrorAnswer } from '../protocol/api-contract';

/** A request that is not answered for a reason that HTTP has a status for. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: number,
    readonly answer: ErrorAnswer,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(answer.error);
  }
}

/** The request is wrong: 400, or what is said. */
export function refuse(error: string, code: string, status = 400): Refusal {
  return new Refusal(status, { error, code });
}

/** Too many wait already: 429. `seconds` is after how many to try again. */
export function refuseForNow(error: string, code: string, seconds: number): Refusal {
  return new Refusal(429, { error, code }, { 'Retry-After': String(seconds) });
}
