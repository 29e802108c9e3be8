/** What a page and its workers take of the memory. The browser needs `--js-flags=--expose-gc`. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

/**
 * In bytes, what objects and their arrays take in the page and its workers once all garbage is gone, and
 * what their processes have taken of the system; and the simd engine's threads. The database counts
 * nowhere: it is the browser's, and this profile has it in memory.
 */
export async function measureMemory(measured, page, workers = ['reader', 'trainer']) {
  const isThread = (worker) => worker.url().includes('thread.worker');
  // A thread waits in its kernels and answers nobody.
  const heapOwners = [page, ...page.workers().filter((worker) => !isThread(worker))];
  // The arrays of one collection's garbage are freed by the next.
  for (let round = 0; round < 2; round++) {
    for (const owner of heapOwners) await owner.evaluate(() => gc());
  }
  const heaps = await readHeaps(page, workers);
  const session = await measured.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer');
  return {
    heapBytes: heaps.reduce(
      (sum, { usedSize, backingStorageSize }) => sum + usedSize + backingStorageSize,
      0,
    ),
    processBytes: renderers.reduce((sum, { id }) => sum + readOwnMemory(id), 0),
    threads: page.workers().filter(isThread).length,
  };
}

/** How full the heaps of the page and of the workers of these names are. */
async function readHeaps(page, workers) {
  const session = await page.context().newCDPSession(page);
  const answers = [session.send('Runtime.getHeapUsage')];
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo: { type, title } }) => {
    if (type !== 'worker' || !workers.includes(title)) return;
    answers.push(
      new Promise((resolve) =>
        session.on('Target.receivedMessageFromTarget', (answer) => {
          const { id, result } = JSON.parse(answer.message);
          if (answer.sessionId === sessionId && id === 1) resolve(result);
        }),
      ),
    );
    const message = JSON.stringify({ id: 1, method: 'Runtime.getHeapUsage' });
    void session.send('Target.sendMessageToTarget', { sessionId, message });
  });
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  const heaps = await Promise.all(answers);
  assert.equal(heaps.length, 1 + workers.length);
  await session.detach();
  return heaps;
}

/** What a process has taken for itself, in bytes: without the program's file, which all of them share. */
function readOwnMemory(id) {
  const status = readFileSync(`/proc/${id}/status`, 'utf8');
  return 1024 * Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)[1]);
}
