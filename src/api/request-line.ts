import type { FromHolder, RelayedRequest, ToHolder } from '../protocol/api-relay-protocol';
import { BatchedPort } from '../platform/batched-port';
import type { ApiAnswer } from './call';
import type { Router } from './router';

/** A request that is being answered. */
interface Running {
  readonly request: RelayedRequest;
  readonly controller: AbortController;
  readonly answer: Promise<ApiAnswer>;
}

/**
 * The page's end of the line to the service worker. A service worker that is ended in the middle of a request
 * is started anew by the browser, and is given the same request again: it must not be done twice.
 */
export class RequestLine {
  private running = new Map<number, Running>();
  /** What an earlier service worker asked for and never heard the end of. */
  private orphans: readonly Running[] = [];

  constructor(private readonly router: Pick<Router, 'answerRelayed'>) {}

  /** Answers what comes over a port from now on; who asked over the last one does not hear us any more. */
  serve(from: MessagePort): void {
    this.orphans = [...this.running.values()].filter(({ request }) => request.head.method !== 'GET');
    const running = new Map<number, Running>();
    this.running = running;
    const port = new BatchedPort<ToHolder, FromHolder>(from, (message) => {
      if (message.kind === 'abort') running.get(message.id)?.controller.abort();
      else void this.reply(message, running, send);
    });
    const send = (message: FromHolder) => port.post(message);
  }

  private async reply(
    request: RelayedRequest,
    running: Map<number, Running>,
    send: (message: FromHolder) => void,
  ): Promise<void> {
    const { id } = request;
    const own = this.adopt(request) ?? this.begin(request);
    running.set(id, own);
    try {
      const { status, headers, body } = await own.answer;
      const isWhole = typeof body === 'string';
      send({ kind: 'answer', id, status, headers, body: isWhole ? body : undefined });
      if (!isWhole) await sendParts(id, body, send);
    } finally {
      running.delete(id);
    }
  }

  private begin(request: RelayedRequest): Running {
    const controller = new AbortController();
    return { request, controller, answer: this.router.answerRelayed(request, controller.signal) };
  }

  /** The same request, where an earlier service worker asked it already. */
  private adopt(request: RelayedRequest): Running | undefined {
    if (this.orphans.length === 0) return undefined;
    const orphan = this.orphans.find((other) => isSame(other.request, request));
    this.orphans = this.orphans.filter((other) => other !== orphan);
    return orphan;
  }
}

async function sendParts(
  id: number,
  parts: AsyncIterable<string>,
  send: (message: FromHolder) => void,
): Promise<void> {
  try {
    for await (const text of parts) send({ kind: 'part', id, text });
  } finally {
    send({ kind: 'last', id });
  }
}

/** A form's boundary is in its type, and never the same twice; short bodies are compared. */
function isSame(first: RelayedRequest, second: RelayedRequest): boolean {
  const says = ({ head: { client, method, url, headers }, body }: RelayedRequest) =>
    JSON.stringify([client, method, url, headers, body instanceof ArrayBuffer ? textOf(body) : null]);
  return says(first) === says(second);
}

function textOf(body: ArrayBuffer): string {
  return new TextDecoder('latin1').decode(body);
}
