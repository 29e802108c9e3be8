/** What each thread of the app keeps: the page, its workers, its service worker. */

/** In bytes and by name, what objects and their arrays take once all garbage is gone. The simd threads have none. */
export async function readHeaps(browser, page) {
  const all = await browser.newBrowserCDPSession();
  const own = await page.context().newCDPSession(page);
  try {
    const { targetInfos } = await all.send('Target.getTargets');
    const { targetId } = targetInfos.find(({ type }) => type === 'service_worker');
    const { sessionId } = await all.send('Target.attachToTarget', { targetId, flatten: false });
    const heaps = [['page', await heapOf((method) => own.send(method))]];
    heaps.push(['service worker', await heapOf(relayTo(all, sessionId))]);
    for (const [name, worker] of await attachToWorkers(own)) heaps.push([name, await heapOf(worker)]);
    return new Map(heaps);
  } finally {
    await Promise.all([all.detach(), own.detach()]);
  }
}

/** How full a heap is after two collections: the arrays of one's garbage are freed by the next. */
async function heapOf(send) {
  await send('HeapProfiler.collectGarbage');
  await send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = await send('Runtime.getHeapUsage');
  return usedSize + backingStorageSize;
}

/** The page's workers by name, but for the threads of the simd engine, which wait in their kernels. */
async function attachToWorkers(session) {
  const workers = [];
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo: { type, title, url } }) => {
    if (type === 'worker' && !url.includes('thread.worker'))
      workers.push([title, relayTo(session, sessionId)]);
  });
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  return workers;
}

/** Sends commands to a target that is attached without a session of its own. */
function relayTo(session, sessionId) {
  let lastId = 0;
  return (method) => {
    const id = ++lastId;
    const answer = new Promise((resolve) => {
      const hear = (event) => {
        const { id: answered, result } = JSON.parse(event.message);
        if (event.sessionId !== sessionId || answered !== id) return;
        session.off('Target.receivedMessageFromTarget', hear);
        resolve(result);
      };
      session.on('Target.receivedMessageFromTarget', hear);
    });
    void session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) });
    return answer;
  };
}
