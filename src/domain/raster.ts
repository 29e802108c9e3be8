/** A picture of any size: RGBA bytes row by row, straight alpha, as the platform's ImageData has them. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray | Uint8Array;
}

/** One byte per pixel, row by row. What the byte means (grey level or ink) is said where it is used. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A rectangle of whole pixels: left and top are inside it, right and bottom are not. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The length of a box's longer side, in pixels. */
export function longerSide(box: Box): number {
  return Math.max(box.right - box.left, box.bottom - box.top);
}

/** How a picture is laid into the middle of a square of the given side: what to multiply and to add. */
export function fitIn(
  { width, height }: { readonly width: number; readonly height: number },
  side: number,
): { readonly scale: number; readonly left: number; readonly top: number } {
  const scale = side / Math.max(width, height);
  return { scale, left: (side - width * scale) / 2, top: (side - height * scale) / 2 };
}
