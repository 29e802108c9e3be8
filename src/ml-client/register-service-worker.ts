import { messageSW, Workbox } from 'workbox-window';
import { AppError, fromErrorRecord } from '../domain/errors';
import { Deadline } from '../platform/deadline';
import type {
  FromAnswerPort,
  FromServiceWorker,
  KeptReport,
  TakeOverAnswer,
  ToServiceWorker,
} from '../protocol/sw-protocol';
import { trustedScriptUrl } from '../platform/trusted-script-url';

/** A newer version is asked for this often while the app stays open, in milliseconds. */
const UPDATE_INTERVAL_MS = 60 * 60 * 1000;
/** The longest that it may think about a question, in milliseconds: a deep report reads all that is kept. */
const ANSWER_MS = 60_000;

/** What happens to the service worker, for whoever tells the user. */
export interface ServiceWorkerEvents {
  /** The service worker of this page answers from now on. */
  readonly onActive: (worker: ServiceWorkerLine) => void;
  /** A file of the app was kept, in any tab. */
  readonly onKept: () => void;
  /** A newer version waits. `apply` lets it take over and reloads; it resolves to false where it must wait. */
  readonly onUpdateReady: (apply: () => Promise<boolean>) => void;
  /** Another tab started a newer version: this page still runs the one before. */
  readonly onUpdatedElsewhere: () => void;
}

/** The page's end of the line to its service worker. */
export interface ServiceWorkerLine {
  /** What is kept of the app; a deep report reads and checks all of it. */
  readonly report: (isDeep: boolean) => Promise<KeptReport>;
}

/** Registers the service worker that the build wrote beside the page, and watches what becomes of it. */
export async function registerServiceWorker(baseUrl: string, events: ServiceWorkerEvents): Promise<void> {
  const container = navigator.serviceWorker;
  let hadController = container.controller !== null;
  let isApplied = false;
  container.addEventListener('controllerchange', () => {
    if (isApplied) location.reload();
    else if (hadController) events.onUpdatedElsewhere();
    hadController = true;
  });
  container.addEventListener('message', ({ data }: MessageEvent<FromServiceWorker>) => {
    if (data?.kind === 'kept') events.onKept();
  });
  const url = trustedScriptUrl(new URL('service-worker.js', baseUrl).href);
  const workbox = new Workbox(url, { updateViaCache: 'none' });
  workbox.addEventListener('waiting', ({ sw }) => {
    events.onUpdateReady(async () => {
      // Said before it is asked: the change may be told before the answer.
      isApplied = true;
      ({ isTaken: isApplied } = await ask<TakeOverAnswer>(sw!, { kind: 'take-over' }));
      return isApplied;
    });
  });
  await workbox.register({ immediate: true });
  askForUpdates(workbox);
  const { active } = await container.ready;
  if (active) events.onActive({ report: (isDeep) => ask(active, { kind: 'report', isDeep }) });
}

/** Asks the host for a newer version when somebody comes back to the app after a while. */
function askForUpdates(workbox: Workbox): void {
  let askedAt = performance.now();
  document.addEventListener('visibilitychange', () => {
    if (document.hidden || performance.now() - askedAt < UPDATE_INTERVAL_MS) return;
    askedAt = performance.now();
    // Offline there is nothing newer: that is no failure.
    workbox.update().catch((error: unknown) => console.info(error));
  });
}

/** Asks a service worker something; it answers on a port of its own. Rejects with an AppError. */
async function ask<Answer>(worker: ServiceWorker, question: ToServiceWorker): Promise<Answer> {
  const told = await new Promise<FromAnswerPort<Answer>>((resolve, reject) => {
    const deadline = new Deadline(() => reject(unanswered()), ANSWER_MS);
    const answering = messageSW(worker, question) as Promise<FromAnswerPort<Answer>>;
    answering.then(resolve, reject).finally(() => deadline.clear());
  });
  if ('error' in told) throw fromErrorRecord(told.error);
  return told.answer;
}

function unanswered(): AppError {
  return new AppError('internal', 'The service worker of Inkling did not answer.', {
    reason: 'NO_ANSWER',
    kept: 'All that is stored stays.',
    remedy: 'Reload the page.',
  });
}
