/**
 * Remembers the last answer of a function: asked the same again, it gives the very same, so that whoever is
 * shown it sees that nothing has changed.
 */
export function lastOf<Arguments extends readonly unknown[], Answer>(
  compute: (...asked: Arguments) => Answer,
): (...asked: Arguments) => Answer {
  let last: { readonly asked: Arguments; readonly answer: Answer } | undefined;
  return (...asked) => {
    if (!last?.asked.every((value, at) => Object.is(value, asked[at]))) {
      last = { asked, answer: compute(...asked) };
    }
    return last!.answer;
  };
}
