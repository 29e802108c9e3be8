/**
 * Reads again what has changed, one reading at a time: two at once could end in the other order, and what is
 * shown would be the older state.
 */
export class Refresher {
  private isStale = false;
  private reading: Promise<void> | undefined;

  constructor(private readonly read: () => Promise<void>) {}

  /** Resolves once all that was stored before the call has been read. */
  refresh(): Promise<void> {
    this.isStale = true;
    return (this.reading ??= this.readUntilFresh());
  }

  private async readUntilFresh(): Promise<void> {
    try {
      while (this.isStale) {
        this.isStale = false;
        await this.read();
      }
    } finally {
      this.reading = undefined;
    }
  }
}
