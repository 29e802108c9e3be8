import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { acquireMnist } from '../../../scripts/mnist.mjs';

const hex = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
const raw = (part) => createHash('sha256').update(part).digest();

function idx(sizes, seed) {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header.writeUInt32BE(0x800 + sizes.length, 0);
  sizes.forEach((size, index) => header.writeUInt32BE(size, 4 + 4 * index));
  const count = sizes.reduce((product, size) => product * size, 1);
  return Buffer.concat([header, Buffer.from({ length: count }).map((_, at) => (at * 13 + seed) % 10)]);
}

/** A set of the same form as MNIST, but small: more than one shard of training images, one of tests. */
const CONTENTS = {
  trainImages: idx([5100, 28, 28], 1),
  trainLabels: idx([5100], 2),
  testImages: idx([60, 28, 28], 3),
  testLabels: idx([60], 4),
};
const ORIGINALS = Object.fromEntries(
  Object.entries(CONTENTS).map(([key, bytes]) => [key, { name: key.toLowerCase(), sha256: hex(bytes) }]),
);

let folder;
let lines;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkling-mnist-'));
  lines = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const target = () => join(folder, 'public');
const readManifest = () => JSON.parse(readFileSync(join(target(), 'manifest.json'), 'utf8'));

function acquire(options) {
  return acquireMnist({
    target: target(),
    cache: join(folder, 'cache'),
    directory: undefined,
    mirrors: [],
    originals: ORIGINALS,
    log: (line) => lines.push(line),
    ...options,
  });
}

function writeDirectory({ isPacked = false, ...changes } = {}) {
  const directory = join(folder, 'given');
  mkdirSync(directory, { recursive: true });
  for (const [key, bytes] of Object.entries({ ...CONTENTS, ...changes })) {
    const name = ORIGINALS[key].name;
    if (isPacked) writeFileSync(join(directory, `${name}.gz`), gzipSync(bytes));
    else writeFileSync(join(directory, name), bytes);
  }
  return directory;
}

describe('MNIST from a folder', () => {
  for (const isPacked of [false, true]) {
    test(`${isPacked ? 'gzipped' : 'plain'} files become shards that the manifest describes`, async () => {
      assert.equal(await acquire({ directory: writeDirectory({ isPacked }) }), true);
      const { train, test: testSplit } = readManifest().splits;
      assert.deepEqual(
        train.shards.map(({ count }) => count),
        [5000, 100],
      );
      assert.equal(testSplit.count, 60);
      const pixels = CONTENTS.trainImages.subarray(16);
      const labels = CONTENTS.trainLabels.subarray(8);
      assert.equal(train.contentHash, hex(raw(pixels), raw(labels)));
      const [, last] = train.shards;
      const file = readFileSync(join(target(), last.path));
      assert.equal(file.length, last.byteLength);
      const bytes = last.encoding === 'gzip' ? gunzipSync(file) : file;
      assert.equal(hex(bytes), last.sha256);
      assert.deepEqual(bytes.subarray(0, 100 * 784), pixels.subarray(5000 * 784));
      assert.deepEqual(bytes.subarray(100 * 784), labels.subarray(5000));
    });
  }

  test('what is built already is not built again; what was damaged is', async () => {
    const directory = writeDirectory();
    await acquire({ directory });
    rmSync(directory, { recursive: true });
    assert.equal(await acquire(), true);
    const { path, byteLength } = readManifest().splits.test.shards[0];
    writeFileSync(join(target(), path), Buffer.alloc(byteLength, 1));
    assert.equal(await acquire({ directory: writeDirectory() }), true);
    assert.notEqual(readFileSync(join(target(), path))[0], 1);
  });

  test('another file under the right name is not taken, and named', async () => {
    const directory = writeDirectory({ testLabels: idx([60], 9) });
    assert.equal(await acquire({ directory }), false);
    assert.match(lines[0], /testlabels is not the original file/);
  });
});

describe('MNIST from mirrors', () => {
  let server;
  let mirror;
  /** What the server does with a request, and how often it was asked. */
  let behave;
  let asked;

  before(async () => {
    server = createServer((request, response) => {
      asked.push({ path: request.url, range: request.headers.range });
      behave(request, response);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    mirror = `http://127.0.0.1:${server.address().port}/`;
  });
  after(() => server.close());
  beforeEach(() => {
    asked = [];
    behave = serve();
  });

  const packed = Object.fromEntries(
    Object.entries(CONTENTS).map(([key, bytes]) => [`/${ORIGINALS[key].name}.gz`, gzipSync(bytes)]),
  );

  /** Serves the files, with ranges; `cutAt` drops the connection of the first request after so many bytes. */
  function serve({ cutAt = Infinity } = {}) {
    return (request, response) => {
      const file = packed[request.url];
      const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
      const isCut = asked.length === 1 && cutAt < file.length;
      response.writeHead(start > 0 ? 206 : 200, { 'Content-Length': file.length - start });
      if (!isCut) return response.end(file.subarray(start));
      // The connection breaks only after the bytes are on their way.
      return response.write(file.subarray(start, cutAt), () => setImmediate(() => response.destroy()));
    };
  }

  test('is downloaded, checked and built', async () => {
    assert.equal(await acquire({ mirrors: [mirror] }), true);
    assert.equal(asked.length, 4);
    assert.equal(readManifest().splits.train.count, 5100);
  });

  test('goes on where the connection broke', async () => {
    behave = serve({ cutAt: 400 });
    assert.equal(await acquire({ mirrors: [mirror] }), true);
    assert.equal(asked.length, 5);
    assert.match(asked[1].range, /^bytes=[1-9]\d*-$/);
  });

  test('goes to the next mirror where the first one fails', async () => {
    behave = (request, response) => {
      if (!request.url.startsWith('/broken')) return serve()(request, response);
      response.writeHead(503);
      return response.end();
    };
    assert.equal(await acquire({ mirrors: [`${mirror}broken/`, mirror] }), true);
  });

  test('does not take another file for it', async () => {
    behave = (request, response) => response.end(gzipSync('something else'));
    assert.equal(await acquire({ mirrors: [mirror] }), false);
    assert.match(lines[0], /not the original file/);
  });

  test('without any mirror one line says so, and the app goes on without', async () => {
    assert.equal(await acquire({ mirrors: ['http://127.0.0.1:1/', 'http://127.0.0.1:2/'] }), false);
    assert.equal(lines.length, 1);
    assert.match(
      lines[0],
      /^No MNIST \(127\.0\.0\.1:1: .+, 127\.0\.0\.1:2: .+\), so Inkling works on generated digits/,
    );
    assert.equal(readManifest().splits, undefined);
  });
});
