import type { Raster } from './raster';

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
