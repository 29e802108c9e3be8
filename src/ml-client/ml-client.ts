import { AppError, fromErrorRecord } from '../domain/errors';
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
  readonly deadlineMs: number;
  timer: ReturnType<typeof setTimeout>;
}

/**
 * The page's handle on one ML worker. The worker is started by the first call and started anew after
 * it died or fell silent; the calls that it owed an answer to end with an error.
 */
export class MlClient {
  private worker: Worker | undefined;
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
    const { signal, onEvent, deadlineMs } = options;
    const ending = new Promise<unknown>((resolve, reject) => {
      const timer = this.startTimer(deadlineMs);
      this.calls.set(id, { resolve, reject, deadlineMs, timer, onEvent: onEvent as Call['onEvent'] });
    });
    this.post({ kind: 'call', id, method, params } as CallMessage);
    const abort = () => this.post({ kind: 'abort', id, reason: asAbortReason(signal?.reason) });
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort);
    return ending.finally(() => signal?.removeEventListener('abort', abort)) as Promise<MlResult<Name>>;
  }

  /** Ends the worker; calls that wait for it are rejected. The next call starts a new one. */
  terminate(error: AppError = workerLost('The worker was ended.')): void {
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
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.receive(data);
    worker.onerror = (event) => this.terminate(workerLost(event.message));
    worker.onmessageerror = () => this.terminate(workerLost('A message could not be read.'));
    const { baseUrl, databaseName } = this.setup;
    const hello: ToWorker = { kind: 'hello', protocolVersion: PROTOCOL_VERSION, baseUrl, databaseName };
    worker.postMessage(hello);
    return worker;
  }

  private receive(message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        if (message.protocolVersion !== PROTOCOL_VERSION) this.terminate(versionSkew());
        return;
      case 'event':
        this.restartTimer(message.id)?.onEvent?.(message.event);
        return;
      case 'result':
        this.finish(message.id)?.resolve(message.result);
        return;
      case 'error':
        this.finish(message.id)?.reject(fromErrorRecord(message.error));
        return;
    }
  }

  private finish(id: number): Call | undefined {
    const call = this.calls.get(id);
    if (call) clearTimeout(call.timer);
    this.calls.delete(id);
    return call;
  }

  private restartTimer(id: number): Call | undefined {
    const call = this.calls.get(id);
    if (!call) return undefined;
    clearTimeout(call.timer);
    call.timer = this.startTimer(call.deadlineMs);
    return call;
  }

  /** A lost graphics context leaves promises that never settle: silence is the only sign of it. */
  private startTimer(deadlineMs: number): ReturnType<typeof setTimeout> {
    const seconds = Math.round(deadlineMs / 1000);
    return setTimeout(() => this.terminate(workerLost(`It was silent for ${seconds} s.`)), deadlineMs);
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
