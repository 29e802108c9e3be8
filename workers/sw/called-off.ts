import { CALL_HEADER, type CallOffMessage } from '../../src/protocol/api-relay-protocol';

/** Of what was called off before it came here, as much is remembered. */
const MOST_EARLY = 100;

/** Knows which requests of pages were called off: browsers do not tell a service worker. */
export class CalledOff {
  private readonly calls = new Map<string, AbortController>();
  private readonly early = new Set<string>();

  /** Takes what a page says. */
  hear({ kind, call }: CallOffMessage): void {
    if (kind !== 'call-off') return;
    const calling = this.calls.get(call);
    if (calling) return calling.abort();
    // A message can overtake its request.
    this.early.add(call);
    if (this.early.size > MOST_EARLY) this.early.delete(this.early.values().next().value!);
  }

  /** Does `work` with a signal that is aborted when nobody waits for this request any more. */
  async watch<T>(
    { headers, signal }: Pick<Request, 'headers' | 'signal'>,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const call = headers.get(CALL_HEADER);
    if (call === null) return work(signal);
    const calling = new AbortController();
    if (this.early.delete(call)) calling.abort();
    this.calls.set(call, calling);
    try {
      return await work(AbortSignal.any([signal, calling.signal]));
    } finally {
      this.calls.delete(call);
    }
  }
}
