import type { LoadStage } from '../domain/load-shape';
import type { StressPlan } from '../domain/stress-plan';
import type { LoadOrder, LoadReport, LoadRequest, LoadSnapshot } from '../protocol/load-protocol';
import { mergeSnapshots } from '../stress/merge-snapshots';

/** Where a fleet gets its workers, and who answers within the page: `connect` gives its router a port. */
export interface FleetSources {
  readonly spawn: (name: string) => Worker;
  readonly connect: (port: MessagePort) => Promise<void>;
}

/** Who hears of a fleet. */
export interface FleetListener {
  /** About twice a second. */
  onSnapshot(snapshot: LoadSnapshot): void;
  /** Once: everything has an ending. */
  onEnd(snapshot: LoadSnapshot): void;
  /** Once, instead: a worker is lost, and the last that was known of it. */
  onLoss(message: string, snapshot: LoadSnapshot | undefined): void;
}

/** The workers of a test: they share its load, and what they count is added up. */
export class LoadFleet {
  private readonly workers: Worker[] = [];
  private readonly snapshots = new Map<number, LoadSnapshot>();
  private readonly ports: MessagePort[] = [];
  private endedCount = 0;
  private epoch = 0;

  constructor(
    private readonly sources: FleetSources,
    private readonly listener: FleetListener,
  ) {}

  /** Starts all workers. */
  start(plan: StressPlan, baseUrl: string, seed: number): void {
    for (let at = 0; at < plan.workers; at++) {
      const worker = this.sources.spawn(`load-${at + 1}`);
      this.workers.push(worker);
      worker.onmessage = ({ data }: MessageEvent<LoadReport>) => this.hear(at, data);
      worker.onerror = (event) => this.lose(event.message || 'A worker that makes the load was lost.');
      const order: LoadOrder = { plan, baseUrl, worker: at, workers: plan.workers, seed: seed + at };
      worker.postMessage({ kind: 'start', order } satisfies LoadRequest, this.portsFor(plan));
    }
  }

  /** Goes on with other stages. */
  edit(stages: readonly LoadStage[]): void {
    this.tell({ kind: 'edit', stages });
  }

  /** Starts no new request; called once more, gives up those that are under way. */
  stop(): void {
    this.tell({ kind: 'stop' });
  }

  /** Forgets what was counted, also what is on its way here. */
  reset(): void {
    this.snapshots.clear();
    this.epoch += 1;
    this.tell({ kind: 'reset', epoch: this.epoch });
  }

  private tell(request: LoadRequest): void {
    for (const worker of this.workers) worker.postMessage(request);
  }

  private portsFor({ target }: StressPlan): MessagePort[] {
    if (target !== 'router') return [];
    const { port1, port2 } = new MessageChannel();
    this.sources.connect(port1).catch((error: unknown) => this.lose(String(error)));
    this.ports.push(port1);
    return [port2];
  }

  private hear(at: number, { kind, epoch, snapshot }: LoadReport): void {
    // Counted before the last reset. A worker that had ended by then has nothing else to say.
    if (epoch !== this.epoch && kind !== 'end') return;
    this.snapshots.set(at, snapshot);
    if (kind === 'end') this.endedCount += 1;
    const merged = mergeSnapshots([...this.snapshots.values()]);
    if (this.endedCount < this.workers.length) this.listener.onSnapshot(merged);
    else {
      this.close();
      this.listener.onEnd(merged);
    }
  }

  private lose(message: string): void {
    this.close();
    const known = [...this.snapshots.values()];
    this.listener.onLoss(message, known.length > 0 ? mergeSnapshots(known) : undefined);
  }

  private close(): void {
    for (const worker of this.workers) {
      worker.onmessage = null;
      worker.onerror = null;
      worker.terminate();
    }
    for (const port of this.ports) port.close();
  }
}
