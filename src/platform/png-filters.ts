/** How a byte is guessed from those to its left, above it, and above left (PNG, section 9.2). */
type Guess = (left: number, above: number, aboveLeft: number) => number;

const GUESSES: readonly Guess[] = [
  () => 0,
  (left) => left,
  (_left, above) => above,
  (left, above) => (left + above) >> 1,
  paeth,
];

/**
 * Takes back a PNG's filters: lines of one filter byte and `lineBytes` filtered ones become the lines
 * alone. Returns undefined where a filter is unknown.
 */
export function unfilter(
  filtered: Uint8Array,
  lineBytes: number,
  pixelBytes: number,
): Uint8Array<ArrayBuffer> | undefined {
  const height = filtered.length / (lineBytes + 1);
  const lines = new Uint8Array(lineBytes * height);
  for (let y = 0; y < height; y++) {
    const from = y * (lineBytes + 1);
    const guess = GUESSES[filtered[from]!];
    if (!guess) return undefined;
    unfilterLine(filtered.subarray(from + 1, from + 1 + lineBytes), lines, y * lineBytes, pixelBytes, guess);
  }
  return lines;
}

/** What lies outside the picture counts as 0. */
function unfilterLine(
  line: Uint8Array,
  lines: Uint8Array,
  start: number,
  pixelBytes: number,
  guess: Guess,
): void {
  const lineBytes = line.length;
  for (let x = 0; x < lineBytes; x++) {
    const at = start + x;
    const above = start > 0 ? lines[at - lineBytes]! : 0;
    const left = x >= pixelBytes ? lines[at - pixelBytes]! : 0;
    const aboveLeft = start > 0 && x >= pixelBytes ? lines[at - lineBytes - pixelBytes]! : 0;
    lines[at] = line[x]! + guess(left, above, aboveLeft);
  }
}

/** The neighbour nearest to left + above − aboveLeft; the first of them where two are as near. */
function paeth(left: number, above: number, aboveLeft: number): number {
  const toLeft = Math.abs(above - aboveLeft);
  const toAbove = Math.abs(left - aboveLeft);
  const toBoth = Math.abs(left + above - 2 * aboveLeft);
  if (toLeft <= toAbove && toLeft <= toBoth) return left;
  return toAbove <= toBoth ? above : aboveLeft;
}
