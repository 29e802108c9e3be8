/** A colour of the theme as numbers, 0 … 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** The colours of numbers above and below zero. */
export interface SignedColours {
  readonly above: Rgb;
  readonly below: Rgb;
}

/** Reads the colours that an element's numbers are painted in: those of the halftone's marks. */
export function readSignedColours(element: Element): SignedColours {
  const style = getComputedStyle(element);
  return { above: toRgb(style.getPropertyValue('--blue')), below: toRgb(style.getPropertyValue('--c2')) };
}

/** Any CSS colour as numbers, by painting one pixel with it. */
function toRgb(colour: string): Rgb {
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return [red!, green!, blue!];
}

/** Paints a map, one number per pixel of the canvas: the further from zero, the more opaque. */
export function paintSigned(
  canvas: HTMLCanvasElement,
  values: ArrayLike<number>,
  largest: number,
  { above, below }: SignedColours,
): void {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return;
  const image = context.createImageData(canvas.width, canvas.height);
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    image.data.set(value > 0 ? above : below, 4 * at);
    image.data[4 * at + 3] = largest > 0 ? (255 * Math.abs(value)) / largest : 0;
  }
  context.putImageData(image, 0, 0);
}
