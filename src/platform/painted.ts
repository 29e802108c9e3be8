/** No frame takes longer, in milliseconds; where none comes, as in a tab that is put away, nobody waits for it. */
const LONGEST_FRAME_MS = 500;

/** Resolves once what was rendered is on the screen; at once in a tab that nobody sees. */
export function painted(): Promise<void> {
  if (document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    // A frame's callbacks run before it is painted, a task of their own after it.
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, LONGEST_FRAME_MS);
  });
}
