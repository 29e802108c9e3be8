/**
 * A whole number with separators, as English writes it. `toLocaleString` writes the same, but the first call of it
 * on a page takes 15 ms and more, in which a slow phone shows nothing.
 */
export function countText(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}
