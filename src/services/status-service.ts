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
  /** It was asked to on this visit, and did not: so it is in a private window, for one. */
  readonly isRefused?: boolean;
  /** The headers that the page lacks as it would be loaded now; undefined until that was asked. */
  readonly missingHeaders?: readonly string[];
  /** What the shell offers to do about the version that this page runs. */
  readonly update?: UpdateOffer;
}

/** A reload that is worth something, and waits for a yes. */
export type UpdateOffer =
  /** A newer version waits. */
  | { readonly kind: 'newer'; readonly stage: UpdateStage; readonly apply: () => Promise<boolean> }
  /** Another tab started a newer version. */
  | { readonly kind: 'elsewhere'; readonly apply: () => void }
  /** The service worker can add the headers that the host does not set. */
  | { readonly kind: 'isolation'; readonly apply: () => void };

/**
 * How far a newer version is: `held` where somebody trained or read data when it was asked for, `stuck` where the
 * version before it did not let go of the page.
 */
export type UpdateStage = 'ready' | 'held' | 'starting' | 'stuck';

/** The former version ends what it is answering, and then makes room, which takes a moment; in milliseconds. */
const START_MS = 20_000;

/** Watches over storage and the service worker. */
export class StatusService {
  private readonly observed = new Observable<AppStatus>({ isOfflineReady: false, isPersisted: false });

  /** `startMs` is how long a newer version may take to start before the page says that it does not. */
  constructor(private readonly startMs = START_MS) {}

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
    const isRefused = !(await navigator.storage.persist());
    this.observed.value = { ...this.observed.value, isRefused };
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
    if (update?.kind !== 'newer') return update?.apply();
    const tell = (stage: UpdateStage) => this.offerUpdate({ ...update, stage });
    tell('starting');
    // The page is loaded anew as soon as it has started.
    const waiting = setTimeout(() => tell('stuck'), this.startMs);
    if (await update.apply()) return;
    clearTimeout(waiting);
    tell('held');
  }
}
