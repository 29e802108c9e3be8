import { registerServiceWorker } from '../ml-client/register-service-worker';
import { mayBecomeIsolated, reloadForIsolation, wasTouched } from '../platform/isolation';
import type { Services } from './services';

/** Keeps the app on this device, and offers to reload where that brings a newer version or threads. */
export async function keepApp({ offline, status, training }: Services, baseUrl: string): Promise<void> {
  await registerServiceWorker(baseUrl, {
    onActive: (line) => {
      void offline.begin(line);
      if (!mayBecomeIsolated()) return;
      const isBusy = wasTouched() || training.state.value.active !== undefined;
      if (isBusy) status.offerUpdate({ kind: 'isolation', apply: reloadForIsolation });
      else reloadForIsolation();
    },
    onKept: () => offline.refresh(),
    onUpdateReady: (apply) => status.offerUpdate({ kind: 'newer', stage: 'ready', apply }),
    onUpdatedElsewhere: () => status.offerUpdate({ kind: 'elsewhere', apply: () => location.reload() }),
  });
}
