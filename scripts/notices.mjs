import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const root = new URL('..', import.meta.url);

/**
 * A Vite plugin that writes THIRD-PARTY-NOTICES.txt into the build: name, version and licence of every
 * package that the app depends on, and theirs in turn.
 */
export function noticesPlugin() {
  return {
    name: 'third-party-notices',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-NOTICES.txt', source: collectNotices() });
    },
  };
}

/** The text of the notices. */
export function collectNotices() {
  const packages = new Map();
  const { dependencies } = readJson(new URL('package.json', root));
  for (const name of Object.keys(dependencies)) visit(name, new URL('package.json', root).pathname, packages);
  const sorted = [...packages.values()].sort((a, b) => a.name.localeCompare(b.name));
  const intro = 'Inkling is built with these packages. Their authors keep their rights.\n';
  return [intro, ...sorted.map(formatNotice)].join(`\n${'-'.repeat(78)}\n\n`);
}

function visit(name, from, packages) {
  const folder = findPackage(name, from);
  if (!folder) return;
  const manifest = readJson(join(folder, 'package.json'));
  const key = `${manifest.name}@${manifest.version}`;
  if (packages.has(key)) return;
  packages.set(key, { ...manifest, text: readLicence(folder) });
  for (const next of Object.keys(manifest.dependencies ?? {})) {
    visit(next, join(folder, 'package.json'), packages);
  }
}

/** The folder of an installed package as `from` sees it; not every package exports its package.json. */
function findPackage(name, from) {
  const paths = createRequire(from).resolve.paths(name) ?? [];
  return paths.map((path) => join(path, name)).find((folder) => existsSync(join(folder, 'package.json')));
}

function readLicence(folder) {
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  return file ? readFileSync(join(folder, file), 'utf8').trim() : undefined;
}

function formatNotice({ name, version, license, text }) {
  return `${name} ${version}\nLicence: ${license}\n\n${text ?? 'The package comes without a licence text.'}\n`;
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
