/** What this page has asked for over the network or from what is kept. */
export interface RequestCount {
  /** Of the place that Inkling came from. */
  readonly own: number;
  /** Of anybody else. */
  readonly others: number;
}

/**
 * Calls back with the number of requests so far, and again with each new one, until the returned function is
 * called. The browser itself keeps the list (main.ts has it keep enough); what workers ask for is not in it.
 */
export function watchRequests(onCount: (count: RequestCount) => void): () => void {
  let count: RequestCount = { own: 0, others: 0 };
  const add = (entries: readonly PerformanceEntry[]) => {
    for (const { name } of entries) {
      if (!/^(https?|wss?):/.test(name)) continue;
      const isOwn = new URL(name).origin === location.origin;
      count = isOwn ? { ...count, own: count.own + 1 } : { ...count, others: count.others + 1 };
    }
    onCount(count);
  };
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  observer.observe({ type: 'resource', buffered: true });
  add(performance.getEntriesByType('navigation'));
  return () => observer.disconnect();
}
