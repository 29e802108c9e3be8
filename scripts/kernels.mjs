import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../workers/engines/simd/kernels/', import.meta.url));
const target = join(folder, 'build');

const OPTIONS = (
  '-O3 --noAssert --runtime stub --enable simd --enable threads ' +
  '--sharedMemory --importMemory --initialMemory 16 --maximumMemory 8192 ' +
  // A vector never crosses the border to JavaScript.
  '--disableWarning 112'
).split(' ');
const BUILDS = { plain: [], relaxed: ['--enable', 'relaxed-simd'] };

/** A Vite plugin that has the simd engine's kernels compiled before anything imports them. */
export function kernelsPlugin() {
  return { name: 'simd-kernels', buildStart: buildKernels };
}

/** Compiles the kernels of the simd engine, AssemblyScript to WebAssembly, where they have changed. */
export async function buildKernels() {
  const sources = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  const hash = createHash('sha256').update(OPTIONS.join());
  for (const name of sources) hash.update(name).update(readFileSync(join(folder, name)));
  const wanted = hash.digest('hex');
  const stamp = join(target, 'stamp');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  mkdirSync(target, { recursive: true });
  for (const [name, more] of Object.entries(BUILDS)) await compile(`${name}.wasm`, more);
  writeFileSync(stamp, wanted);
}

async function compile(name, more) {
  const { default: asc } = await import('assemblyscript/asc');
  const { error, stderr } = await asc.main([
    'program.ts',
    '--outFile',
    join('build', name),
    ...OPTIONS,
    ...more,
    '--baseDir',
    folder,
  ]);
  if (error) throw new Error(`The kernels do not compile:\n${stderr.toString()}`);
}
