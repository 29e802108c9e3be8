import { installWay, isInOwnWindow, watchInstallPrompt, type InstallWay } from '../platform/install-prompt';
import { Observable, type Watched } from './observable';

/** Whether the app is installed, and what installs it. */
export type InstallState =
  | { readonly kind: 'installed' }
  /** The browser asks, in its own words, once `InstallService.install` is called. */
  | { readonly kind: 'offered' }
  /** Only the browser's own menu can. */
  | { readonly kind: 'by-hand'; readonly way: InstallWay };

/** Installs the app on this device, where the browser lets a page ask for it. */
export class InstallService {
  private readonly observed = new Observable<InstallState>(
    isInOwnWindow() ? { kind: 'installed' } : { kind: 'by-hand', way: installWay() },
  );
  private offer: (() => Promise<boolean>) | undefined;

  constructor() {
    watchInstallPrompt(
      (install) => {
        this.offer = install;
        this.observed.value = { kind: 'offered' };
      },
      () => (this.observed.value = { kind: 'installed' }),
    );
  }

  get state(): Watched<InstallState> {
    return this.observed;
  }

  /** Has the browser ask whether to install the app. An offer is good for one asking. */
  async install(): Promise<void> {
    const { offer } = this;
    this.offer = undefined;
    this.observed.value = { kind: 'by-hand', way: installWay() };
    if (await offer?.()) this.observed.value = { kind: 'installed' };
  }
}
