import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { codeGroups, startAtOnce } from './scripts/chunks.mjs';
import { hashGuardedFiles } from './scripts/file-hashes.mjs';
import { keptFiles, NOT_KEPT } from './scripts/kept-files.mjs';
import { kernelsPlugin } from './scripts/kernels.mjs';
import { hostFilesPlugin } from './scripts/host-files.mjs';
import { noticesPlugin } from './scripts/notices.mjs';
import { ISOLATION_HEADERS, SECURITY_HEADERS, STRESS_HOST } from './scripts/security-headers.mjs';
import { WEB_MANIFEST } from './scripts/web-manifest.mjs';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** What is TensorFlow.js is named so: the service worker keeps it as a part of its own. */
function nameWorkerChunk({ moduleIds }: { readonly moduleIds: readonly string[] }): string {
  const isTensorFlow = moduleIds.some((id) => id.includes('@tensorflow') || id.includes('engines/tfjs'));
  return `assets/${isTensorFlow ? 'tensorflow' : '[name]'}-[hash].js`;
}

const { plugin: keptFilesPlugin, transform: describeKept } = keptFiles();

export default defineConfig({
  // Relative, so that the build runs under any path of any host.
  base: './',
  // Routes live behind the #: an unknown path is an error, not the start page.
  appType: 'mpa',
  define: {
    __APP_VERSION__: JSON.stringify(version),
    __FILE_HASHES__: JSON.stringify(hashGuardedFiles()),
    __STRESS_HOST__: JSON.stringify(STRESS_HOST),
    __SECURITY_HEADERS__: JSON.stringify(SECURITY_HEADERS),
  },
  server: { host: '127.0.0.1', headers: ISOLATION_HEADERS },
  preview: { host: '127.0.0.1', headers: SECURITY_HEADERS },
  // Found late, these would reload the page in the middle of their first use.
  optimizeDeps: {
    include: [
      '@tensorflow/tfjs-backend-cpu',
      '@tensorflow/tfjs-backend-webgl',
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-layers',
      'idb',
      'jszip',
      'lit',
      'lit/decorators.js',
      'lit/directives/repeat.js',
      'plotly.js-cartesian-dist-min',
      'workbox-window',
    ],
  },
  // TF.js repeats its licence in each of its files: 730 kB. They are all in THIRD-PARTY-NOTICES.txt.
  worker: {
    format: 'es',
    rolldownOptions: { output: { comments: { legal: false }, chunkFileNames: nameWorkerChunk } },
  },
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { output: { codeSplitting: { groups: codeGroups() } } },
    // Whoever runs the app preloads modules by themselves, or not at all.
    modulePreload: { polyfill: false },
  },
  plugins: [
    kernelsPlugin(),
    startAtOnce(),
    noticesPlugin(),
    hostFilesPlugin(),
    keptFilesPlugin,
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'workers',
      filename: 'service-worker.ts',
      injectRegister: false,
      manifest: WEB_MANIFEST,
      injectManifest: {
        globPatterns: ['**/*'],
        globIgnores: NOT_KEPT,
        maximumFileSizeToCacheInBytes: 4 * 1024 * 1024,
        manifestTransforms: [describeKept],
      },
    }),
  ],
});
