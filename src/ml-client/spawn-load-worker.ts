import { trustedScriptUrl } from '../platform/trusted-script-url';
import workerUrl from '../../workers/load.worker.ts?worker&url';

/** Starts a worker that makes load: apart from the page, so that the page is not part of what it measures. */
export function spawnLoadWorker(name: string): Worker {
  return new Worker(trustedScriptUrl(workerUrl), { type: 'module', name });
}
