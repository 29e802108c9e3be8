import type { GreyImage, Raster } from './raster';

/** A picture of at most `mostPixels` a side: each pixel is the mean of a square block, without alpha. */
export function shrinkRaster(raster: Raster, mostPixels: number): Raster {
  const factor = Math.ceil(Math.max(raster.width, raster.height) / mostPixels);
  if (factor <= 1) return raster;
  const width = Math.max(1, Math.floor(raster.width / factor));
  const height = Math.max(1, Math.floor(raster.height / factor));
  const data = new Uint8Array(width * height * 4).fill(255);
  const sums = new Float64Array(width * 3);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let row = y * factor; row < (y + 1) * factor; row++) addRow(raster, row, factor, sums);
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 3; channel++) {
        data[(y * width + x) * 4 + channel] = Math.round(sums[x * 3 + channel]! / factor ** 2);
      }
    }
  }
  return { width, height, data };
}

/** Adds one row of the picture to the sums of its blocks. */
function addRow({ width, data }: Raster, row: number, factor: number, sums: Float64Array): void {
  let at = row * width * 4;
  for (let sum = 0; sum < sums.length; sum += 3) {
    for (let k = 0; k < factor; k++, at += 4) {
      sums[sum]! += data[at]!;
      sums[sum + 1]! += data[at + 1]!;
      sums[sum + 2]! += data[at + 2]!;
    }
  }
}

/** A grey picture of at most `mostPixels` a side, for the eye: each pixel is the mean of a square block. */
export function shrinkGrey({ width, height, data }: GreyImage, mostPixels: number): GreyImage {
  const factor = Math.ceil(Math.max(width, height) / mostPixels);
  if (factor <= 1) return { width, height, data };
  const columns = Math.max(1, Math.floor(width / factor));
  const rows = Math.max(1, Math.floor(height / factor));
  const small = new Uint8Array(columns * rows);
  for (let at = 0; at < small.length; at++) {
    small[at] = blockMean(data, width, (at % columns) * factor, Math.floor(at / columns) * factor, factor);
  }
  return { width: columns, height: rows, data: small };
}

function blockMean(data: Uint8Array, width: number, left: number, top: number, side: number): number {
  let sum = 0;
  for (let y = top; y < top + side; y++) {
    for (let x = left; x < left + side; x++) sum += data[y * width + x] ?? 0;
  }
  return Math.round(sum / side ** 2);
}
