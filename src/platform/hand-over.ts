import { AppError, abortedError } from '../domain/errors';
import { runName, type RunId } from '../domain/ids';
import { whenRunIsFree } from './locks';

/** How long another tab may take to save its run, in milliseconds. */
const PATIENCE_MS = 15_000;

/** Heard by all tabs. */
const channel = () => new BroadcastChannel('inkling-hand-over');

/** Calls back when another tab asks for a run. Whoever trains it should save it and let go. */
export function onRunAskedFor(onAsked: (id: RunId) => void): void {
  channel().onmessage = ({ data }: MessageEvent<RunId>) => onAsked(data);
}

/**
 * Asks the tab that trains a run to save it and let go. Resolves when it has. Throws `conflict` where it
 * stays silent, for it may still be at work: a run with two masters would be lost. Throws `aborted`.
 */
export async function askForRun(id: RunId, signal: AbortSignal): Promise<void> {
  const asking = channel();
  asking.postMessage(id);
  asking.close();
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const givingUp = AbortSignal.any([signal, patience]);
  await new Promise<void>((resolve, reject) => {
    const leaveQueue = whenRunIsFree(id, resolve);
    givingUp.addEventListener('abort', () => {
      leaveQueue();
      reject(patience.aborted ? tabIsSilent(id) : abortedError());
    });
  });
}

function tabIsSilent(id: RunId): AppError {
  return new AppError('conflict', `The tab that trains ${runName(id)} does not answer.`, {
    reason: 'TAB_SILENT',
    kept: 'All that it has saved is kept.',
    remedy: 'Close that tab, then continue here.',
  });
}
