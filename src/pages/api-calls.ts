import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isAborted } from '../domain/errors';
import { describeRequest, toPlatformRequest, type ApiRequest } from './api-request';

/** Calls that are remembered. */
const MOST_CALLS = 20;
/** Of a long answer as much is shown, in characters: the end of it. */
const MOST_SHOWN = 20_000;

/** A call that was made on the page. */
export interface ApiCallRecord {
  readonly number: number;
  readonly request: ApiRequest;
  /** The request as it was sent, for reading. */
  readonly sent: string;
  readonly isByServiceWorker: boolean;
  readonly durationMs?: number;
  readonly status?: number;
  readonly headers?: readonly (readonly [string, string])[];
  /** As far as it has come. */
  readonly text: string;
  /** Why there is no answer. */
  readonly failure?: string;
  readonly isUnderWay: boolean;
}

/** Sends requests as any program would, and remembers the last of them. */
export class ApiCalls implements ReactiveController {
  /** The newest first. */
  calls: readonly ApiCallRecord[] = [];
  private calling: AbortController | undefined;
  private count = 0;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.cancel();
  }

  get isUnderWay(): boolean {
    return this.calls[0]?.isUnderWay ?? false;
  }

  /** Sends a request and follows its answer to the end. */
  async send(request: ApiRequest): Promise<void> {
    const number = ++this.count;
    const isByServiceWorker = Boolean(navigator.serviceWorker?.controller);
    const sent = describeRequest(request);
    this.calling = new AbortController();
    this.calls = [
      { number, request, sent, isByServiceWorker, text: '', isUnderWay: true },
      ...this.calls,
    ].slice(0, MOST_CALLS);
    this.host.requestUpdate();
    const startedAt = performance.now();
    const patch = (change: Partial<ApiCallRecord>) =>
      this.patch(number, { ...change, durationMs: performance.now() - startedAt });
    try {
      const response = await fetch(toPlatformRequest(request), { signal: this.calling.signal });
      patch({ status: response.status, headers: [...response.headers] });
      await readParts(response, (text) => patch({ text }));
      patch({ isUnderWay: false });
    } catch (error) {
      if (!isAborted(error) && !(error instanceof TypeError)) throw error;
      patch({ isUnderWay: false, failure: wordFailure(error) });
    }
  }

  /** Calls the request off that is under way. */
  cancel(): void {
    this.calling?.abort();
  }

  private patch(number: number, change: Partial<ApiCallRecord>): void {
    this.calls = this.calls.map((call) => (call.number === number ? { ...call, ...change } : call));
    this.host.requestUpdate();
  }
}

/** Reads an answer as it comes. */
async function readParts(response: Response, onText: (text: string) => void): Promise<void> {
  const isJson = response.headers.get('content-type') === 'application/json';
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  let text = '';
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) break;
    text += decoder.decode(value, { stream: true });
    if (!isJson) onText(text.slice(-MOST_SHOWN));
  }
  if (isJson) onText(JSON.stringify(JSON.parse(text), null, 2).slice(0, MOST_SHOWN));
}

function wordFailure(error: unknown): string {
  if (isAborted(error))
    return 'You called it off. A run that it waited for ends, and what that has learned is kept.';
  return 'There was no answer: the service worker was ended in the middle of it. A run that had begun goes on; see runs.';
}
