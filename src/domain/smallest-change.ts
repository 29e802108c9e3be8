/** "What would make it a 9": a small change of a picture, in dabs of ink and paper, that turns the answer. */
import { CLASS_COUNT, IMAGE_PIXELS, IMAGE_SIDE } from './sample';

type Picture = Uint8Array<ArrayBuffer>;

/** What the search asks a network. */
export interface ChangeOracle {
  /** Logits of pictures, [count, 28, 28] bytes: [count, 10]. */
  readonly logits: (pictures: Picture) => Promise<Float32Array>;
  /** How fast the target's lead over a rival grows with each pixel's ink, [28, 28]. */
  readonly slopes: (picture: Picture, rival: number) => Float32Array;
  /** Called before each step: throws where the search is called off. */
  readonly pause: () => Promise<void>;
}

/** A touch of the pen, or of the rubber. */
interface Dab {
  readonly centre: number;
  readonly isInk: boolean;
}

/** A picture that reads as the target, or undefined where none was found. */
export interface FoundChange {
  readonly picture: Picture;
  readonly logits: Float32Array;
}

/** More dabs than this are another drawing, not a change. */
const MOST_DABS = 48;
/** Of the dabs that the slopes promise most of, this many are tried. */
const TRIED = 24;
/** How strongly a dab covers the pixels around its middle: a soft, narrow pen. */
const DAB = [90, 190, 90, 190, 255, 190, 90, 190, 90];
/** A dab of ink touches ink, or nearly: what is added prolongs a stroke. */
const NEAR = 2;

/**
 * Looks for the smallest change that makes a picture read as `target`. Step by step the slopes of the
 * target's lead propose dabs of ink beside the strokes and of paper on them, the network is asked which of
 * the most promising ones helps most, and the search ends as soon as the answer turns (after Papernot et
 * al., 2016, arXiv:1511.07528: few pixels, chosen greedily). Dabs that turn out not to be needed are taken
 * back. Undefined where no dab helps any more, or too many would be needed.
 */
export async function findSmallestChange(
  picture: Picture,
  target: number,
  oracle: ChangeOracle,
): Promise<FoundChange | undefined> {
  const dabs: Dab[] = [];
  let logits = await oracle.logits(picture);
  while (leadOf(logits, target) <= 0) {
    await oracle.pause();
    const current = applyDabs(picture, dabs);
    const candidates = proposeDabs(current, oracle.slopes(current, bestOther(logits, target)));
    const best = await pickBest(
      candidates.map((dab) => [...dabs, dab]),
      picture,
      target,
      oracle,
    );
    if (!best || best.lead <= leadOf(logits, target) || dabs.length >= MOST_DABS) return undefined;
    dabs.push(best.dabs.at(-1)!);
    ({ logits } = best);
  }
  return withoutNeedless(picture, dabs, target, logits, oracle);
}

/** Takes dabs back, the least needed first, as long as the picture reads as the target without them. */
async function withoutNeedless(
  picture: Picture,
  dabs: readonly Dab[],
  target: number,
  logits: Float32Array,
  oracle: ChangeOracle,
): Promise<FoundChange> {
  await oracle.pause();
  const fewer = dabs.map((_, left) => dabs.filter((_, index) => index !== left));
  const best = await pickBest(fewer, picture, target, oracle);
  if (!best || best.lead <= 0) return { picture: applyDabs(picture, dabs), logits };
  return withoutNeedless(picture, best.dabs, target, best.logits, oracle);
}

interface Tried {
  readonly dabs: readonly Dab[];
  readonly logits: Float32Array;
  readonly lead: number;
}

/** Which of some changes brings the target furthest ahead. */
async function pickBest(
  choices: readonly (readonly Dab[])[],
  picture: Picture,
  target: number,
  oracle: ChangeOracle,
): Promise<Tried | undefined> {
  if (choices.length === 0) return undefined;
  const pictures = new Uint8Array(choices.length * IMAGE_PIXELS);
  choices.forEach((dabs, row) => pictures.set(applyDabs(picture, dabs), row * IMAGE_PIXELS));
  const all = await oracle.logits(pictures);
  const tried = choices.map((dabs, row) => {
    const logits = all.slice(row * CLASS_COUNT, (row + 1) * CLASS_COUNT);
    return { dabs, logits, lead: leadOf(logits, target) };
  });
  return tried.reduce((best, next) => (next.lead > best.lead ? next : best));
}

/** The dabs that promise most, by the slopes alone. */
function proposeDabs(picture: Picture, slopes: Float32Array): readonly Dab[] {
  const promises: { readonly dab: Dab; readonly gain: number }[] = [];
  for (let centre = 0; centre < IMAGE_PIXELS; centre++) {
    const isOnInk = picture[centre]! > 0;
    const isNearInk = isOnInk || around(centre, NEAR).some((at) => picture[at]! > 127);
    if (isNearInk) promises.push(promise({ centre, isInk: true }, picture, slopes));
    if (isOnInk) promises.push(promise({ centre, isInk: false }, picture, slopes));
  }
  return promises
    .filter(({ gain }) => gain > 0)
    .sort((a, b) => b.gain - a.gain)
    .slice(0, TRIED)
    .map(({ dab }) => dab);
}

function promise(dab: Dab, picture: Picture, slopes: Float32Array) {
  let gain = 0;
  visitDab(dab, picture, (at, ink) => (gain += slopes[at]! * (ink - picture[at]!)));
  return { dab, gain };
}

function applyDabs(picture: Picture, dabs: readonly Dab[]): Picture {
  const changed = picture.slice();
  for (const dab of dabs) visitDab(dab, changed, (at, ink) => (changed[at] = ink));
  return changed;
}

/** Calls with each pixel that a dab reaches, and with the ink that it leaves there. */
function visitDab({ centre, isInk }: Dab, picture: Picture, visit: (at: number, ink: number) => void): void {
  const [y, x] = [Math.floor(centre / IMAGE_SIDE), centre % IMAGE_SIDE];
  DAB.forEach((strength, index) => {
    const row = y + Math.floor(index / 3) - 1;
    const column = x + (index % 3) - 1;
    if (row < 0 || row >= IMAGE_SIDE || column < 0 || column >= IMAGE_SIDE) return;
    const at = row * IMAGE_SIDE + column;
    const ink = picture[at]!;
    visit(at, isInk ? Math.max(ink, strength) : Math.min(ink, 255 - strength));
  });
}

function around(centre: number, reach: number): readonly number[] {
  const [y, x] = [Math.floor(centre / IMAGE_SIDE), centre % IMAGE_SIDE];
  const places: number[] = [];
  for (let row = Math.max(0, y - reach); row <= Math.min(IMAGE_SIDE - 1, y + reach); row++) {
    for (let column = Math.max(0, x - reach); column <= Math.min(IMAGE_SIDE - 1, x + reach); column++) {
      places.push(row * IMAGE_SIDE + column);
    }
  }
  return places;
}

/** How far the target's logit is ahead of the best other one. */
function leadOf(logits: Float32Array, target: number): number {
  return logits[target]! - logits[bestOther(logits, target)]!;
}

function bestOther(logits: Float32Array, target: number): number {
  let best = target === 0 ? 1 : 0;
  for (let digit = 0; digit < CLASS_COUNT; digit++) {
    if (digit !== target && logits[digit]! > logits[best]!) best = digit;
  }
  return best;
}
