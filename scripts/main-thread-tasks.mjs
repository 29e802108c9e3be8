/**
 * How long the tasks of a page's main thread take, by the browser's trace: by the clock, and how much of that they
 * computed. On a machine that does other things as well, the clock also counts when the thread had to wait.
 */

/** Watches from now on. Returns what ends it: it resolves to the longest task of the busiest page. */
export async function watchTasks(browser) {
  const session = await browser.newBrowserCDPSession();
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    events.push(...value.filter(({ name }) => name === 'thread_name' || name.endsWith('RunTask')));
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', '__metadata'], excludedCategories: ['*'] },
  });
  return async () => {
    const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    await complete;
    await session.detach();
    const tasks = tasksOfBusiest(events);
    const longest = (figure) => Math.max(0, ...tasks.map((task) => (task[figure] ?? 0) / 1000));
    return { longestMs: longest('dur'), computedMs: longest('tdur') };
  };
}

/** The tasks of the main thread that has most of them: other pages are idle. */
function tasksOfBusiest(events) {
  const threadOf = ({ pid, tid }) => `${pid}/${tid}`;
  const isMain = ({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain';
  const byThread = new Map(events.filter(isMain).map((event) => [threadOf(event), []]));
  for (const event of events) if (event.ph === 'X') byThread.get(threadOf(event))?.push(event);
  return [...byThread.values()].toSorted((a, b) => b.length - a.length)[0] ?? [];
}
