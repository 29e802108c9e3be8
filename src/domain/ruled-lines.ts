/** The lines of ruled and squared paper: thin, straight, from one side of the picture to the other. */
import type { GreyImage } from './raster';

/** A line is at most this thick, in parts of the picture's longer side. */
const THICKEST = 0.014;
/** A line reaches over at least this share of the picture. */
const SHORTEST = 0.7;
/** And is seen along at least this share of its way: digits lie over it, and light makes it fade. */
const SEEN = 0.5;
/** Steeper than this it is no line of a page that somebody held the camera over: height per width. */
const STEEPEST = 0.2;
/** How far a line is followed where it is not seen, in parts of the picture's side. */
const LONGEST_GAP = 0.2;
/** How far from where it should go on a line may be found, in pixels. */
const STRAY = 1.6;
/** One straight thin line may be part of a digit; a page has more. */
const FEWEST = 2;

/** A line while it is followed from left to right: where it began, where it was seen last. */
interface Trace {
  readonly startX: number;
  readonly startY: number;
  lastX: number;
  lastY: number;
  /** Top and length of each thin run of ink that belongs to it, with the column that it lies in. */
  readonly runs: { readonly x: number; readonly top: number; readonly length: number }[];
}

/**
 * Where a page's lines are: a byte per pixel, 1 on a line. `ink` is 0 paper … 255 ink. Undefined where
 * there are no lines. Strokes that cross a line are thicker there than the line, and stay.
 */
export function findRuledLines(ink: GreyImage, strength: number): Uint8Array | undefined {
  const across = findTraces(ink, strength);
  const turned = transpose(ink);
  const down = findTraces(turned, strength);
  if (across.length + down.length < FEWEST) return undefined;
  const lines = new Uint8Array(ink.data.length);
  markTraces(across, lines, ink.width, 1);
  markTraces(down, lines, 1, ink.width);
  return lines;
}

function transpose({ width, height, data }: GreyImage): GreyImage {
  const turned = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) turned[x * height + y] = data[y * width + x]!;
  }
  return { width: height, height: width, data: turned };
}

/** Marks the runs of traces; a pixel of ink more on both sides, where the line fades. */
function markTraces(traces: readonly Trace[], lines: Uint8Array, down: number, right: number): void {
  for (const { x, top, length } of traces.flatMap(({ runs }) => runs)) {
    for (let y = top - 1; y <= top + length; y++) {
      const at = y * down + x * right;
      if (at >= 0 && at < lines.length) lines[at] = 1;
    }
  }
}

/** Follows all thin runs of ink from the left to the right; what went far enough is a line. */
function findTraces(ink: GreyImage, strength: number): readonly Trace[] {
  const longer = Math.max(ink.width, ink.height);
  const thickest = Math.max(3, Math.round(THICKEST * longer));
  const longestGap = LONGEST_GAP * ink.width;
  const ended: Trace[] = [];
  let open: Trace[] = [];
  for (let x = 0; x < ink.width; x++) {
    const stillOpen: Trace[] = [];
    for (const trace of open) (isLost(trace, x, longestGap) ? ended : stillOpen).push(trace);
    open = stillOpen;
    followRuns(ink, strength, x, thickest, open);
  }
  return [...ended, ...open].filter((trace) => isLine(trace, ink.width));
}

/** What was seen only a little while is given up soon: most of it is grain. */
function isLost({ startX, lastX }: Trace, x: number, longestGap: number): boolean {
  return x - lastX > Math.min(longestGap, 3 + 2 * (lastX - startX));
}

function isLine({ startX, startY, lastX, lastY, runs }: Trace, width: number): boolean {
  const reach = lastX - startX + 1;
  const isStraight = Math.abs(lastY - startY) <= STEEPEST * reach;
  return reach >= SHORTEST * width && runs.length >= SEEN * reach && isStraight;
}

/** Gives each thin run of ink in a column to the trace that leads to it, or begins one. */
function followRuns(ink: GreyImage, strength: number, x: number, thickest: number, open: Trace[]): void {
  const { width, height, data } = ink;
  for (let y = 0; y < height; y++) {
    if (data[y * width + x]! < strength) continue;
    const top = y;
    while (y < height && data[y * width + x]! >= strength) y++;
    if (y - top > thickest) continue;
    const middle = (top + y - 1) / 2;
    const run = { x, top, length: y - top };
    const trace = open.find((candidate) => leadsTo(candidate, x, middle));
    if (!trace) {
      open.push({ startX: x, startY: middle, lastX: x, lastY: middle, runs: [run] });
      continue;
    }
    trace.runs.push(run);
    trace.lastX = x;
    trace.lastY = middle;
  }
}

function leadsTo({ startX, startY, lastX, lastY }: Trace, x: number, y: number): boolean {
  if (lastX === x) return false;
  const seen = lastX - startX;
  // The slope of a short piece says nothing yet.
  const slope = seen >= 24 ? (lastY - startY) / seen : 0;
  return Math.abs(lastY + slope * (x - lastX) - y) <= STRAY;
}
