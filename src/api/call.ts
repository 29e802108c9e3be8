/** A request to the API as endpoints see it, whichever way it came, and what they answer. */
export interface ApiCall {
  readonly method: string;
  /** Relative to the app's address, such as `models/3`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Who asks: each client is served in its turn. */
  readonly client: string;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** A header of `RELAYED_HEADERS`, or undefined. */
  header(name: string): string | undefined;
  /** The whole body. Throws a Refusal, 413, where it is longer. */
  bytes(mostBytes: number): Promise<Uint8Array<ArrayBuffer>>;
  /** The body as a file. Throws as `bytes` does. */
  blob(mostBytes: number): Promise<Blob>;
  /** The body as a form. Throws as `bytes` does, and 400 where it is none. */
  form(mostBytes: number): Promise<FormData>;
}

/** What an endpoint answers: JSON, or lines of events as they come. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | AsyncIterable<string>;
}

/** An answer in JSON. */
export function json(
  value: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = NO_HEADERS,
): ApiAnswer {
  // The same object each time where nothing is added: what several answers of a message share goes once.
  const all = headers === NO_HEADERS ? JSON_HEADERS : { ...JSON_HEADERS, ...headers };
  return { status, headers: all, body: JSON.stringify(value) };
}

const NO_HEADERS: Readonly<Record<string, string>> = {};
const JSON_HEADERS = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };

/** The type of a request's body without its parameters, in lower case; empty where it has none. */
export function mediaType(call: ApiCall): string {
  return (call.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
}
