import { abortedError, throwIfAborted, toErrorRecord } from '../../src/domain/errors';
import { holdForLife } from '../../src/platform/locks';
import type {
  CallMessage,
  FromWorker,
  MlEvent,
  MlMethodName,
  MlParams,
  MlResult,
  ToWorker,
} from '../../src/protocol/ml-protocol';
import { PROTOCOL_VERSION } from '../../src/protocol/version';

/** What a handler may use besides its parameters. */
export interface CallContext<Event> {
  /** Aborted when the page calls it off; its `reason` is an AbortReason. */
  readonly signal: AbortSignal;
  readonly emit: (event: Event) => void;
}

/** One function per method of the protocol; what does not fit the protocol does not compile. */
export type MlHandlers = {
  readonly [Name in MlMethodName]: (
    params: MlParams<Name>,
    context: CallContext<MlEvent<Name>>,
  ) => Promise<MlResult<Name>>;
};

/** What the page tells a worker when it starts it. */
export type Hello = Extract<ToWorker, { kind: 'hello' }>;

/** The worker's end of the line: messages arrive at `onmessage`, answers go out through `postMessage`. */
interface Port {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker): void;
}

/**
 * Serves the protocol on a port. `createHandlers` is called once, by the page's greeting. Each call has
 * its own AbortController and exactly one ending.
 */
export function serve(port: Port, createHandlers: (hello: Hello) => MlHandlers): void {
  let handlers: MlHandlers | undefined;
  const running = new Map<number, AbortController>();

  const answer = async (handlers: MlHandlers, call: CallMessage) => {
    const controller = new AbortController();
    running.set(call.id, controller);
    try {
      const result = await dispatch(handlers, call, {
        signal: controller.signal,
        emit: (event) => port.postMessage({ kind: 'event', id: call.id, event }),
      });
      port.postMessage({ kind: 'result', id: call.id, result });
    } catch (error) {
      // What the platform was told to abort rejects with the reason itself.
      const ending = error === controller.signal.reason ? abortedError() : error;
      port.postMessage({ kind: 'error', id: call.id, error: toErrorRecord(ending) });
    } finally {
      running.delete(call.id);
    }
  };

  /** Only once the lock is held can its coming free tell that this worker has died. */
  const greet = async ({ lifeLock }: Hello) => {
    await holdForLife(lifeLock);
    port.postMessage({ kind: 'ready', protocolVersion: PROTOCOL_VERSION });
  };

  port.onmessage = ({ data: message }) => {
    switch (message.kind) {
      case 'hello':
        handlers = createHandlers(message);
        void greet(message);
        return;
      case 'call':
        if (!handlers) throw new Error(`${message.method} was called before the page’s greeting`);
        void answer(handlers, message);
        return;
      case 'abort':
        running.get(message.id)?.abort(message.reason);
        return;
    }
  };
}

/** Calls the handler of a method. The types tie parameters and handler together by the method's name. */
function dispatch(
  handlers: MlHandlers,
  { method, params }: CallMessage,
  context: CallContext<unknown>,
): Promise<unknown> {
  throwIfAborted(context.signal);
  const handler = handlers[method] as (params: unknown, context: CallContext<unknown>) => Promise<unknown>;
  return handler(params, context);
}
