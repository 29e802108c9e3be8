/** Runs what it is given one after another; each caller gets the result of its own. */
export type Queue = <T>(work: () => Promise<T>) => Promise<T>;

/** An empty queue. What fails in it fails for its caller alone. */
export function createQueue(): Queue {
  let last: Promise<void> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.then(forget, forget);
    return result;
  };
}

/** The next one waits for the end, not for what came of it, and must not keep it in memory. */
function forget(): void {}
