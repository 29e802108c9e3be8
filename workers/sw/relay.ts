import type { FromHolder, RelayedRequest, ToHolder } from '../../src/protocol/api-relay-protocol';
import { BatchedPort } from '../../src/platform/batched-port';
import { refuse } from './api-answers';

interface Pending {
  readonly answer: (response: Response) => void;
  /** The rest of a streamed answer. */
  stream?: ReadableStreamDefaultController<Uint8Array>;
  readonly timer: number;
  /** Keeps the service worker until a streamed answer has come to its end. */
  readonly keepUntil: (end: Promise<void>) => void;
  end: () => void;
}

/** How a request is sent on. */
interface SendOptions {
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
  readonly keepUntil: (end: Promise<void>) => void;
}

/** The line to the tab that holds the engine, as long as that tab lives. */
export class Relay {
  private readonly pending = new Map<number, Pending>();
  private lastId = 0;
  private readonly encoder = new TextEncoder();
  private readonly port: BatchedPort<FromHolder, ToHolder>;

  constructor(port: MessagePort) {
    this.port = new BatchedPort(port, (message) => this.receive(message));
  }

  /** Sends a request on. Resolves to its answer; to 503 where the tab goes or says nothing for too long, 499 where it was called off. */
  send(
    request: Omit<RelayedRequest, 'id'>,
    { signal, deadlineMs, keepUntil }: SendOptions,
  ): Promise<Response> {
    // Its body took a while to be read, and whoever asked may have gone in the meantime.
    if (signal.aborted) return Promise.resolve(calledOff());
    const id = ++this.lastId;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.fallSilent(id), deadlineMs);
      this.pending.set(id, { answer: resolve, timer, keepUntil, end: () => undefined });
      signal.addEventListener('abort', () => this.cancel(id));
      const { body } = request;
      this.port.post({ ...request, id }, body instanceof ArrayBuffer ? [body] : []);
    });
  }

  /** The tab has gone: nothing more comes. */
  close(): void {
    this.port.close();
    for (const id of this.pending.keys()) this.giveUp(id, 'ENGINE_GONE');
  }

  private receive(message: FromHolder): void {
    const pending = this.pending.get(message.id);
    if (!pending) return;
    switch (message.kind) {
      case 'answer':
        clearTimeout(pending.timer);
        pending.answer(this.toResponse(message, pending));
        if (message.body !== undefined) this.pending.delete(message.id);
        return;
      case 'part':
        pending.stream?.enqueue(this.encoder.encode(message.text));
        return;
      case 'last':
        this.pending.delete(message.id);
        pending.stream?.close();
        pending.end();
    }
  }

  private toResponse(
    { id, status, headers, body }: Extract<FromHolder, { kind: 'answer' }>,
    pending: Pending,
  ): Response {
    // Always as a stream: the body of a text would go to the browser's process and back as a blob, which
    // takes half as long again as the whole request (docs/decisions/0025).
    if (body === undefined) pending.keepUntil(new Promise((resolve) => (pending.end = resolve)));
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        if (body === undefined) pending.stream = controller;
        else {
          if (body !== '') controller.enqueue(this.encoder.encode(body));
          controller.close();
        }
      },
      cancel: () => this.cancel(id),
    });
    return new Response(stream, { status, headers });
  }

  private cancel(id: number): void {
    const pending = this.pending.get(id);
    if (!pending) return;
    clearTimeout(pending.timer);
    this.pending.delete(id);
    this.port.post({ kind: 'abort', id });
    pending.end();
    pending.answer(calledOff());
  }

  /** Nobody waits any longer: what the tab is at, it is at for nobody. */
  private fallSilent(id: number): void {
    this.giveUp(id, 'ENGINE_SILENT');
    this.port.post({ kind: 'abort', id });
  }

  private giveUp(id: number, code: string): void {
    const pending = this.pending.get(id);
    if (!pending) return;
    clearTimeout(pending.timer);
    this.pending.delete(id);
    pending.stream?.error(new TypeError('The tab that answered was closed.'));
    pending.end();
    pending.answer(refuse(503, 'The tab that answers was closed or says nothing.', code));
  }
}

/** The answer to a request that was called off; its browser shows it to nobody. */
function calledOff(): Response {
  return refuse(499, 'This was called off.', 'ABORTED');
}
