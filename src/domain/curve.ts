/** Smooth lines through a few points, as a hand draws them. */

/** A place on the paper; x to the right, y down. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A place that a line passes through, either smoothly or with a sharp turn. */
export interface ControlPoint extends Point {
  readonly isCorner: boolean;
}

/** A line as many short straight pieces. */
export type Path = readonly Point[];

/**
 * The centripetal Catmull-Rom curve through all control points, which neither loops nor overshoots
 * between them (Yuksel, Schaefer and Keyser, 2011). At a corner one curve ends and the next begins.
 * `step` is the length of a piece, in the units of the points.
 */
export function curveThrough(points: readonly ControlPoint[], step: number): Path {
  const first = points[0];
  if (!first) return [];
  const path: Point[] = [first];
  for (let start = 0, end = 1; end < points.length; end++) {
    if (end < points.length - 1 && !points[end]!.isCorner) continue;
    appendCurve(path, points.slice(start, end + 1), step);
    start = end;
  }
  return path;
}

/** Appends the smooth curve through all points, without the first one, which the path has already. */
function appendCurve(path: Point[], points: readonly Point[], step: number): void {
  const last = points.length - 1;
  for (let k = 0; k < last; k++) {
    const from = points[k]!;
    const to = points[k + 1]!;
    const before = points[k - 1] ?? pointBeyond(from, to);
    const after = points[k + 2] ?? pointBeyond(to, from);
    appendPiece(path, [before, from, to, after], step);
  }
}

/** The mirror image of `from` at `end`. */
function pointBeyond(end: Point, from: Point): Point {
  return { x: 2 * end.x - from.x, y: 2 * end.y - from.y };
}

/** Appends the piece from the second to the third of four points: a cubic in Hermite's form. */
function appendPiece(
  path: Point[],
  [before, from, to, after]: readonly [Point, Point, Point, Point],
  step: number,
): void {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const count = Math.max(1, Math.round(length / step));
  const spans = [span(before, from), span(from, to), span(to, after)] as const;
  const x = hermite(before.x, from.x, to.x, after.x, spans);
  const y = hermite(before.y, from.y, to.y, after.y, spans);
  for (let k = 1; k <= count; k++) path.push({ x: x(k / count), y: y(k / count) });
}

/** The centripetal distance of two points: the square root of the usual one, never 0. */
function span(from: Point, to: Point): number {
  return Math.max(1e-3, Math.sqrt(Math.hypot(to.x - from.x, to.y - from.y)));
}

/** One coordinate of the piece between `from` and `to`, as a function of t in [0, 1]. */
function hermite(
  before: number,
  from: number,
  to: number,
  after: number,
  [d0, d1, d2]: readonly [number, number, number],
): (t: number) => number {
  const leaving = d1 * ((from - before) / d0 - (to - before) / (d0 + d1)) + (to - from);
  const arriving = to - from + d1 * ((after - to) / d2 - (after - from) / (d1 + d2));
  const square = 3 * (to - from) - 2 * leaving - arriving;
  const cube = 2 * (from - to) + leaving + arriving;
  return (t) => from + t * (leaving + t * (square + t * cube));
}

/**
 * Rounds the turns of a path, as a fast hand does: `times` over, each inner point moves half the way to
 * the middle of its neighbours. The ends stay.
 */
export function roundTurns(path: Path, times: number): Path {
  let rounded = path;
  for (let k = 0; k < times; k++) rounded = rounded.map((_, at) => towardsNeighbours(rounded, at));
  return rounded;
}

function towardsNeighbours(path: Path, at: number): Point {
  const point = path[at]!;
  const before = path[at - 1];
  const after = path[at + 1];
  if (!before || !after) return point;
  return { x: (2 * point.x + before.x + after.x) / 4, y: (2 * point.y + before.y + after.y) / 4 };
}
