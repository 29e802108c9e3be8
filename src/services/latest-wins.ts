/**
 * A queue for one: while a task runs, at most one more waits, and a newer one takes its place. For
 * questions whose older versions nobody asks any more.
 */
export class LatestWins {
  private isBusy = false;
  private admitNext: ((isAdmitted: boolean) => void) | undefined;

  /** Runs the task when its turn comes; resolves to undefined where a newer task took its place. */
  async run<T>(task: () => Promise<T>): Promise<T | undefined> {
    if (this.isBusy && !(await this.waitForTurn())) return undefined;
    this.isBusy = true;
    try {
      return await task();
    } finally {
      this.isBusy = this.admitNext !== undefined;
      this.admitNext?.(true);
      this.admitNext = undefined;
    }
  }

  private waitForTurn(): Promise<boolean> {
    this.admitNext?.(false);
    return new Promise((resolve) => (this.admitNext = resolve));
  }
}
