import type { ReactiveControllerHost } from 'lit';
import type { Watched } from '../services/observable';

/**
 * Renders a page anew whenever one of the values that it shows has changed. `watched` is asked when the
 * page is connected: its services are set by then. `onChange` is called before it renders.
 */
export function watch(
  host: ReactiveControllerHost,
  watched: () => readonly Watched<unknown>[],
  onChange: () => void = () => undefined,
): void {
  let unsubscribes: readonly (() => void)[] = [];
  const update = () => {
    onChange();
    host.requestUpdate();
  };
  host.addController({
    hostConnected: () => {
      unsubscribes = watched().map((value) => value.subscribe(update));
    },
    hostDisconnected: () => {
      for (const unsubscribe of unsubscribes) unsubscribe();
      unsubscribes = [];
    },
  });
}
