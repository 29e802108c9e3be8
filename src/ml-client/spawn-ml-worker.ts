import { trustedScriptUrl } from '../platform/trusted-script-url';
import workerUrl from '../../workers/ml.worker.ts?worker&url';

/** Starts an ML worker: the only place that knows where it is. */
export function spawnMlWorker(name: string): Worker {
  return new Worker(trustedScriptUrl(workerUrl), { type: 'module', name });
}
