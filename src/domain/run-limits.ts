/** What a setting may be: what the form says beside a field, and what a link is held against. */
export interface Limit {
  readonly low: number;
  readonly high: number;
  readonly isWhole: boolean;
}

const whole = (low: number, high: number): Limit => ({ low, high, isWhole: true });
const real = (low: number, high: number): Limit => ({ low, high, isWhole: false });

/** The limits of a run's settings. */
export const RUN_LIMITS = {
  epochs: whole(1, 200),
  seed: whole(0, 2 ** 31 - 1),
  batchSize: whole(1, 1024),
  learningRate: real(0.000001, 1),
  weightDecay: real(0, 1),
  momentum: real(0, 0.999),
  labelSmoothing: real(0, 0.5),
  patience: whole(1, 50),
  share: whole(1, 99),
  replayShare: whole(1, 90),
} as const satisfies Record<string, Limit>;

/** The limits of how much images are varied. */
export const VARIATION_LIMITS = {
  shift: whole(0, 6),
  rotation: real(0, 45),
  scale: real(0, 0.4),
  shear: real(0, 0.5),
  thickness: real(0, 1),
  elastic: real(0, 4),
  blur: real(0, 3),
  contrast: real(0, 4),
} as const satisfies Record<string, Limit>;

/** The limits of the numbers of layers. */
export const LAYER_LIMITS = {
  filters: whole(1, 256),
  kernelSize: whole(1, 11),
  stride: whole(1, 4),
  size: whole(2, 7),
  rate: real(0, 0.9),
  units: whole(1, 1024),
} as const satisfies Record<string, Limit>;

/** A network of more layers is not for 28 × 28 pixels. */
export const MOST_LAYERS = 40;
/** A mixture of more sets is no mixture any more. */
export const MOST_PARTS = 6;

/** True for a number within its limit; also for none that is a number at all it is false. */
export function isWithin(value: unknown, { low, high, isWhole }: Limit): value is number {
  if (typeof value !== 'number' || !(value >= low && value <= high)) return false;
  return !isWhole || Number.isInteger(value);
}

/** What to use in place of a number that is not within its limit. */
export function wordLimit({ low, high, isWhole }: Limit): string {
  const format = (bound: number) => bound.toLocaleString('en', { maximumFractionDigits: 6 });
  return `Use a ${isWhole ? 'whole number' : 'number'} from ${format(low)} to ${format(high)}.`;
}
