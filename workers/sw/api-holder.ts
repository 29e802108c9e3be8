import { whenReleased } from '../../src/platform/locks';
import {
  relayVersion,
  type FromHolder,
  type RelayedRequest,
  type ServeMessage,
  type ToHolder,
  type WhoServesMessage,
} from '../../src/protocol/api-relay-protocol';
import { BatchedPort } from '../../src/platform/batched-port';
import { refuse } from './api-answers';

/** How long a tab that holds the engine is waited for, in milliseconds. */
const PATIENCE_MS = 2000;

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

  /** Sends a request on. Resolves to its answer; to 503 where the tab goes or says nothing for too long. */
  send(
    request: Omit<RelayedRequest, 'id'>,
    { signal, deadlineMs, keepUntil }: SendOptions,
  ): Promise<Response> {
    const id = ++this.lastId;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.giveUp(id, 'ENGINE_SILENT'), deadlineMs);
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
    pending.answer(refuse(499, 'This was called off.', 'ABORTED'));
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

/** Knows the tab that holds the engine, and asks for it where it does not. */
export class ApiHolder {
  /** The line to it; undefined where none is known. */
  current: Relay | undefined;
  private isOtherVersion = false;
  private finding: Promise<Relay | 'none' | 'other-version'> | undefined;
  private onFound: () => void = () => undefined;

  constructor(
    private readonly worker: ServiceWorkerGlobalScope,
    private readonly version: string,
  ) {
    worker.addEventListener('message', ({ data, ports }) => {
      if ((data as ServeMessage | undefined)?.kind === 'serve-api')
        this.take(data as ServeMessage, ports[0]!);
    });
  }

  /** Asks all tabs who holds the engine, and waits a moment for the answer. */
  find(): Promise<Relay | 'none' | 'other-version'> {
    this.finding ??= this.ask().finally(() => (this.finding = undefined));
    return this.finding;
  }

  private async ask(): Promise<Relay | 'none' | 'other-version'> {
    this.isOtherVersion = false;
    const found = new Promise<void>((resolve) => (this.onFound = resolve));
    const tabs = await this.worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
    for (const tab of tabs) tab.postMessage({ kind: 'who-serves-api' } satisfies WhoServesMessage);
    if (tabs.length > 0)
      await Promise.race([found, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
    return this.current ?? (this.isOtherVersion ? 'other-version' : 'none');
  }

  private take({ version, lifeLock }: ServeMessage, port: MessagePort): void {
    if (version !== relayVersion(this.version)) {
      this.isOtherVersion = true;
      port.close();
      return;
    }
    const relay = new Relay(port);
    this.current = relay;
    whenReleased(lifeLock, () => {
      relay.close();
      if (this.current === relay) this.current = undefined;
    });
    this.onFound();
  }
}
