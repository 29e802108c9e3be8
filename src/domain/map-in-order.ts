/**
 * Runs `work` on some items, at most `width` of them at a time, and gives the results in the items' order,
 * whichever is finished first. Nothing is begun any more once the caller has stopped asking.
 */
export async function* mapInOrder<In, Out>(
  items: Iterable<In>,
  width: number,
  work: (item: In) => Promise<Out>,
): AsyncGenerator<Out, void, undefined> {
  const underWay: Promise<Out>[] = [];
  for (const item of items) {
    const result = work(item);
    // Whoever gets to this result is told; until then a failure is nobody's.
    result.catch(() => undefined);
    underWay.push(result);
    if (underWay.length >= width) yield await underWay.shift()!;
  }
  for (const result of underWay) yield await result;
}
