import { readFileSync } from 'node:fs';
import { SECURITY_HEADERS } from './security-headers.mjs';
import { writeSbom } from './sbom.mjs';

/**
 * A Vite plugin that writes what hosts and auditors read beside the app: `_headers` for Netlify and Cloudflare
 * Pages, `.nojekyll` for GitHub Pages, and the list of what the app is built of (CycloneDX).
 */
export function hostFilesPlugin() {
  return {
    name: 'host-files',
    apply: 'build',
    generateBundle() {
      const emit = (fileName, source) => this.emitFile({ type: 'asset', fileName, source });
      emit('_headers', writeHeaders());
      emit('.nojekyll', '');
      const read = (name) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));
      emit('sbom.json', writeSbom(read('package.json'), read('package-lock.json')));
    },
  };
}

/**
 * The headers in the form that Netlify and Cloudflare Pages read. What has a hash in its name never changes; all else
 * both of them have asked for again by themselves. No header is in two rules: only one of them knows how to take one back.
 */
export function writeHeaders() {
  const lines = Object.entries(SECURITY_HEADERS).map(([name, value]) => `  ${name}: ${value}`);
  return ['/*', ...lines, '/assets/*', '  Cache-Control: public, max-age=31536000, immutable', ''].join('\n');
}
