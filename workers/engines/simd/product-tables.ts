/**
 * Where a matrix product finds its elements: tables of byte offsets that `kernels/multiply.ts` and
 * `kernels/filter-gradient.ts` follow. They are the same for every task, because all offsets are relative
 * to the first image of a pass.
 */
import { PANEL } from './kernels/layout';
import { placeCount, tapCount, type ProductGeometry } from './nodes';

const FLOAT_BYTES = 4;
/** Bytes of a row of a panel. */
const PANEL_ROW_BYTES = PANEL * FLOAT_BYTES;

/** Consecutive taps that are also consecutive rows of a panel. */
interface Run {
  /** Index of the first tap. */
  readonly first: number;
  readonly count: number;
  /** Byte offset of the first one's row in each panel. */
  readonly panelOffset: number;
}

/** A product of `rowsPerImage` rows for each image. */
export interface ProductTable {
  readonly rowsPerImage: number;
  /** [images · rowsPerImage, 2]: where a row's window begins, and where its result goes. */
  readonly rows: Uint32Array;
  /** What is added to a window's beginning for each of its elements. */
  readonly taps: Uint32Array;
  readonly runs: readonly Run[];
}

/** The way forward: from (padded) images [height, width, channels] to [places, outputs]. */
export function forwardTable(geometry: ProductGeometry, images: number): ProductTable {
  const { paddedHeight, paddedWidth, channels, kernelSize, stride, outputWidth, outputs } = geometry;
  const places = placeCount(geometry);
  const imageFloats = paddedHeight * paddedWidth * channels;
  const rows = new Uint32Array(images * places * 2);
  for (let row = 0; row < images * places; row++) {
    const image = Math.floor(row / places);
    const y = Math.floor((row % places) / outputWidth) * stride;
    const x = (row % outputWidth) * stride;
    rows[2 * row] = (image * imageFloats + (y * paddedWidth + x) * channels) * FLOAT_BYTES;
    rows[2 * row + 1] = row * outputs * FLOAT_BYTES;
  }
  const run = kernelSize * channels;
  const taps = Uint32Array.from(
    { length: tapCount(geometry) },
    (_, tap) => (Math.floor(tap / run) * paddedWidth * channels + (tap % run)) * FLOAT_BYTES,
  );
  return { rowsPerImage: places, rows, taps, runs: [{ first: 0, count: taps.length, panelOffset: 0 }] };
}

/** Where a pooled product finds its windows; offsets in bytes. */
export interface PooledTable {
  readonly imageBytes: number;
  /** The first window of each pooled place of an image. */
  readonly corners: Uint32Array;
  /** From a window to the next one beside it, and below it. */
  readonly stepBytes: number;
  readonly rowBytes: number;
  readonly taps: Uint32Array;
}

/** The windows of a product whose results are pooled two by two; a row or column left over is left out. */
export function pooledTable(geometry: ProductGeometry): PooledTable {
  const { height, width, channels, stride, outputHeight, outputWidth } = geometry;
  const columns = Math.floor(outputWidth / 2);
  const stepBytes = stride * channels * FLOAT_BYTES;
  const rowBytes = stride * width * channels * FLOAT_BYTES;
  const corners = Uint32Array.from(
    { length: Math.floor(outputHeight / 2) * columns },
    (_, place) => 2 * Math.floor(place / columns) * rowBytes + 2 * (place % columns) * stepBytes,
  );
  const { taps } = forwardTable(geometry, 1);
  return { imageBytes: height * width * channels * FLOAT_BYTES, corners, stepBytes, rowBytes, taps };
}

/** The taps along one axis that reach a pixel, and the place of the window from which the first does. */
interface AxisClass {
  readonly taps: readonly number[];
  /** The pixels that have just these taps, each with the place of the window for the first tap. */
  readonly members: readonly { readonly pixel: number; readonly place: number }[];
}

/**
 * The way back: from gradients [places, outputs] to those of the images [height, width, channels],
 * without the padding. Pixels that the same taps reach make one product: in a corner few do, with a
 * stride every other one. So nothing is multiplied by a zero that is known beforehand.
 */
export function inputGradientTables(geometry: ProductGeometry, images: number): readonly ProductTable[] {
  const { height, width, outputHeight, outputWidth, top, left } = geometry;
  const vertical = axisClasses(geometry, height, top, outputHeight);
  const horizontal = axisClasses(geometry, width, left, outputWidth);
  return vertical.flatMap((rows) =>
    horizontal.map((columns) => gradientTable(geometry, images, rows, columns)),
  );
}

function axisClasses(
  { kernelSize, stride }: ProductGeometry,
  length: number,
  padding: number,
  places: number,
): readonly AxisClass[] {
  const classes = new Map<string, AxisClass>();
  for (let pixel = 0; pixel < length; pixel++) {
    const placeOf = (tap: number) => (pixel + padding - tap) / stride;
    const taps = Array.from({ length: kernelSize }, (_, tap) => tap).filter((tap) => {
      const place = placeOf(tap);
      return Number.isInteger(place) && place >= 0 && place < places;
    });
    const key = taps.join();
    const { members } = classes.get(key) ?? { members: [] };
    const place = taps.length > 0 ? placeOf(taps[0]!) : 0;
    classes.set(key, { taps, members: [...members, { pixel, place }] });
  }
  return [...classes.values()];
}

function gradientTable(
  geometry: ProductGeometry,
  images: number,
  vertical: AxisClass,
  horizontal: AxisClass,
): ProductTable {
  const { height, width, channels, outputWidth, outputs } = geometry;
  const places = placeCount(geometry);
  const rows: number[] = [];
  for (let image = 0; image < images; image++) {
    for (const y of vertical.members) {
      for (const x of horizontal.members) {
        const from = (image * places + y.place * outputWidth + x.place) * outputs;
        const to = ((image * height + y.pixel) * width + x.pixel) * channels;
        rows.push(from * FLOAT_BYTES, to * FLOAT_BYTES);
      }
    }
  }
  return {
    rowsPerImage: vertical.members.length * horizontal.members.length,
    rows: Uint32Array.from(rows),
    ...gradientTaps(geometry, vertical.taps, horizontal.taps),
  };
}

/** A greater tap means a window that began earlier, by a place for each stride. */
function gradientTaps(
  { kernelSize, stride, outputWidth, outputs }: ProductGeometry,
  vertical: readonly number[],
  horizontal: readonly number[],
): Pick<ProductTable, 'taps' | 'runs'> {
  const taps: number[] = [];
  const runs: Run[] = [];
  for (const tapY of vertical) {
    for (const tapX of horizontal) {
      const placesBack = ((tapY - vertical[0]!) / stride) * outputWidth + (tapX - horizontal[0]!) / stride;
      const panelOffset = (tapY * kernelSize + tapX) * outputs * PANEL_ROW_BYTES;
      runs.push({ first: taps.length, count: outputs, panelOffset });
      for (let output = 0; output < outputs; output++) {
        // May be negative; as an unsigned number it wraps around to the same address.
        taps.push((output - placesBack * outputs) * FLOAT_BYTES);
      }
    }
  }
  return { taps: Uint32Array.from(taps), runs: mergeRuns(runs) };
}

function mergeRuns(runs: readonly Run[]): readonly Run[] {
  return runs.reduce<Run[]>((merged, next) => {
    const last = merged.at(-1);
    const isNext = last && last.panelOffset + last.count * PANEL_ROW_BYTES === next.panelOffset;
    if (!isNext) return [...merged, next];
    return [...merged.slice(0, -1), { ...last, count: last.count + next.count }];
  }, []);
}
