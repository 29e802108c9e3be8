/** Explanations in sentences: for those who do not see the maps, and for those who do. */
import { withArticle } from './article';
import type { Alike, AlikeSample, Change, Evidence, LayerPicture } from '../domain/explanation';
import { IMAGE_SIDE } from '../domain/sample';
import { formatCount, formatShare } from './format';

const PLACES = [
  ['the upper left', 'the top', 'the upper right'],
  ['the left', 'the middle', 'the right'],
  ['the lower left', 'the foot', 'the lower right'],
] as const;
/** Ink that changed by less than this, of 255, is not seen. */
const SEEN = 16;

/**
 * Where a map is strongest, counting only numbers of one sign, as a part of all that is not zero; undefined
 * where it has none.
 */
export function strongestPlace(values: ArrayLike<number>, columns: number, sign = 1): string | undefined {
  let best = 0;
  for (let at = 1; at < values.length; at++) if (sign * values[at]! > sign * values[best]!) best = at;
  if (!(sign * values[best]! > 0)) return undefined;
  const marked = Array.from(values).flatMap((value, at) => (value === 0 ? [] : [at]));
  const third = (coordinate: (at: number) => number) => {
    const [first, last] = [Math.min(...marked.map(coordinate)), Math.max(...marked.map(coordinate))];
    return Math.floor(((coordinate(best) - first) / (last - first + 1)) * 3);
  };
  return PLACES[third((at) => Math.floor(at / columns))]![third((at) => at % columns)];
}

/** Which ink speaks for a digit and which for its rival. `map` is the why-map, [columns, columns]. */
export function wordCovering({ digit, rival }: Evidence, map: Float32Array, columns: number): string {
  const reason = strongestPlace(map, columns, 1);
  const objection = strongestPlace(map, columns, -1);
  const [one, other] = [withArticle(digit), withArticle(rival)];
  const first = reason ? `Most for ${one}: ${reason}.` : `No single part of it speaks for ${one}.`;
  const second = objection ? `Most for ${other}: ${objection}.` : `Nothing in it speaks for ${other}.`;
  return `${first} ${second}`;
}

/** Where the network found the digit, and how coarsely it looks there. */
export function wordLooking({ digit, looking }: Evidence): string {
  if (!looking) return 'This network has no convolution that is fine enough for such a map.';
  const place = strongestPlace(looking.values, IMAGE_SIDE);
  const found = place ? `Most of ${withArticle(digit)}: ${place}.` : 'Nothing of it was found.';
  return `${found} ${looking.layer} sees ${looking.grid.join(' × ')} squares, so the map is no finer.`;
}

/** How near the nearest samples are, and what they show. */
export function wordAlike({ samples, compared }: Alike, digit: number): string {
  const [nearest] = samples;
  if (!nearest) return 'This set has no digits to train with.';
  const same = samples.filter(({ label }) => label === digit).length;
  const shown = samples.length === 1 ? 'The nearest one' : `${same} of the nearest ${samples.length}`;
  const verb = same === 1 ? 'is' : 'are';
  return `${shown} ${verb} labelled ${digit}. ${formatCount(compared)} compared.`;
}

/** A sample that is alike, as its tile says it. */
export function wordDistance({ distance }: AlikeSample): string {
  return distance.toFixed(distance < 0.01 ? 3 : 2);
}

/** How much ink a change added and took away: pixels that anybody would see. */
export function countChanged(
  before: Uint8Array,
  after: Uint8Array,
): { readonly more: number; readonly less: number } {
  const differences = Array.from(after, (ink, at) => ink - before[at]!);
  return {
    more: differences.filter((difference) => difference >= SEEN).length,
    less: differences.filter((difference) => difference <= -SEEN).length,
  };
}

/** What would make it another digit, or that nothing small does. */
export function wordChange({ target, after, probability }: Change, before: Uint8Array): string {
  if (!after) {
    return `Nothing small was found that makes it ${withArticle(target)}. That takes another drawing.`;
  }
  const { more, less } = countChanged(before, after);
  const what = less === 0 ? 'all get ink' : more === 0 ? 'all lose ink' : `${more} get ink, ${less} lose it`;
  const share = formatShare(probability ?? 0);
  return `${more + less} of 784 pixels change (${what}), and the likeliest is ${withArticle(target)}, at ${share}.`;
}

const KINDS: Readonly<Record<LayerPicture['kind'], string>> = {
  conv: 'Conv',
  'batch-norm': 'Norm',
  relu: 'ReLU',
  'max-pool': 'Pool',
  dense: 'Dense',
  dropout: 'Dropout',
  flatten: 'Flatten',
};

/** What each kind of layer does, in a line. */
export const KIND_HINTS: Readonly<Record<LayerPicture['kind'], string>> = {
  conv: 'A convolution slides small filters over what comes before it. Each filter makes one map.',
  'batch-norm': 'Batch norm brings every map to a common scale.',
  relu: 'A ReLU keeps what is above zero and drops the rest.',
  'max-pool': 'A max pool keeps the strongest of each small square.',
  dense: 'A dense layer weighs everything before it into a few numbers.',
  dropout: 'Dropout does something only while a network learns.',
  flatten: 'Flattening puts all maps in one row.',
};

/** A layer's name on a button: Conv 1. */
export function wordLayer({ kind, name }: LayerPicture): string {
  return `${KINDS[kind]} ${/\d+$/.exec(name)?.[0] ?? ''}`.trim();
}

/** What a layer's maps are: 24 maps of 12 × 12. */
export function wordShape({ shape }: LayerPicture): string {
  const [rows, columns, maps] = shape;
  return maps === undefined ? `${rows} numbers` : `${maps} maps of ${rows} × ${columns}`;
}
