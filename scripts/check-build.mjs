/** `npm run build:check`: builds twice, and fails unless every file has the same bytes both times. */
import './setup.mjs';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

const hashesOf = (folder) =>
  new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(folder, name)).isFile())
      .sort()
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      ]),
  );

async function buildInto(folder) {
  await build({ logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
  return hashesOf(folder);
}

const folder = mkdtempSync(join(tmpdir(), 'inkling-builds-'));
const [first, second] = [await buildInto(join(folder, 'a')), await buildInto(join(folder, 'b'))];
rmSync(folder, { recursive: true, force: true });
const names = new Set([...first.keys(), ...second.keys()]);
const different = [...names].filter((name) => first.get(name) !== second.get(name));
for (const name of different) console.error(`differs: ${name}`);
console.log(
  different.length === 0 ? `${names.size} files, the same twice` : `${different.length} files differ`,
);
process.exitCode = different.length === 0 ? 0 : 1;
