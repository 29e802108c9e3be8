/** Which images a run learns from. */
export type DatasetChoice =
  | { readonly kind: 'mnist'; readonly sampleCount: number }
  | { readonly kind: 'generated'; readonly sampleCount: number; readonly seed: number };

/** What a person calls a data set. */
export const DATASET_TITLES: Readonly<Record<DatasetChoice['kind'], string>> = {
  mnist: 'MNIST',
  generated: 'Generated digits',
};

/** Images in MNIST's training set; more cannot be asked for. */
export const MNIST_TRAIN_COUNT = 60_000;
/** Generated digits are endless; this many fit in the memory of a small device, 157 MB. */
export const GENERATED_MOST = 200_000;
/** Fewer images than this leave too few to check with. */
export const FEWEST_SAMPLES = 100;

/** The most images that a data set of this kind has to give. */
export function mostSamples(kind: DatasetChoice['kind']): number {
  return kind === 'mnist' ? MNIST_TRAIN_COUNT : GENERATED_MOST;
}
