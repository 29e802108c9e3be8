/**
 * Builds public/mnist/ on this machine; it is never committed. `npm run mnist` does it by hand, the other
 * commands do it when they start. Node's own modules only.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL, fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { download, DownloadError } from './download.mjs';

const IMAGE_PIXELS = 784;
const SHARD_IMAGES = 5000;
const IDX_HEADER = { images: 16, labels: 8 };
/** The public mirrors that TensorFlow and PyTorch use. */
const MIRRORS = [
  'https://storage.googleapis.com/cvdf-datasets/mnist/',
  'https://ossci-datasets.s3.amazonaws.com/mnist/',
];

const root = new URL('..', import.meta.url);
/** Names and hashes of the four files: the app checks the same ones when somebody imports them. */
const ORIGINAL_FILES = JSON.parse(readFileSync(new URL('src/domain/mnist-files.json', root), 'utf8'));

const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const hex = (...parts) => sha256(...parts).toString('hex');

/** What `acquireMnist` may be told; tests point it elsewhere. */
const DEFAULTS = {
  target: fileURLToPath(new URL('public/mnist/', root)),
  cache: fileURLToPath(new URL('.cache/mnist/', root)),
  directory: process.env.MNIST_DIR,
  mirrors: MIRRORS,
  originals: ORIGINAL_FILES,
  log: console.log,
};

/**
 * Makes sure that the shards are there: already built, or from MNIST_DIR, or downloaded. Returns whether
 * they are; where they are not, one line says so and a manifest without splits stands in for them.
 */
export async function acquireMnist(options = {}) {
  const settings = { ...DEFAULTS, ...options };
  const { target, log } = settings;
  if (isBuilt(target)) return true;
  try {
    build(readDirectory(settings) ?? (await fetchFiles(settings)), target);
    log(`MNIST is ready in ${target}`);
    return true;
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    writeAbsentManifest(target);
    log(
      `No MNIST (${error.message}), so Inkling works on generated digits. MNIST_DIR can name a folder that has it.`,
    );
    return false;
  }
}

/** True where every shard that the manifest names is there and whole. */
function isBuilt(target) {
  const path = join(target, 'manifest.json');
  if (!existsSync(path)) return false;
  // Written last and moved with all the rest: it is whole if it is there.
  const { splits } = JSON.parse(readFileSync(path, 'utf8'));
  const shards = Object.values(splits ?? {}).flatMap((split) => split.shards);
  return shards.length > 0 && shards.every((shard) => isWhole(join(target, shard.path), shard));
}

function isWhole(path, { encoding, sha256: expected, byteLength }) {
  if (!existsSync(path)) return false;
  const bytes = readFileSync(path);
  if (bytes.length !== byteLength) return false;
  const raw = encoding === 'gzip' ? unpack(bytes) : bytes;
  return raw !== undefined && hex(raw) === expected;
}

/** The four files from a folder, gzipped or not; undefined, with a line, where they are not all there. */
function readDirectory({ directory, originals, log }) {
  if (!directory) return undefined;
  const files = {};
  for (const [key, { name, sha256: expected }] of Object.entries(originals)) {
    const path = [name, `${name}.gz`].map((file) => resolve(directory, file)).find(existsSync);
    const bytes = path && unpack(readFileSync(path));
    if (!bytes || hex(bytes) !== expected) {
      log(`MNIST_DIR is set, but ${name} is ${bytes ? 'not the original file' : 'not'} in ${directory}.`);
      return undefined;
    }
    files[key] = bytes;
  }
  return files;
}

/** The four files from the first mirror that has each. Throws a DownloadError where none has. */
async function fetchFiles({ mirrors, cache, originals }) {
  mkdirSync(cache, { recursive: true });
  const files = {};
  for (const [key, { name, sha256: expected }] of Object.entries(originals)) {
    const urls = mirrors.map((mirror) => new URL(`${name}.gz`, mirror));
    const isRight = (bytes) => hex(unpack(bytes) ?? '') === expected;
    files[key] = unpack(await download(urls, join(cache, `${name}.gz`), isRight));
  }
  return files;
}

/** The bytes of a file, gzipped or not; undefined where they are damaged or cut off. */
function unpack(bytes) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes);
  } catch (error) {
    if (error.code?.startsWith('Z_')) return undefined;
    throw error;
  }
}

/** Writes the shards beside the target and moves them there in one step: half a set is never seen. */
function build(files, target) {
  const draft = `${target.replace(/[/\\]$/, '')}-new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const splits = {
    train: writeSplit('train', files.trainImages, files.trainLabels, draft),
    test: writeSplit('test', files.testImages, files.testLabels, draft),
  };
  writeFileSync(join(draft, 'manifest.json'), JSON.stringify({ format: 1, name: 'mnist', splits }, null, 1));
  rmSync(target, { recursive: true, force: true });
  renameSync(draft, target);
}

function writeSplit(name, imageFile, labelFile, folder) {
  const images = imageFile.subarray(IDX_HEADER.images);
  const labels = labelFile.subarray(IDX_HEADER.labels);
  const shards = [];
  for (let start = 0; start < labels.length; start += SHARD_IMAGES) {
    const end = Math.min(labels.length, start + SHARD_IMAGES);
    const raw = Buffer.concat([
      images.subarray(start * IMAGE_PIXELS, end * IMAGE_PIXELS),
      labels.subarray(start, end),
    ]);
    shards.push(
      writeShard(`${name}-${String(shards.length).padStart(2, '0')}.bin`, raw, end - start, folder),
    );
  }
  return { count: labels.length, contentHash: hex(sha256(images), sha256(labels)), shards };
}

/** Named .bin also where it is gzip: some servers unpack what is called .gz on the way. */
function writeShard(path, raw, count, folder) {
  const packed = gzipSync(raw);
  const pays = packed.length < raw.length;
  const bytes = pays ? packed : raw;
  writeFileSync(join(folder, path), bytes);
  return { path, count, encoding: pays ? 'gzip' : 'identity', byteLength: bytes.length, sha256: hex(raw) };
}

function writeAbsentManifest(target) {
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'manifest.json'), JSON.stringify({ format: 1, name: 'mnist' }));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = (await acquireMnist()) ? 0 : 1;
}
