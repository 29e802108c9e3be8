/**
 * A small stand-in for public/mnist/, served with faults, for what a network does that no test can wait
 * for. `/faulty-mnist/<mode>-<id>/mnist/…`: the mode says what is wrong, the id keeps tests apart.
 */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

const IMAGES = 40;
const SHARDS = { train: 3, test: 1 };
const hex = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
const digest = (bytes) => createHash('sha256').update(bytes).digest();

function makeShard(seed) {
  const bytes = Buffer.alloc(IMAGES * 785);
  for (let at = 0; at < IMAGES * 784; at++) bytes[at] = (at * 31 + seed * 17 + (at >> 5)) % 256;
  for (let row = 0; row < IMAGES; row++) bytes[IMAGES * 784 + row] = (row + seed) % 10;
  return bytes;
}

const shards = new Map();
/** Of another set, whose manifest vouches for them. */
const forgedShards = new Map();
function makeSplit(split, seed = 0) {
  const raws = Array.from({ length: SHARDS[split] }, (_, index) =>
    makeShard(index + (split === 'test' ? 7 : 0) + seed),
  );
  const pixels = Buffer.concat(raws.map((raw) => raw.subarray(0, IMAGES * 784)));
  const labels = Buffer.concat(raws.map((raw) => raw.subarray(IMAGES * 784)));
  const entries = raws.map((raw, index) => {
    const path = `${split}-0${index}.bin`;
    const file = gzipSync(raw);
    if (seed === 0) shards.set(path, { file, raw });
    else forgedShards.set(path, { file, raw });
    return { path, count: IMAGES, encoding: 'gzip', byteLength: file.length, sha256: hex(raw) };
  });
  const contentHash = hex(Buffer.concat([digest(pixels), digest(labels)]));
  return { count: IMAGES * raws.length, contentHash, shards: entries };
}
function makeManifest(seed) {
  return {
    format: 1,
    name: 'mnist',
    splits: { train: makeSplit('train', seed), test: makeSplit('test', seed) },
  };
}
const manifest = makeManifest(0);
const forgedManifest = makeManifest(100);
/** SHA-256 of the manifest: the tests' app is built with it. */
export const STAND_IN_HASH = hex(JSON.stringify(manifest));

/** How often each file of each session has been asked for. */
const requests = new Map();

/** What the second training shard answers in each mode; `count` is how often it has been asked for. */
const FAULTS = {
  whole: ({ file }) => ({ body: file }),
  unpacked: ({ raw }) => ({ body: raw }),
  'damaged-once': ({ file }, count) => ({ body: count === 1 ? flipByte(file) : file }),
  'damaged-always': ({ file }) => ({ body: flipByte(file) }),
  truncated: ({ file }) => ({ body: file.subarray(0, file.length >> 1) }),
  html: () => ({ body: '<!doctype html><title>Sorry</title>', type: 'text/html' }),
  missing: () => ({ status: 404, body: 'not found' }),
  endless: ({ file }) => ({ body: Buffer.concat([file, Buffer.alloc(200_000)]) }),
  'mended-later': ({ file }, count) => (count <= 4 ? { status: 503, body: 'busy' } : { body: file }),
  // Never ends: whoever asked has to call it off.
  stalled: ({ file }) => ({ body: file.subarray(0, 100), isStalled: true }),
};

function flipByte(file) {
  const damaged = Buffer.from(file);
  damaged[damaged.length >> 1] ^= 0xff;
  return damaged;
}

/** Koa middleware. */
export async function faultyMnist(context, next) {
  const match = /^\/faulty-mnist\/([a-z-]+)-(\d+)\/mnist\/(.+)$/.exec(context.path);
  if (!match) return next();
  const [, mode, id, file] = match;
  const key = `${mode}-${id}/${file}`;
  const count = (requests.get(key) ?? 0) + 1;
  requests.set(key, count);
  context.set('Cross-Origin-Resource-Policy', 'same-origin');
  if (file === 'requests.json') {
    const own = [...requests].filter(([name]) => name.startsWith(`${mode}-${id}/`));
    return respond(context, { body: JSON.stringify(Object.fromEntries(own)), type: 'application/json' });
  }
  if (file === 'manifest.json') return respond(context, answerManifest(mode));
  const shard = (mode === 'forged' ? forgedShards : shards).get(file);
  const fault = file === 'train-01.bin' ? (FAULTS[mode] ?? FAULTS.whole) : FAULTS.whole;
  return respond(context, fault(shard, count));
}

function answerManifest(mode) {
  const type = 'application/json';
  switch (mode) {
    case 'absent':
      return { body: JSON.stringify({ format: 1, name: 'mnist' }), type };
    case 'no-manifest':
      return { status: 404, body: 'not found' };
    case 'start-page':
      return { body: '<!doctype html>', type: 'text/html' };
    case 'bad-manifest':
      return { body: JSON.stringify({ ...manifest, splits: { train: { count: 1, shards: [] } } }), type };
    case 'forged':
      return { body: JSON.stringify(forgedManifest), type };
    default:
      return { body: JSON.stringify(manifest), type };
  }
}

function respond(context, { status = 200, body, type = 'application/octet-stream', isStalled = false }) {
  if (!isStalled) {
    context.status = status;
    context.type = type;
    context.body = body;
    return;
  }
  context.respond = false;
  context.res.writeHead(200, { 'Content-Type': type });
  context.res.write(body);
}
