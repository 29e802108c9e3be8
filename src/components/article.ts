/** A digit with its article: an 8. */
export function withArticle(digit: number): string {
  return digit === 8 ? 'an 8' : `a ${digit}`;
}
