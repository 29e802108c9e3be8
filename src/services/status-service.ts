import { describeGraphics, type Graphics } from '../platform/graphics';
import { detectWasmSimd, type WasmSimd } from '../platform/wasm-simd';
import { Observable, type Watched } from './observable';

/** How this visit stands: what the rail's foot and the About page tell. */
export interface AppStatus {
  /** The whole app is kept on this device. */
  readonly isOfflineReady: boolean;
  /** Bytes that the app uses of this device's storage; undefined where the browser does not tell. */
  readonly usedBytes?: number;
  /** The most that the browser lets it use, in bytes. */
  readonly quotaBytes?: number;
  /** The browser promised not to clear the data by itself. */
  readonly isPersisted: boolean;
  /** A newer version waits; calling it starts it. */
  readonly applyUpdate?: () => void;
}

/** Watches over storage and the service worker. */
export class StatusService {
  private readonly observed = new Observable<AppStatus>({ isOfflineReady: false, isPersisted: false });

  get status(): Watched<AppStatus> {
    return this.observed;
  }

  /** What WebGL runs on; undefined where there is none. */
  get graphics(): Graphics | undefined {
    return describeGraphics();
  }

  /** Which of our kernels this browser can run. */
  get wasmSimd(): WasmSimd {
    return detectWasmSimd();
  }

  /** Reads how much storage is used. */
  async refreshStorage(): Promise<void> {
    const [{ usage, quota }, isPersisted] = await Promise.all([
      navigator.storage.estimate(),
      navigator.storage.persisted(),
    ]);
    this.observed.value = {
      ...this.observed.value,
      isPersisted,
      ...(usage === undefined ? {} : { usedBytes: usage }),
      ...(quota === undefined ? {} : { quotaBytes: quota }),
    };
  }

  /** Asks the browser to keep the data even when space runs short. */
  async requestPersistence(): Promise<void> {
    await navigator.storage.persist();
    await this.refreshStorage();
  }

  /** Says that the whole app is kept. */
  setOfflineReady(): void {
    this.observed.value = { ...this.observed.value, isOfflineReady: true };
    void this.refreshStorage();
  }

  /** Says that a newer version waits. */
  setUpdate(applyUpdate: () => void): void {
    this.observed.value = { ...this.observed.value, applyUpdate };
  }
}
