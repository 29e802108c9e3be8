import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Watched } from '../services/observable';

/** Renders a page anew whenever one of the values that it shows has changed. */
export class WatchController implements ReactiveController {
  private unsubscribes: readonly (() => void)[] = [];

  /** `watched` is asked when the page is connected: its services are set by then. */
  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly watched: () => readonly Watched<unknown>[],
    private readonly onChange: () => void = () => undefined,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.unsubscribes = this.watched().map((value) =>
      value.subscribe(() => {
        this.onChange();
        this.host.requestUpdate();
      }),
    );
  }

  hostDisconnected(): void {
    for (const unsubscribe of this.unsubscribes) unsubscribe();
    this.unsubscribes = [];
  }
}
