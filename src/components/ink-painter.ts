import { IMAGE_PIXELS, IMAGE_SIDE } from '../domain/sample';

/** One for all: only how opaque its pixels are ever changes. */
let mask: ImageData | undefined;

/**
 * Paints an image, [28, 28] bytes, on a canvas of 28 × 28 pixels: each pixel is as opaque as it holds ink.
 * Without an image, the canvas becomes clear.
 */
export function paintInk(canvas: HTMLCanvasElement, pixels: Uint8Array | undefined, colour: string): void {
  // Kept in memory that the processor reaches: so small a picture is painted sooner than it is sent off.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return;
  context.clearRect(0, 0, IMAGE_SIDE, IMAGE_SIDE);
  if (!pixels) return;
  mask ??= new ImageData(IMAGE_SIDE, IMAGE_SIDE);
  for (let at = 0; at < IMAGE_PIXELS; at++) mask.data[4 * at + 3] = pixels[at]!;
  context.putImageData(mask, 0, 0);
  context.globalCompositeOperation = 'source-in';
  context.fillStyle = colour;
  context.fillRect(0, 0, IMAGE_SIDE, IMAGE_SIDE);
  context.globalCompositeOperation = 'source-over';
}
