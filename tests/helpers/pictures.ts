/** Pictures that tests make: each is drawn here, none comes from elsewhere. */
import type { GreyImage, Raster } from '../../src/domain/raster';
import { IMAGE_SIDE } from '../../src/domain/sample';
import { createInkPad, inkStroke, type Stroke } from '../../src/domain/strokes';

/** A grey level, or red, green, blue and alpha. */
type Colour = number | readonly [number, number, number, number];

/** A picture whose pixels are what `colourAt` says. */
export function paint(width: number, height: number, colourAt: (x: number, y: number) => Colour): Raster {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = colourAt(x, y);
      const rgba = typeof colour === 'number' ? [colour, colour, colour, 255] : colour;
      data.set(rgba, (y * width + x) * 4);
    }
  }
  return { width, height, data };
}

/** How an image of ink is laid into a larger picture. */
export interface Placement {
  /** Pixels of the picture per pixel of the image. */
  readonly zoom: number;
  readonly side: number;
  readonly left: number;
  readonly top: number;
  /** Dark ink on light paper, rather than light on dark. */
  readonly isInverted?: boolean;
}

/** Lays ink, 0 … 255, into a square picture, each pixel of it a block of `zoom` × `zoom`. */
export function place(ink: GreyImage, { zoom, side, left, top, isInverted = false }: Placement): Raster {
  const data = new Uint8ClampedArray(side * side * 4);
  const picture = new Uint32Array(data.buffer);
  const rgba = (value: number) => (isInverted ? 255 - value : value) * 0x010101 + 0xff000000;
  picture.fill(rgba(0));
  ink.data.forEach((value, at) => {
    if (value === 0) return;
    const x = left + (at % ink.width) * zoom;
    const y = top + Math.floor(at / ink.width) * zoom;
    for (let row = y; row < y + zoom; row++) {
      picture.fill(rgba(value), row * side + x, row * side + x + zoom);
    }
  });
  return { width: side, height: side, data };
}

/** [28, 28] bytes as a grey image. */
export function asImage(pixels: Uint8Array): GreyImage {
  return { width: IMAGE_SIDE, height: IMAGE_SIDE, data: pixels };
}

/** The ink of strokes on a pad of 28 squares. */
export function inkOf(strokes: readonly Stroke[], scale = 8): GreyImage {
  const pad = createInkPad(IMAGE_SIDE, scale);
  for (const stroke of strokes) inkStroke(pad, stroke);
  return pad;
}

/** A line through some points, two squares wide. */
export function line(...points: readonly (readonly [x: number, y: number])[]): Stroke {
  return points.map(([x, y]) => ({ x, y, width: 2 }));
}
