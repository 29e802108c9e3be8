import { toErrorRecord } from '../../src/domain/errors';
import { isAnyRunLocked, isAnyStaging } from '../../src/platform/locks';
import type { FromAnswerPort, TakeOverAnswer, ToServiceWorker } from '../../src/protocol/sw-protocol';
import { reportKept } from './keep-app';
import type { KeptApp } from './serve-app';

/**
 * Answers the pages' questions. A new version takes over when a page says so, and never while somebody, in
 * any tab, trains or reads data: the code of a page that works is not exchanged.
 */
export function answerPages(worker: ServiceWorkerGlobalScope, app: KeptApp): void {
  worker.addEventListener('message', (event) => {
    const question = event.data as ToServiceWorker | undefined;
    const [port] = event.ports;
    if (question?.kind === 'report') event.waitUntil(reply(port, reportKept(app, question.isDeep)));
    if (question?.kind === 'take-over') event.waitUntil(reply(port, takeOver(worker)));
  });
}

async function takeOver(worker: ServiceWorkerGlobalScope): Promise<TakeOverAnswer> {
  if ((await isAnyRunLocked()) || (await isAnyStaging())) return { isTaken: false };
  await worker.skipWaiting();
  return { isTaken: true };
}

async function reply<Answer>(port: MessagePort | undefined, answering: Promise<Answer>): Promise<void> {
  const told: FromAnswerPort<Answer> = await answering.then(
    (answer) => ({ answer }),
    (error: unknown) => ({ error: toErrorRecord(error) }),
  );
  port?.postMessage(told);
}
