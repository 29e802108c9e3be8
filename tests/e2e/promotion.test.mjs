/** The gate as whoever sends ZIPs meets it: bad ones change nobody's answers, a good one does, and one click undoes it. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import JSZip from 'jszip';
import { digitBytes, sendInPage } from '../helpers/api-requests.mjs';
import { openProfile, useApp, waitUntilReady } from '../helpers/app.mjs';

const MINUTES = 60_000;
const octets = { 'Content-Type': 'application/octet-stream' };

let app;
let browser;
useApp((started) => ({ app, browser } = started));

/** The digits of a set of the app's own making, as the app saves them: [label, PNG]. */
async function saveDigits(page, count) {
  await page.getByRole('link', { name: 'Data', exact: true }).click();
  await page.getByRole('button', { name: 'Make a set' }).click();
  await page.getByRole('spinbutton', { name: 'How many' }).fill(String(count));
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByRole('button', { name: 'Save Generated' }).click({ timeout: MINUTES });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /PNG folders/ }).click(),
  ]);
  const { files } = await JSZip.loadAsync(await readFile(await download.path()));
  const pngs = Object.values(files).filter(({ name }) => name.endsWith('.png'));
  return Promise.all(
    pngs.map(async (file) => [Number(/(\d)\/[^/]+$/.exec(file.name)[1]), await file.async('nodebuffer')]),
  );
}

/** A ZIP with a folder for each label. */
async function zipOf(digits) {
  const zip = new JSZip();
  digits.forEach(([label, png], index) => zip.file(`${label}/${index}.png`, png));
  return zip.generateAsync({ type: 'base64' });
}

/** To the router itself: tests/e2e/api.test.mjs holds that the service worker's answers are the same. */
const send = (page, request) => page.evaluate(sendInPage, { ...request, isDirect: true });

async function uploadAndRetrain(page, base64, options = {}) {
  const values = Object.entries({ engine: 'simd', ...options }).map(([name, value]) => ({ name, value }));
  const form = [{ name: 'zipfile', base64, fileName: 'digits.zip' }, ...values];
  return send(page, { path: 'upload_and_retrain', form });
}

/** A small run from scratch. */
const retrain = (page, options, headers = {}) =>
  send(page, {
    path: 'retrain',
    headers: { 'Content-Type': 'application/json', ...headers },
    text: JSON.stringify({ recipe: 'quick', dataset: 'generated', seed: 1, engine: 'simd', ...options }),
  });

/** Which weights answer, and all that they say of the ten digits. */
async function readAnswers(page) {
  const { body: champion } = await send(page, { method: 'GET', path: 'models/champion' });
  const predictions = [];
  for (let digit = 0; digit < 10; digit++) {
    const base64 = Buffer.from(digitBytes(digit)).toString('base64');
    predictions.push((await send(page, { path: 'predict', headers: octets, base64 })).body);
  }
  return { id: champion.id, weightsHash: champion.weightsHash, predictions };
}

test('ZIPs of shuffled labels and of sevens only, and an empty run, change no answer; a good ZIP does, and one click brings the old answers back', async () => {
  const context = await openProfile(browser, {
    viewport: { width: 1440, height: 1000 },
    serviceWorkers: 'block',
  });
  // The gate asks generated digits then: MNIST's 70,000 images are not what this is about.
  await context.route('**/mnist/manifest.json', (route) =>
    route.fulfill({ contentType: 'application/json', body: '{"format":1,"name":"mnist"}' }),
  );
  const page = await context.newPage();
  await page.goto(app.url);
  await waitUntilReady(page);
  const digits = await saveDigits(page, 400);
  const shipped = await readAnswers(page);

  // The labels of one digit and the pixels of another: whatever is mixed in keeps the model good, and yet.
  const shuffled = await uploadAndRetrain(
    page,
    await zipOf(digits.map(([, png], at) => [(at * 7) % 10, png])),
  );
  assert.equal(shuffled.status, 200, JSON.stringify(shuffled.body));
  assert.equal(shuffled.body.promoted, false, shuffled.body.reason);
  assert.match(shuffled.body.reason, /of “digits” as they are labelled, fewer than half|points fewer/);
  assert.deepEqual(await readAnswers(page), shipped);
  const sevens = await uploadAndRetrain(page, await zipOf(digits.filter(([label]) => label === 7)));
  assert.deepEqual([sevens.status, sevens.body.code], [400, 'OPTION_INVALID'], JSON.stringify(sevens.body));
  const nothing = await uploadAndRetrain(page, await zipOf([]));
  assert.equal(nothing.status, 400, JSON.stringify(nothing.body));
  const called = await retrain(page, { epochs: 200, samples: 2000 }, { Prefer: 'respond-async' });
  await send(page, { method: 'DELETE', path: `runs/${called.body.run}` });
  assert.deepEqual(await readAnswers(page), shipped);

  const { body: weak } = await retrain(page, { epochs: 1, samples: 300 });
  assert.equal(weak.promoted, false, weak.reason);
  assert.deepEqual(await readAnswers(page), shipped);
  const forced = await send(page, { path: `models/${weak.model}/promote?force=true` });
  assert.equal(forced.status, 200, JSON.stringify(forced.body));
  const before = await readAnswers(page);
  assert.equal(before.id, weak.model);
  const good = await uploadAndRetrain(page, await zipOf(digits.slice(0, 300)));
  assert.equal(good.body.promoted, true, JSON.stringify(good.body));
  const better = await readAnswers(page);
  assert.equal(better.id, good.body.model);
  assert.notEqual(better.weightsHash, before.weightsHash);
  assert.notDeepEqual(better.predictions, before.predictions);

  await page.getByRole('link', { name: 'Models', exact: true }).click();
  await page.getByRole('button', { name: `Back to v${weak.model}`, exact: true }).click();
  await page.getByText(`v${weak.model} answers on Draw.`).waitFor();
  assert.deepEqual(await readAnswers(page), before);
  await context.close();
});
