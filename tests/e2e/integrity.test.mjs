import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { launchBrowser, openProfile } from '../helpers/app.mjs';
import { startHost } from '../helpers/host.mjs';

const manifest = JSON.parse(readFileSync(new URL('../../dist/mnist/manifest.json', import.meta.url), 'utf8'));
const noMnist = manifest.splits ? false : 'MNIST is not on this machine: set MNIST_DIR to test with it';
const hashOf = (bytes) => createHash('sha256').update(bytes).digest('hex');

let browser;
let host;
before(async () => {
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await host.stop();
});

/** Changes a file of a host; a JSON file is handed over as what it says, any other as its bytes. */
function change(host, path, alter) {
  const file = join(host.folder, path);
  const bytes = readFileSync(file);
  const isJson = path.endsWith('.json');
  const changed = alter(isJson ? JSON.parse(bytes) : bytes);
  writeFileSync(file, isJson ? JSON.stringify(changed) : changed);
}

/** A visit as the first one is: no service worker checks anything yet. */
async function visit(host, route) {
  const context = await openProfile(browser, { serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.goto(`${host.url}${route}`);
  return page;
}

test('shards that were changed together with their manifest are refused', { skip: noMnist }, async () => {
  host = await startHost({ hasMnist: true });
  let labels;
  change(host, 'mnist/train-00.bin', (bytes) => {
    const raw = gunzipSync(bytes);
    // All its 5,000 labels say 1.
    labels = raw.fill(1, raw.length - 5000);
    return gzipSync(raw);
  });
  change(host, 'mnist/manifest.json', (list) => {
    const [first] = list.splits.train.shards;
    first.sha256 = hashOf(labels);
    first.byteLength = readFileSync(join(host.folder, 'mnist/train-00.bin')).length;
    return list;
  });
  const page = await visit(host, '#/train');
  await page.getByRole('button', { name: 'Start training' }).click();
  await page.getByText('The host lists other parts of MNIST than this Inkling was built with.').waitFor();
  const isFetched = host.requests.some(({ path }) => path?.endsWith('.bin') && path.startsWith('mnist/'));
  assert.equal(isFetched, false);
});

test('a model that was changed together with its card neither answers nor shows its figures', async () => {
  host = await startHost();
  change(host, 'models/shipped.bin', (bytes) => bytes.fill(0));
  change(host, 'models/shipped.json', (card) => ({
    ...card,
    weightsHash: hashOf(readFileSync(join(host.folder, 'models/shipped.bin'))),
  }));
  const page = await visit(host, '#/draw');
  await page.getByText('models/shipped.json is not the file that it was built with').first().waitFor();
  await page.getByRole('link', { name: 'About', exact: true }).click();
  await page.getByText('Its card could not be loaded.').waitFor();
});

test('what is no digit is not judged by changed weights', async () => {
  host = await startHost();
  change(host, 'models/refuser.bin', (bytes) => bytes.fill(0));
  const page = await visit(host, '#/draw');
  await page.getByText('models/refuser.bin is not the file that it was built with').first().waitFor();
});
