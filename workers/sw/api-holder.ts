import { whenReleased } from '../../src/platform/locks';
import {
  relayVersion,
  type ServeMessage,
  type WhoServesMessage,
} from '../../src/protocol/api-relay-protocol';
import { Relay } from './relay';

/** How long a tab that holds the engine is waited for, in milliseconds. */
const PATIENCE_MS = 2000;

/** Knows the tab that holds the engine, and asks for it where it does not. */
export class ApiHolder {
  /** The line to it; undefined where none is known. */
  current: Relay | undefined;
  private isOtherVersion = false;
  private finding: Promise<Relay | 'none' | 'other-version'> | undefined;
  private onFound: () => void = () => undefined;

  constructor(
    private readonly worker: ServiceWorkerGlobalScope,
    private readonly version: string,
    /** Whether this build has a file: a page that began with another one is of another build. */
    private readonly hasFile: (path: string) => boolean,
  ) {
    worker.addEventListener('message', ({ data, ports }) => {
      if ((data as ServeMessage | undefined)?.kind === 'serve-api')
        this.take(data as ServeMessage, ports[0]!);
    });
  }

  /** Asks all tabs who holds the engine, and waits a moment for the answer. */
  find(): Promise<Relay | 'none' | 'other-version'> {
    this.finding ??= this.ask().finally(() => (this.finding = undefined));
    return this.finding;
  }

  private async ask(): Promise<Relay | 'none' | 'other-version'> {
    this.isOtherVersion = false;
    const found = new Promise<void>((resolve) => (this.onFound = resolve));
    const { clients, registration } = this.worker;
    const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true });
    // Others are pages of somebody else on this origin, or of another Inkling.
    const tabs = windows.filter(({ url }) => url.startsWith(registration.scope));
    for (const tab of tabs) tab.postMessage({ kind: 'who-serves-api' } satisfies WhoServesMessage);
    if (tabs.length > 0)
      await Promise.race([found, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
    return this.current ?? (this.isOtherVersion ? 'other-version' : 'none');
  }

  private take({ version, build, lifeLock }: ServeMessage, port: MessagePort): void {
    if (version !== relayVersion(this.version) || !this.hasFile(build)) {
      this.isOtherVersion = true;
      port.close();
      return;
    }
    const relay = new Relay(port);
    this.current = relay;
    whenReleased(lifeLock, () => {
      relay.close();
      if (this.current === relay) this.current = undefined;
    });
    this.onFound();
  }
}
