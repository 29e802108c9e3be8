import { LatencyHistogram } from '../domain/latency-stats';
import type { SelfCheck } from '../domain/stress-run';

/** How often the generator asks whether it is late, in milliseconds. */
const LAG_INTERVAL_MS = 50;

/** Watches how late timers go off in this thread: an answer that came then was measured as much too late. */
export class LagWatch {
  private readonly lags = new LatencyHistogram();
  private longestMs = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isStopped = false;

  constructor(private readonly empty: Pick<SelfCheck, 'emptyMedianMs' | 'emptyP95Ms'>) {
    this.wait();
  }

  /** What is known by now. */
  get check(): SelfCheck {
    return {
      ...this.empty,
      lagMedianMs: this.lags.percentile(0.5),
      lagP95Ms: this.lags.percentile(0.95),
      lagMaxMs: this.longestMs,
    };
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  private wait(): void {
    if (this.isStopped) return;
    const due = performance.now() + LAG_INTERVAL_MS;
    this.timer = setTimeout(() => {
      const lagMs = Math.max(0, performance.now() - due);
      this.lags.record(lagMs);
      this.longestMs = Math.max(this.longestMs, lagMs);
      this.wait();
    }, LAG_INTERVAL_MS);
  }
}
