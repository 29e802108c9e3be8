import files from './mnist-files.json';

/** The name that MNIST is stored under. */
export const MNIST = 'mnist' as const;

/** The four files that MNIST comes in. */
export type MnistFile = keyof typeof files;

/** Their names, without `.gz`, and the SHA-256 of their decompressed bytes, in hexadecimal. */
export const MNIST_FILES: Readonly<Record<MnistFile, { readonly name: string; readonly sha256: string }>> =
  files;

/** How many of each digit MNIST has, by split (counted). */
export const MNIST_COUNTS = {
  train: [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
  test: [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
} as const;

/** What is known of MNIST before it is here. */
export const MNIST_FACTS = { title: 'MNIST', source: MNIST, counts: MNIST_COUNTS } as const;

/** Images in a shard. `scripts/mnist.mjs` cuts as many. */
export const SHARD_IMAGES = 5000;

/** Which of the four files has this hash, or undefined. */
export function identifyMnistFile(sha256: string): MnistFile | undefined {
  return (Object.keys(MNIST_FILES) as MnistFile[]).find((file) => MNIST_FILES[file].sha256 === sha256);
}
