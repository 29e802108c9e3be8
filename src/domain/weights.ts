import { sizeOf, weightSpecs, type Architecture, type WeightSpec } from './architecture';
import { AppError } from './errors';
import { createRandom, mixSeed, type Random } from './random';

/** A network's weights by name (`conv1/kernel`), float32, in TF.js layout. */
export type Weights = Readonly<Record<string, Float32Array<ArrayBuffer>>>;

/**
 * The weights that training begins with: He's normal initialization for kernels (He et al., 2015,
 * arXiv:1502.01852), a pure function of the seed, so that every engine begins alike.
 */
export function initialWeights(architecture: Architecture, seed: number): Weights {
  const random = createRandom(mixSeed(seed, 0x1e7));
  return Object.fromEntries(
    weightSpecs(architecture).map((spec) => [spec.name, initialValues(spec, random)]),
  );
}

function initialValues({ shape, initial }: WeightSpec, random: Random): Float32Array<ArrayBuffer> {
  const values = new Float32Array(sizeOf(shape));
  if (initial === 'ones') values.fill(1);
  if (initial === 'he') {
    const deviation = Math.sqrt(2 / sizeOf(shape.slice(0, -1)));
    for (let at = 0; at < values.length; at++) values[at] = random.normal(deviation);
  }
  return values;
}

/** Writes weights one after another, in the order of the layers: little-endian float32. */
export function packWeights(architecture: Architecture, weights: Weights): Uint8Array<ArrayBuffer> {
  const arrays = weightSpecs(architecture).map((spec) => weightsOf(weights, spec));
  const floats = arrays.reduce((sum, values) => sum + values.length, 0);
  const view = new DataView(new ArrayBuffer(floats * Float32Array.BYTES_PER_ELEMENT));
  let at = 0;
  for (const values of arrays) {
    for (const value of values) {
      view.setFloat32(at, value, true);
      at += Float32Array.BYTES_PER_ELEMENT;
    }
  }
  return new Uint8Array(view.buffer);
}

/**
 * Reads what `packWeights` wrote, or the same as float16, half as long: the shipped model's, so that it is
 * sooner there. Throws `invalid-input` where the length does not fit the architecture (MODEL_LENGTH) or a
 * number is not finite (MODEL_NONFINITE).
 */
export function unpackWeights(architecture: Architecture, bytes: Uint8Array): Weights {
  const specs = weightSpecs(architecture);
  const floats = specs.reduce((sum, spec) => sum + sizeOf(spec.shape), 0);
  const width = bytes.byteLength / floats;
  if (width !== Float32Array.BYTES_PER_ELEMENT && width !== HALF_BYTES) {
    throw damaged(`The weights are ${bytes.byteLength} bytes long, not ${floats * 4}.`, 'MODEL_LENGTH');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const read = ({ shape }: WeightSpec) =>
    Float32Array.from({ length: sizeOf(shape) }, () => {
      const value = width === HALF_BYTES ? fromHalf(view.getUint16(at, true)) : view.getFloat32(at, true);
      at += width;
      return value;
    });
  const weights = Object.fromEntries(specs.map((spec) => [spec.name, read(spec)]));
  requireFinite(weights);
  return weights;
}

const HALF_BYTES = 2;

/** The value of a float16's 16 bits (IEEE 754): sign, 5 bits of exponent, 10 bits of fraction. */
function fromHalf(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

/** Throws `invalid-input` (MODEL_NONFINITE) where a weight is NaN or infinite. */
export function requireFinite(weights: Weights): void {
  for (const [name, values] of Object.entries(weights)) {
    if (values.every(Number.isFinite)) continue;
    throw damaged(`The weights ${name} hold a number that is not finite.`, 'MODEL_NONFINITE');
  }
}

/** The array of weights that a spec asks for. Throws `invalid-input` where it is missing or too long. */
export function weightsOf(weights: Weights, spec: WeightSpec): Float32Array<ArrayBuffer> {
  const values = weights[spec.name];
  if (values?.length === sizeOf(spec.shape)) return values;
  throw damaged(`The weights ${spec.name} are missing or of the wrong size.`, 'MODEL_SHAPE');
}

function damaged(message: string, reason: string): AppError {
  return new AppError('invalid-input', message, { reason, kept: 'The model in use is unchanged.' });
}
