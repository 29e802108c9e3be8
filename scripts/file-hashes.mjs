import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

/**
 * The files that the app takes at its host's word otherwise. Each shard of MNIST is held against the
 * manifest, which is one of them.
 */
const GUARDED = [
  'mnist/manifest.json',
  'models/evaluation.json',
  'models/refuser.bin',
  'models/shipped.bin',
  'models/shipped.json',
];

/**
 * SHA-256 (hexadecimal) of those files of public/ that are there, by their path inside the app. The build writes
 * them into the code of page and worker: whoever changes a file on a host cannot vouch for it there.
 */
export function hashGuardedFiles(folder = new URL('../public/', import.meta.url)) {
  const found = GUARDED.filter((path) => existsSync(new URL(path, folder)));
  return Object.fromEntries(
    found.map((path) => [
      path,
      [
        createHash('sha256')
          .update(readFileSync(new URL(path, folder)))
          .digest('hex'),
      ],
    ]),
  );
}
