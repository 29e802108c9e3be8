/** What all requests of a task say before their body. */
export interface StressHead {
  /** Relative to the base of what is tested. */
  readonly path: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
}

/** A request as a task makes it: the body is bytes, so that every transport can carry it. */
export interface StressRequest {
  readonly head: StressHead;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** What is looked at of an answer, after all of it has come. */
export interface StressAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly sizeBytes: number;
  readonly isJson: boolean;
}

/** A request under way. */
export interface Sending {
  /** Rejects where no answer came. */
  readonly answer: Promise<StressAnswer>;
  /** Nobody waits for the answer any more: it rejects with this. */
  cancel(reason: Error): void;
}

/** Carries a request to whatever is tested. */
export interface Transport {
  send(request: StressRequest): Sending;
}

/** By `fetch`: through the service worker where one controls this thread, or over the network. */
export function fetchTransport(baseUrl: string): Transport {
  const ask = async ({ head: { path, method, headers }, body }: StressRequest, signal: AbortSignal) => {
    const init: RequestInit = {
      method,
      headers: headers as [string, string][],
      body,
      signal,
      cache: 'no-store',
      redirect: 'error',
    };
    return readAnswer(await fetch(new URL(path, baseUrl), init));
  };
  return {
    send(request) {
      const controller = new AbortController();
      return { answer: ask(request, controller.signal), cancel: (reason) => controller.abort(reason) };
    },
  };
}

/** Reads all of a response: an answer has come when its last byte has. */
export async function readAnswer(response: Response): Promise<StressAnswer> {
  const { byteLength: sizeBytes } = await response.arrayBuffer();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, statusText: response.statusText, sizeBytes, isJson };
}
