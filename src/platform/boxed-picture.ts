/** AVIF and HEIC: pictures in boxes of ISO base media (ISO/IEC 14496-12; 23008-12). */

const BRANDS = {
  AVIF: ['avif', 'avis'],
  HEIC: ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'],
} as const;

/** "ispe", the box with the size of a picture or of a part of it. */
const SIZE_BOX = 0x69737065;
/** The boxes in front of the picture's data end before this, in bytes. */
const LONGEST_HEAD = 64 * 1024;

/** The format that a file's brand stands for; undefined for films and anything else in boxes. */
export function readBoxedFormat(brand: string): 'AVIF' | 'HEIC' | undefined {
  const isOf = (brands: readonly string[]) => brands.includes(brand);
  if (isOf(BRANDS.AVIF)) return 'AVIF';
  return isOf(BRANDS.HEIC) ? 'HEIC' : undefined;
}

/** The largest width and height that any size box claims, in pixels. */
export function readBoxedSize(view: DataView): readonly [width: number, height: number] | undefined {
  let width = 0;
  let height = 0;
  const end = Math.min(view.byteLength, LONGEST_HEAD) - 16;
  for (let at = 0; at <= end; at++) {
    if (view.getUint32(at) !== SIZE_BOX) continue;
    width = Math.max(width, view.getUint32(at + 8));
    height = Math.max(height, view.getUint32(at + 12));
  }
  return width > 0 && height > 0 ? [width, height] : undefined;
}
