import type { InklingSchema } from './schema';

/** The stores that a change can be announced for. */
export type StoreName = keyof {
  [Name in keyof InklingSchema as string extends Name ? never : Name]: unknown;
};

/** Says that something in a store has changed, not what: whoever cares reads the record again. */
export interface Change {
  readonly store: StoreName;
}

/** Carries changes between threads and tabs. Commit first, then announce. */
export class Changes {
  private readonly channel: BroadcastChannel;
  private readonly listeners = new Set<(change: Change) => void>();

  constructor(databaseName: string) {
    this.channel = new BroadcastChannel(`${databaseName}-changes`);
    this.channel.onmessage = ({ data }: MessageEvent<Change>) => this.tell(data);
  }

  /** Tells every thread and tab, this one included. */
  announce(...stores: readonly StoreName[]): void {
    for (const store of stores) {
      this.channel.postMessage({ store } satisfies Change);
      this.tell({ store });
    }
  }

  /** Calls the listener at each change, until the returned function is called. */
  subscribe(listener: (change: Change) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Stops hearing and telling. */
  close(): void {
    this.channel.close();
    this.listeners.clear();
  }

  private tell(change: Change): void {
    for (const listener of this.listeners) listener(change);
  }
}
