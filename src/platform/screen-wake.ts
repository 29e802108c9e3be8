/** Keeps the screen on, and so the device awake, for as long as that is wanted and the page is in view. */
export class ScreenWake {
  private sentinel: WakeLockSentinel | undefined;
  private isWanted = false;
  private settling: Promise<void> = Promise.resolve();

  constructor() {
    // Browsers take the lock away from a page that is hidden; it is wanted again once it is back.
    document.addEventListener('visibilitychange', () => this.settle());
  }

  /** True where the browser can do that. */
  get isOffered(): boolean {
    return 'wakeLock' in navigator;
  }

  /** Says whether the screen should stay on from now on. */
  want(isWanted: boolean): void {
    if (isWanted === this.isWanted) return;
    this.isWanted = isWanted;
    this.settle();
  }

  /** One change at a time: a lock that is still being asked for can be given back only when it is there. */
  private settle(): void {
    if (this.isOffered) this.settling = this.settling.then(() => this.change());
  }

  private async change(): Promise<void> {
    const isDue = this.isWanted && document.visibilityState === 'visible';
    if (isDue === (this.sentinel !== undefined && !this.sentinel.released)) return;
    if (isDue) this.sentinel = await request();
    else await this.sentinel?.release();
  }
}

/** Undefined where the device refuses, as it does when its battery is low: then training goes on without. */
function request(): Promise<WakeLockSentinel | undefined> {
  return navigator.wakeLock.request('screen').catch(() => undefined);
}
