import files from './mnist-files.json';

/** The name that MNIST is stored under. */
export const MNIST = 'mnist';

/** The four files that MNIST comes in. */
export type MnistFile = keyof typeof files;

/** Their names, without `.gz`, and the SHA-256 of their decompressed bytes, in hexadecimal. */
export const MNIST_FILES: Readonly<Record<MnistFile, { readonly name: string; readonly sha256: string }>> =
  files;

/** Images in a shard. `scripts/mnist.mjs` cuts as many. */
export const SHARD_IMAGES = 5000;

/** Which of the four files has this hash, or undefined. */
export function identifyMnistFile(sha256: string): MnistFile | undefined {
  return (Object.keys(MNIST_FILES) as MnistFile[]).find((file) => MNIST_FILES[file].sha256 === sha256);
}
