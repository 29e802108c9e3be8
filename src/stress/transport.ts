/** A request as a task makes it: the body is bytes, so that every transport can carry it. */
export interface StressRequest {
  /** Relative to the base of what is tested. */
  readonly path: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array<ArrayBuffer>;
}

/** What is looked at of an answer, after all of it has come. */
export interface StressAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly sizeBytes: number;
  readonly isJson: boolean;
}

/** Carries a request to whatever is tested. Rejects where no answer came. */
export interface Transport {
  send(request: StressRequest, signal: AbortSignal): Promise<StressAnswer>;
}

/** By `fetch`: through the service worker where one controls this thread, or over the network. */
export function fetchTransport(baseUrl: string): Transport {
  return {
    async send({ path, method, headers, body }, signal) {
      const init: RequestInit = {
        method,
        headers: headers as [string, string][],
        body,
        signal,
        cache: 'no-store',
        redirect: 'error',
      };
      return readAnswer(await fetch(new URL(path, baseUrl), init));
    },
  };
}

/** Reads all of a response: an answer has come when its last byte has. */
export async function readAnswer(response: Response): Promise<StressAnswer> {
  const { byteLength: sizeBytes } = await response.arrayBuffer();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, statusText: response.statusText, sizeBytes, isJson };
}
