import { AppError } from '../domain/errors';
import type { Raster } from '../domain/raster';
import { isOptional, readPictureHeader, refuse, refuseFormat, type PictureHeader } from './image-header';
import { readPlainPng } from './plain-png';

/** Pictures with a longer side than this are refused before they are decoded: 16.8 megapixels at most. */
export const MAX_PICTURE_SIDE = 4096;
/** Files longer than this are refused before they are read, in bytes. */
export const MAX_PICTURE_BYTES = 32 * 1024 * 1024;

/**
 * Decodes a picture file: EXIF rotation applied, colours as stored. Works on a page and in a worker.
 * Throws `invalid-input` with reason IMAGE_EMPTY, IMAGE_TOO_LARGE, IMAGE_CORRUPT, or one of
 * `readPictureHeader`.
 */
export async function decodeImage(file: Pick<Blob, 'size' | 'arrayBuffer'>): Promise<Raster> {
  if (file.size === 0) throw emptyFile();
  if (file.size > MAX_PICTURE_BYTES) throw tooLarge(`${Math.ceil(file.size / 1024 / 1024)} MB long`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  return decodePicture(bytes, inspectPicture(bytes));
}

/**
 * What a picture's bytes say about it, once it is certain that it may be decoded. Throws as `decodeImage`
 * does.
 */
export function inspectPicture(bytes: Uint8Array<ArrayBuffer>): PictureHeader {
  if (bytes.length === 0) throw emptyFile();
  const header = readPictureHeader(bytes);
  requireReasonableSize(header);
  return header;
}

/** Decodes a picture that has been inspected. Throws IMAGE_CORRUPT or FORMAT_UNSUPPORTED. */
export async function decodePicture(bytes: Uint8Array<ArrayBuffer>, header: PictureHeader): Promise<Raster> {
  return (await readPlainPng(bytes, header)) ?? readBitmap(await decodeBitmap(bytes, header));
}

function requireReasonableSize({ width, height, format }: PictureHeader): void {
  if (width <= 0 || height <= 0) throw refuse(`This ${format} picture has no size.`, 'IMAGE_CORRUPT');
  if (Math.max(width, height) > MAX_PICTURE_SIDE) throw tooLarge(`${width} × ${height} pixels large`);
}

async function decodeBitmap(bytes: Uint8Array<ArrayBuffer>, { format }: PictureHeader): Promise<ImageBitmap> {
  // The type comes from the bytes: what the file claims to be may be wrong.
  const blob = new Blob([bytes], { type: `image/${format.toLowerCase()}` });
  try {
    return await createImageBitmap(blob, {
      imageOrientation: 'from-image',
      colorSpaceConversion: 'none',
      premultiplyAlpha: 'none',
    });
  } catch (cause) {
    if (isOptional(format)) throw refuseFormat(format, { cause });
    throw refuse(`This ${format} picture is damaged and cannot be opened.`, 'IMAGE_CORRUPT', { cause });
  }
}

function readBitmap(bitmap: ImageBitmap): Raster {
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) {
    throw new AppError('internal', 'The browser gave no canvas to read the picture with.', {
      remedy: 'Close other tabs and try again.',
    });
  }
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { width, height, data: context.getImageData(0, 0, width, height).data };
}

function emptyFile(): AppError {
  return refuse('This file is empty.', 'IMAGE_EMPTY');
}

function tooLarge(size: string): AppError {
  return new AppError('invalid-input', `This picture is ${size}.`, {
    reason: 'IMAGE_TOO_LARGE',
    kept: 'Your drawing is as it was.',
    remedy: `Use one of at most ${MAX_PICTURE_SIDE} × ${MAX_PICTURE_SIDE} pixels and 32 MB.`,
  });
}
