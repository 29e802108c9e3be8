/**
 * Lets waiting events run, then goes on: a macrotask that browsers do not slow down in hidden tabs, as
 * they do timers. It is what lets a cancel message reach a busy worker.
 */
export function yieldToEvents(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
