import type { FromHolder, RelayedHead, ToHolder } from '../protocol/api-relay-protocol';
import { BatchedPort } from '../platform/batched-port';
import type { StressAnswer, StressHead, Transport } from './transport';

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
  const heads = new WeakMap<StressHead, RelayedHead>();
  const encoder = new TextEncoder();
  let lastId = 0;
  const port = new BatchedPort<FromHolder, ToHolder>(to, (message) => {
    if (message.kind !== 'answer') return;
    waiting.get(message.id)?.resolve(toStressAnswer(message, encoder));
    waiting.delete(message.id);
  });
  const headOf = (head: StressHead) => {
    const known = heads.get(head) ?? toRelayed(head, baseUrl);
    heads.set(head, known);
    return known;
  };
  return {
    send({ head, body }) {
      const id = ++lastId;
      const answer = new Promise<StressAnswer>((resolve, reject) => waiting.set(id, { resolve, reject }));
      port.post({ kind: 'request', id, head: headOf(head), body: ownBuffer(body) });
      const cancel = (reason: Error) => {
        waiting.get(id)?.reject(reason);
        if (waiting.delete(id)) port.post({ kind: 'abort', id });
      };
      return { answer, cancel };
    },
  };
}

function toRelayed({ path, method, headers }: StressHead, baseUrl: string): RelayedHead {
  return {
    client: CLIENT,
    method,
    url: new URL(path, baseUrl).href,
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
  };
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
