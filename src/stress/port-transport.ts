import type { RelayedAnswer, RelayedRequest } from '../protocol/load-protocol';
import { readAnswer, type StressAnswer, type Transport } from './transport';

/** Answers a request: the app's own router. */
export type Handle = (request: Request) => Promise<Response>;

/** Through a port to the page, whose router answers: as the service worker would, without it. */
export function portTransport(port: MessagePort, baseUrl: string): Transport {
  const waiting = new Map<number, (answer: RelayedAnswer) => void>();
  let id = 0;
  port.onmessage = ({ data }: MessageEvent<RelayedAnswer>) => {
    waiting.get(data.id)?.(data);
    waiting.delete(data.id);
  };
  return {
    send({ path, method, headers, body }, signal) {
      const request: RelayedRequest = {
        id: ++id,
        url: new URL(path, baseUrl).href,
        method,
        headers,
        body,
      };
      return new Promise<StressAnswer>((resolve, reject) => {
        waiting.set(request.id, (answer) =>
          'error' in answer ? reject(new Error(answer.error)) : resolve(answer),
        );
        signal.addEventListener('abort', () => {
          waiting.delete(request.id);
          reject(signal.reason as Error);
        });
        port.postMessage(request);
      });
    },
  };
}

/** The other end: hands what comes to the router, and tells what it answers. */
export function serveRouter(port: MessagePort, handle: Handle): void {
  port.onmessage = ({ data }: MessageEvent<RelayedRequest>) => {
    void answer(data, handle).then((answered) => port.postMessage(answered));
  };
}

async function answer(
  { id, url, method, headers, body }: RelayedRequest,
  handle: Handle,
): Promise<RelayedAnswer> {
  try {
    const request = new Request(url, { method, headers: headers as [string, string][], body });
    return { id, ...(await readAnswer(await handle(request))) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}
