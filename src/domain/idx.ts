import { concatenateBytes } from './bytes';
import { AppError } from './errors';
import { CLASS_COUNT, IMAGE_PIXELS, IMAGE_SIDE, type SampleBlock } from './sample';

/** Magic numbers of MNIST's two kinds of files: unsigned bytes in three dimensions and in one. */
const IMAGES_MAGIC = 0x00000803;
const LABELS_MAGIC = 0x00000801;

/** An IDX file of unsigned bytes: the sizes of its dimensions and its values, row-major. */
export interface IdxArray {
  readonly sizes: readonly number[];
  readonly values: Uint8Array<ArrayBuffer>;
}

/**
 * Reads an IDX file as MNIST has them (big-endian; LeCun, Cortes and Burges, the MNIST page).
 * Throws `invalid-input` with reason IDX_INVALID or IDX_LENGTH.
 */
export function parseIdx(bytes: Uint8Array<ArrayBuffer>): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = bytes.byteLength >= 4 ? view.getUint32(0) : 0;
  if (magic !== IMAGES_MAGIC && magic !== LABELS_MAGIC) {
    throw unreadable('This is not an IDX file of images or labels.', 'IDX_INVALID');
  }
  const dimensions = magic & 0xff;
  const header = 4 + 4 * dimensions;
  if (bytes.byteLength < header) throw unreadable('This IDX file ends inside its header.', 'IDX_LENGTH');
  const sizes = Array.from({ length: dimensions }, (_, index) => view.getUint32(4 + 4 * index));
  const values = bytes.subarray(header);
  const expected = sizes.reduce((product, size) => product * size, 1);
  if (values.byteLength !== expected) {
    throw unreadable(
      `This IDX file should hold ${expected} values and holds ${values.byteLength}.`,
      'IDX_LENGTH',
    );
  }
  return { sizes, values };
}

/**
 * Joins a file of images and a file of labels. Throws `invalid-input` where the images are not 28 × 28
 * (IDX_SHAPE), the counts differ (IDX_COUNT) or a label is not a digit (IDX_LABEL).
 */
export function joinIdx(images: IdxArray, labels: IdxArray): SampleBlock {
  const [count, height, width] = images.sizes;
  if (images.sizes.length !== 3 || height !== IMAGE_SIDE || width !== IMAGE_SIDE) {
    throw unreadable(`The images should be ${IMAGE_SIDE} × ${IMAGE_SIDE} pixels.`, 'IDX_SHAPE');
  }
  if (labels.sizes.length !== 1 || labels.sizes[0] !== count) {
    throw unreadable(`There are ${count} images and ${labels.sizes[0]} labels.`, 'IDX_COUNT');
  }
  const wrong = labels.values.find((label) => label >= CLASS_COUNT);
  if (wrong !== undefined) throw unreadable(`A label is ${wrong}, not a digit from 0 to 9.`, 'IDX_LABEL');
  return { pixels: images.values, labels: labels.values };
}

/** An IDX file of images: `pixels` is [count, 28, 28] bytes. */
export function encodeIdxImages(pixels: Uint8Array): Uint8Array<ArrayBuffer> {
  return encodeIdx(IMAGES_MAGIC, [pixels.length / IMAGE_PIXELS, IMAGE_SIDE, IMAGE_SIDE], pixels);
}

/** An IDX file of labels: [count] bytes. */
export function encodeIdxLabels(labels: Uint8Array): Uint8Array<ArrayBuffer> {
  return encodeIdx(LABELS_MAGIC, [labels.length], labels);
}

function encodeIdx(magic: number, sizes: readonly number[], values: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = new DataView(new ArrayBuffer(4 + 4 * sizes.length));
  [magic, ...sizes].forEach((number, index) => header.setUint32(4 * index, number));
  return concatenateBytes(new Uint8Array(header.buffer), values);
}

function unreadable(message: string, reason: string): AppError {
  return new AppError('invalid-input', message, {
    reason,
    kept: 'Nothing was added.',
    remedy: 'Choose files of images and of labels as MNIST has them, compressed or not.',
  });
}
