import { describeGraphics, type Graphics } from '../platform/graphics';
import { findMissingHeaders } from '../platform/host-headers';
import { detectWasmSimd, type WasmSimd } from '../platform/wasm-simd';
import { yieldToEvents } from '../platform/yield-to-events';
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
  /** The headers that the page lacks as it would be loaded now; undefined until that was asked. */
  readonly missingHeaders?: readonly string[];
  /** What the shell offers to do about the version that this page runs. */
  readonly update?: UpdateOffer;
}

/** A reload that is worth something, and waits for a yes. */
export type UpdateOffer =
  /** A newer version waits. It was held back where somebody trained or read data when it was asked for. */
  | { readonly kind: 'newer'; readonly isHeld: boolean; readonly apply: () => Promise<boolean> }
  /** Another tab started a newer version. */
  | { readonly kind: 'elsewhere'; readonly apply: () => void }
  /** The service worker can add the headers that the host does not set. */
  | { readonly kind: 'isolation'; readonly apply: () => void };

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

  /** Asks for it in a task of its own: the first answer takes 30 ms, in which nothing else would be shown. */
  async askForGraphics(): Promise<void> {
    await yieldToEvents();
    describeGraphics();
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

  /** Asks what the page would be loaded with. */
  async checkHeaders(): Promise<void> {
    const missingHeaders = await findMissingHeaders();
    if (missingHeaders) this.observed.value = { ...this.observed.value, missingHeaders };
  }

  /** Asks the browser to keep the data even when space runs short. */
  async requestPersistence(): Promise<void> {
    await navigator.storage.persist();
    await this.refreshStorage();
  }

  /** Says whether the whole app is kept. */
  setOfflineReady(isOfflineReady: boolean): void {
    this.observed.value = { ...this.observed.value, isOfflineReady };
    void this.refreshStorage();
  }

  /** Offers a reload; what a newer version brings goes before what another header brings. */
  offerUpdate(update: UpdateOffer): void {
    if (update.kind === 'isolation' && this.observed.value.update) return;
    this.observed.value = { ...this.observed.value, update };
  }

  /** Does what is offered. A newer version is not started while somebody, in any tab, trains or reads data. */
  async applyUpdate(): Promise<void> {
    const { update } = this.observed.value;
    const isDone = await update?.apply();
    if (update?.kind === 'newer' && isDone === false) this.offerUpdate({ ...update, isHeld: true });
  }
}
