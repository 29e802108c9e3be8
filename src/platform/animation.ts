import type { PictureFormat } from './image-header';

/** True for a GIF, WebP or PNG of more than one picture, of which only the first is read. */
export function isAnimated(bytes: Uint8Array<ArrayBuffer>, format: PictureFormat): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === 'GIF') return countGifFrames(view, 2) > 1;
  if (format === 'WebP') return isAnimatedWebp(view);
  return format === 'PNG' && isAnimatedPng(view);
}

/** The extended format has a flag for it (RFC 9649, section 2.7). */
function isAnimatedWebp(view: DataView): boolean {
  const isExtended = view.byteLength > 20 && view.getUint32(12) === fourBytes('VP8X');
  return isExtended && (view.getUint8(20) & 2) !== 0;
}

/** An "acTL" chunk in front of the picture's data tells how many frames there are (PNG, section 11.3.6). */
function isAnimatedPng(view: DataView): boolean {
  for (let at = 8; at + 12 <= view.byteLength; at += 12 + view.getUint32(at)) {
    const type = view.getUint32(at + 4);
    if (type === fourBytes('acTL')) return view.getUint32(at + 8) > 1;
    if (type === fourBytes('IDAT')) return false;
  }
  return false;
}

/** Walks the blocks of a GIF up to `most` pictures (GIF89a, appendix A). */
function countGifFrames(view: DataView, most: number): number {
  const byteAt = (at: number) => (at < view.byteLength ? view.getUint8(at) : 0);
  const paletteBytes = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  let frames = 0;
  let at = 13 + paletteBytes(byteAt(10));
  while (frames < most && at < view.byteLength) {
    const block = byteAt(at);
    if (block !== 0x2c && block !== 0x21) break;
    if (block === 0x2c) frames += 1;
    at += block === 0x2c ? 11 + paletteBytes(byteAt(at + 9)) : 2;
    while (byteAt(at) > 0) at += 1 + byteAt(at);
    at += 1;
  }
  return frames;
}

function fourBytes(text: string): number {
  return [...text].reduce((value, character) => value * 256 + character.charCodeAt(0), 0);
}
