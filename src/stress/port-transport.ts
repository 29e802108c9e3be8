import type { FromHolder, RelayedRequest, ToHolder } from '../protocol/api-relay-protocol';
import { BatchedPort } from '../platform/batched-port';
import type { StressAnswer, StressRequest, Transport } from './transport';

/** A request that has no answer yet. */
interface Waiting {
  readonly resolve: (answer: StressAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** Who asks, as the router tells clients apart. */
const CLIENT = 'load';

/**
 * Through a port to the page, in the words that the service worker uses: its router answers as it would to the
 * service worker, which is all that is missing.
 */
export function portTransport(to: MessagePort, baseUrl: string): Transport {
  const waiting = new Map<number, Waiting>();
  const encoder = new TextEncoder();
  let lastId = 0;
  const port = new BatchedPort<FromHolder, ToHolder>(to, (message) => {
    if (message.kind !== 'answer') return;
    waiting.get(message.id)?.resolve(toStressAnswer(message, encoder));
    waiting.delete(message.id);
  });
  return {
    send(request, signal) {
      const id = ++lastId;
      return new Promise<StressAnswer>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        signal.addEventListener('abort', () => {
          if (!waiting.delete(id)) return;
          port.post({ kind: 'abort', id });
          reject(signal.reason as Error);
        });
        port.post(toRelayed(request, id, baseUrl));
      });
    },
  };
}

function toRelayed({ path, method, headers, body }: StressRequest, id: number, baseUrl: string) {
  return {
    kind: 'request',
    id,
    client: CLIENT,
    method,
    url: new URL(path, baseUrl).href,
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    body: ownBuffer(body),
  } satisfies RelayedRequest;
}

/** Just these bytes: an array may be a part of a larger one. */
function ownBuffer(bytes: Uint8Array<ArrayBuffer>): ArrayBuffer {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
}

function toStressAnswer(
  { status, headers, body = '' }: Extract<FromHolder, { kind: 'answer' }>,
  encoder: TextEncoder,
): StressAnswer {
  return {
    status,
    // Statuses have no words on this line, as they have none in HTTP/2.
    statusText: '',
    sizeBytes: encoder.encode(body).byteLength,
    isJson: /json/.test(headers['Content-Type'] ?? ''),
  };
}
