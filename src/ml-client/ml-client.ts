import { AppError, fromErrorRecord } from '../domain/errors';
import { Deadline } from '../platform/deadline';
import { whenReleased } from '../platform/locks';
import type {
  AbortReason,
  CallMessage,
  FromWorker,
  MlEvent,
  MlMethodName,
  MlParams,
  MlResult,
  ToWorker,
} from '../protocol/ml-protocol';
import { PROTOCOL_VERSION } from '../protocol/version';

/** How a call is made. */
export interface CallOptions<Name extends MlMethodName> {
  /** Calls it off. Its reason, where it is an AbortReason, tells the worker why. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: MlEvent<Name>) => void;
  /** The longest silence, in milliseconds: from the call to its first event, and between events. */
  readonly deadlineMs: number;
  /** The longest silence after an event, where the event tells it better. */
  readonly deadlineAfter?: (event: MlEvent<Name>) => number;
}

/** What the client needs to know of the app to start a worker with. */
export interface WorkerSetup {
  readonly spawn: () => Worker;
  /** Where the app's files are, as an absolute URL. */
  readonly baseUrl: string;
  readonly databaseName: string;
}

interface Call {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly onEvent: ((event: unknown) => void) | undefined;
  readonly deadlineAfter: (event: unknown) => number;
  readonly deadline: Deadline;
}

/**
 * The page's handle on one ML worker. The worker is started by the first call and started anew after
 * it died or fell silent; the calls that it owed an answer to end with an error.
 */
export class MlClient {
  private worker: Worker | undefined;
  private leaveDeathWatch: () => void = () => undefined;
  private readonly calls = new Map<number, Call>();
  private lastId = 0;

  constructor(private readonly setup: WorkerSetup) {}

  /** Calls a method of the worker. Rejects with an AppError; `aborted` where it was called off. */
  call<Name extends MlMethodName>(
    method: Name,
    params: MlParams<Name>,
    options: CallOptions<Name>,
  ): Promise<MlResult<Name>> {
    const id = ++this.lastId;
    const { signal, deadlineMs } = options;
    const { onEvent, deadlineAfter = () => deadlineMs } = options as CallOptions<MlMethodName>;
    const ending = new Promise<unknown>((resolve, reject) => {
      const deadline = new Deadline(() => this.terminate(workerLost('It fell silent.')), deadlineMs);
      this.calls.set(id, { resolve, reject, deadline, onEvent, deadlineAfter } as Call);
    });
    this.post({ kind: 'call', id, method, params } as CallMessage);
    const abort = () => this.post({ kind: 'abort', id, reason: asAbortReason(signal?.reason) });
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort);
    return ending.finally(() => signal?.removeEventListener('abort', abort)) as Promise<MlResult<Name>>;
  }

  /** Ends the worker; calls that wait for it are rejected. The next call starts a new one. */
  terminate(error: AppError = workerLost('The worker was ended.')): void {
    this.leaveDeathWatch();
    this.worker?.terminate();
    this.worker = undefined;
    for (const id of this.calls.keys()) this.finish(id)?.reject(error);
  }

  private post(message: ToWorker): void {
    this.worker ??= this.start();
    this.worker.postMessage(message);
  }

  private start(): Worker {
    const worker = this.setup.spawn();
    const lifeLock = `inkling-worker-${crypto.randomUUID()}`;
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === 'ready') this.watchForDeath(lifeLock);
      this.receive(data);
    };
    worker.onerror = (event) => this.terminate(workerLost(event.message));
    worker.onmessageerror = () => this.terminate(workerLost('A message could not be read.'));
    const { baseUrl, databaseName } = this.setup;
    const protocolVersion = PROTOCOL_VERSION;
    worker.postMessage({
      kind: 'hello',
      protocolVersion,
      baseUrl,
      databaseName,
      lifeLock,
    } satisfies ToWorker);
    return worker;
  }

  private receive(message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        if (message.protocolVersion !== PROTOCOL_VERSION) this.terminate(versionSkew());
        return;
      case 'event':
        this.receiveEvent(message.id, message.event);
        return;
      case 'result':
        this.finish(message.id)?.resolve(message.result);
        return;
      case 'error':
        this.finish(message.id)?.reject(fromErrorRecord(message.error));
        return;
    }
  }

  /** Not every death is told: a worker that the browser ended says nothing, but its lock comes free. */
  private watchForDeath(lifeLock: string): void {
    this.leaveDeathWatch = whenReleased(lifeLock, () => this.terminate(workerLost('It was ended.')));
  }

  private finish(id: number): Call | undefined {
    const call = this.calls.get(id);
    call?.deadline.clear();
    this.calls.delete(id);
    return call;
  }

  private receiveEvent(id: number, event: unknown): void {
    const call = this.calls.get(id);
    call?.deadline.extend(call.deadlineAfter(event));
    call?.onEvent?.(event);
  }
}

function asAbortReason(reason: unknown): AbortReason {
  return reason === 'pause' || reason === 'stop' ? reason : 'cancel';
}

function workerLost(detail: string): AppError {
  return new AppError('engine-unavailable', `The computing part of Inkling stopped. ${detail}`, {
    reason: 'WORKER_LOST',
    kept: 'All that was saved before is kept.',
    remedy: 'Try again. It starts anew.',
  });
}

function versionSkew(): AppError {
  return new AppError('conflict', 'A newer Inkling has been installed in the meantime.', {
    reason: 'VERSION_SKEW',
    kept: 'Your data is kept.',
    remedy: 'Reload this page.',
  });
}
