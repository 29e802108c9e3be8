import { trustedScriptUrl } from '../../../src/platform/trusted-script-url';
import type { Heap } from './heap';
import * as layout from './kernels/layout';
import { instantiate, type CompiledKernels, type Kernels } from './load-kernels';
import type { Program } from './program';
import threadUrl from './thread.worker.ts?worker&url';

/** What a thread is told at its start. */
export interface ThreadOrder {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: number;
  /** The number of the last program that was started before the thread. */
  readonly seen: number;
}

/** More threads than lanes would have nothing to do. */
const MOST_THREADS = 8;
/**
 * How often a thread looks for the next phase before it sleeps: about 0.1 ms, longer than most waits and
 * much shorter than a wake-up and what it costs the others.
 */
const SPINS = 100_000;

/**
 * The threads that this device can spare. One where memory may not be shared with others, and on a page,
 * which may not wait for them.
 */
export function availableThreads(): number {
  const mayWait = 'WorkerGlobalScope' in globalThis;
  return mayWait && crossOriginIsolated ? Math.min(MOST_THREADS, navigator.hardwareConcurrency) : 1;
}

/** Runs programs, alone or with threads that share the memory. */
export class ThreadPool {
  private readonly kernels: Kernels;
  private readonly control: number;
  private readonly workers: Worker[] = [];
  private starting: Promise<void> = Promise.resolve();
  private readyThreads = 1;

  constructor(
    private readonly heap: Heap,
    private readonly compiled: CompiledKernels,
    /** How many threads there should be, this one included. */
    private readonly wantedThreads: number,
  ) {
    this.kernels = instantiate(compiled.module, heap.memory);
    this.control = heap.allocate(layout.CONTROL_BYTES).address;
    this.field(layout.CONTROL_SPINS, SPINS);
  }

  /** Threads that compute now. */
  get threads(): number {
    return this.readyThreads;
  }

  /** Starts the other threads, once. Until they are there, programs run on fewer. */
  start(): Promise<void> {
    if (this.workers.length === 0) {
      const missing = Array.from({ length: this.wantedThreads - 1 }, () => this.startThread());
      this.starting = Promise.all(missing).then(() => {
        this.readyThreads = this.wantedThreads;
      });
    }
    return this.starting;
  }

  /** Runs a program to its end. `threads` 1 keeps it here: small ones are done before others wake. */
  run({ phases, address }: Program, threads = this.readyThreads): void {
    this.field(layout.CONTROL_PHASES, address);
    this.field(layout.CONTROL_PHASE_COUNT, phases.length);
    this.field(layout.CONTROL_THREADS, threads);
    this.kernels.run(this.control);
  }

  /** Sends the other threads home. */
  dismiss(): void {
    this.field(layout.CONTROL_PHASE_COUNT, 0);
    this.kernels.dismiss(this.control);
    this.workers.length = 0;
    this.readyThreads = 1;
  }

  private startThread(): Promise<void> {
    const worker = new Worker(trustedScriptUrl(threadUrl), { type: 'module', name: 'simd thread' });
    this.workers.push(worker);
    const seen = this.heap.integers(this.control + layout.CONTROL_START, 1)[0]!;
    const order: ThreadOrder = {
      module: this.compiled.module,
      memory: this.heap.memory,
      control: this.control,
      seen,
    };
    return new Promise((resolve, reject) => {
      worker.onmessage = () => resolve();
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage(order);
    });
  }

  private field(offset: number, value: number): void {
    this.heap.integers(this.control + offset, 1)[0] = value;
  }
}
