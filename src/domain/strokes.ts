import type { GreyImage } from './raster';
import { IMAGE_SIDE } from './sample';

/** A point of a stroke. The unit is one square of the pad, which is 28 squares a side. */
export interface StrokePoint {
  readonly x: number;
  readonly y: number;
  /** The width of the line here. */
  readonly width: number;
}

/** One movement of the pen, from touching the paper to leaving it. A single point is a dot. */
export type Stroke = readonly StrokePoint[];

/** A pad of ink that strokes are added to: 0 = paper, 255 = ink. `scale` is pixels per square. */
export interface InkPad extends GreyImage {
  readonly scale: number;
}

/** Pixels per square at which the pad's strokes are inked before they are scaled down. */
const PAD_SCALE = 8;

/** All strokes of a drawing on the app's pad, as ink. */
export function inkStrokes(strokes: readonly Stroke[]): InkPad {
  const pad = createInkPad(IMAGE_SIDE, PAD_SCALE);
  for (const stroke of strokes) inkStroke(pad, stroke);
  return pad;
}

/** The width of a pen's line where it is pressed that hard, 0 … 1; 0.5 is the usual pressure. */
export function pressedWidth(penWidth: number, pressure: number): number {
  return penWidth * (0.6 + 0.8 * pressure);
}

/** An empty pad. `squares` is its side in squares, `scale` its pixels per square. */
export function createInkPad(squares: number, scale: number): InkPad {
  const side = Math.ceil(squares * scale);
  return { width: side, height: side, scale, data: new Uint8Array(side * side) };
}

/** Adds a stroke to the pad. Ink does not add up where lines cross: the darker wins. */
export function inkStroke(pad: InkPad, stroke: Stroke): void {
  const first = stroke[0];
  if (first && stroke.length === 1) inkSegment(pad, first, first);
  for (let end = 1; end < stroke.length; end++) inkSegment(pad, stroke[end - 1]!, stroke[end]!);
}

/**
 * Adds one segment: the shape swept by a round nib whose width changes evenly from `from` to `to`.
 * A pixel's ink is the distance of its centre from the edge of that shape, clamped to one pixel: an
 * anti-aliasing that needs no canvas, and so is the same in every browser.
 */
export function inkSegment(pad: InkPad, from: StrokePoint, to: StrokePoint): void {
  const { scale, width, height, data } = pad;
  const x0 = from.x * scale - 0.5;
  const y0 = from.y * scale - 0.5;
  const dx = to.x * scale - 0.5 - x0;
  const dy = to.y * scale - 0.5 - y0;
  const radius0 = (from.width * scale) / 2;
  const radiusChange = ((to.width - from.width) * scale) / 2;
  const inverseLength2 = dx * dx + dy * dy > 0 ? 1 / (dx * dx + dy * dy) : 0;
  const reach = Math.max(radius0, radius0 + radiusChange) + 1;
  const left = Math.max(0, Math.ceil(Math.min(x0, x0 + dx) - reach));
  const right = Math.min(width - 1, Math.floor(Math.max(x0, x0 + dx) + reach));
  const top = Math.max(0, Math.ceil(Math.min(y0, y0 + dy) - reach));
  const bottom = Math.min(height - 1, Math.floor(Math.max(y0, y0 + dy) + reach));
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const px = x - x0;
      const py = y - y0;
      const along = Math.min(1, Math.max(0, (px * dx + py * dy) * inverseLength2));
      const ex = px - along * dx;
      const ey = py - along * dy;
      const inside = radius0 + along * radiusChange + 0.5 - Math.sqrt(ex * ex + ey * ey);
      if (inside <= 0) continue;
      const ink = inside >= 1 ? 255 : Math.round(inside * 255);
      const at = y * width + x;
      if (ink > data[at]!) data[at] = ink;
    }
  }
}
