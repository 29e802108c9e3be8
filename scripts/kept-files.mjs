import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What the service worker keeps besides the shell, each part on its own. The first pattern that fits counts. */
const PARTS = [
  ['charts', /^assets\/plotly-cartesian/],
  ['tensorflow', /^assets\/tensorflow/],
  ['model', /^models\//],
  ['mnist', /^mnist\//],
];

/** Files that are no part of the app that runs: hosts, robots and stores read them. */
export const NOT_KEPT = ['_headers', 'robots.txt', 'sbom.json', 'screenshots/*', 'service-worker.js'];

/**
 * What the service worker has to know of each file: address, length and SHA-256 (hexadecimal) of its bytes,
 * and the part that it belongs to. This list is built into the service worker and is the root of all trust:
 * whatever is kept, or read from what is kept, is held against it.
 */
export function describeKeptFiles(folder, paths) {
  return [...paths].sort().map((path) => {
    const bytes = readFileSync(join(folder, path));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const part = PARTS.find(([, pattern]) => pattern.test(path))?.[0] ?? 'shell';
    return { path, sha256, byteLength: bytes.length, part };
  });
}

/** The plugin learns where the build goes; `transform` then puts our list in the place of Workbox' own. */
export function keptFiles() {
  let folder = 'dist';
  return {
    plugin: {
      name: 'kept-files',
      apply: 'build',
      configResolved: ({ root, build }) => (folder = resolve(root, build.outDir)),
    },
    transform: async (entries) => {
      const files = describeKeptFiles(
        folder,
        entries.map(({ url }) => url),
      );
      // Workbox requires an address and takes the size away once it has added them up.
      return {
        manifest: files.map((file) => ({ ...file, url: file.path, revision: null, size: file.byteLength })),
      };
    },
  };
}
