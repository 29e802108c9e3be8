import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, describe, test } from 'node:test';
import { launchBrowser, OFFLINE_MS, openPage, openProfile, waitUntilReady } from '../helpers/app.mjs';
import { startHost } from '../helpers/host.mjs';

const MINUTE = 60_000;
const manifest = JSON.parse(readFileSync(new URL('../../dist/mnist/manifest.json', import.meta.url), 'utf8'));
const noMnist = manifest.splits ? false : 'MNIST is not on this machine: set MNIST_DIR to test with it';

let browser;
before(async () => {
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
});

const offline = (page) => page.getByRole('region', { name: 'Offline', exact: true });
const press = (page, name) => offline(page).getByRole('button', { name }).click();
const untilState = (page, text) =>
  offline(page).getByRole('status').getByText(text).waitFor({ timeout: OFFLINE_MS });
const untilControlled = (page) =>
  page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');

/** Runs in the page: the hashes of the files that are kept. */
const listKept = (page) =>
  page.evaluate(async () => {
    const name = (await caches.keys()).find((key) => key.startsWith('inkling-kept'));
    const keys = name ? await (await caches.open(name)).keys() : [];
    return keys.map(({ url }) => url.slice(url.lastIndexOf('/') + 1));
  });

/** The page itself is not longer. */
const FIRST_BYTES = 2000;

describe('a first load that is cut off', () => {
  let host;
  before(async () => {
    host = await startHost();
  });
  after(() => host?.stop());

  for (const cut of [1, 1000, 20_000, 140_000, 300_000, 500_000, 700_000, 900_000, 1_100_000, 1_400_000]) {
    test(`after ${cut} bytes is made up for by the next one, which fetches only what is missing`, async () => {
      host.bytesLeft = cut;
      const context = await openProfile(browser, { keepsOffline: true });
      const page = await context.newPage();
      const isCut = new Promise((resolve) => (host.onCut = resolve));
      const loading = page.goto(`${host.url}#/draw`).catch(() => undefined);
      await isCut;
      // Of a page that was cut itself nothing more is heard.
      if (cut > FIRST_BYTES) await loading;
      // Whatever still comes of it has come once the service worker has given up, or never was.
      await page
        .evaluate(async () => {
          const [registration] = await navigator.serviceWorker.getRegistrations();
          const worker = registration?.installing;
          if (worker) await new Promise((resolve) => worker.addEventListener('statechange', resolve));
        })
        .catch(() => undefined);
      const kept = new Set(await listKept(page).catch(() => []));
      host.bytesLeft = Infinity;
      host.requests.length = 0;
      await page.goto(`${host.url}?again#/draw`);
      await untilControlled(page);
      const again = host.requests.filter(({ path, destination }) => path && destination === 'empty');
      const needless = host
        .listFiles()
        .filter(({ part, path }) => part === 'shell' && /\.(js|css)$/.test(path))
        .filter(({ path, sha256 }) => kept.has(sha256) && again.some((request) => request.path === path));
      assert.deepEqual(needless, []);
      await host.goAway();
      await page.reload();
      await page.getByRole('link', { name: 'Data', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'Data' }).waitFor();
      await host.comeBack();
      await context.close();
    });
  }
});

describe('a shard that is damaged', { skip: noMnist }, () => {
  const SHARD = 'mnist/train-01.bin';
  let host;
  let opened;
  before(async () => {
    host = await startHost({ hasMnist: true });
    opened = await openPage(browser, host.url, { route: '#/about', keepsOffline: true });
    await untilState(opened.page, 'Ready offline');
  });
  after(async () => {
    await opened?.context.close();
    await host?.stop();
  });

  const hashOf = () => host.listFiles().find(({ path }) => path === SHARD).sha256;
  /** Runs in the page: changes what is kept under a hash, or takes it away. */
  const tamper = (hash, isFlipped) =>
    opened.page.evaluate(
      async ([hash, isFlipped]) => {
        const name = (await caches.keys()).find((key) => key.startsWith('inkling-kept'));
        const cache = await caches.open(name);
        const key = (await cache.keys()).find(({ url }) => url.endsWith(hash));
        const bytes = new Uint8Array(await (await cache.match(key)).arrayBuffer());
        bytes[bytes.length >> 1] ^= 0xff;
        if (isFlipped) await cache.put(key, new Response(bytes));
        else await cache.delete(key);
      },
      [hash, isFlipped],
    );

  /** Six ways in which a host sends something else. */
  const WAYS = {
    'cut short': (response, bytes) => response.end(bytes.subarray(0, bytes.length >> 1)),
    'with one byte changed': (response, bytes) => {
      const damaged = Buffer.from(bytes);
      damaged[1000] ^= 1;
      response.end(damaged);
    },
    'replaced by a page that says sorry': (response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end('<!doctype html><title>Sorry</title>');
    },
    'not there': (response) => response.writeHead(404).end('none'),
    'said to be packed otherwise than it is': (response, bytes) => {
      response.setHeader('Content-Encoding', 'gzip');
      response.end(bytes.subarray(10));
    },
  };

  for (const [way, fault] of Object.entries(WAYS)) {
    test(`${way} is never kept; the desk names it, and once the host is mended it alone is fetched`, async () => {
      const { page } = opened;
      await tamper(hashOf(), false);
      host.faultOf = (path) => (path === SHARD ? fault : undefined);
      await press(page, 'Check every file');
      await untilState(page, 'What is missing needs the network');
      assert.equal(await page.getByText('Works offline', { exact: true }).first().isVisible(), false);
      await press(page, 'Download now');
      await offline(page).getByRole('alert').getByText(`${SHARD} could not be fetched whole.`).waitFor();
      assert.equal((await listKept(page)).includes(hashOf()), false);
      host.faultOf = () => undefined;
      host.requests.length = 0;
      await press(page, 'Download now');
      await untilState(page, 'Ready offline');
      assert.deepEqual(
        host.requests.map(({ path }) => path),
        [SHARD],
      );
    });
  }

  test('that never ends can be called off, and nothing of it is kept', async () => {
    const { page } = opened;
    await tamper(hashOf(), false);
    const asked = new Promise((resolve) => {
      host.faultOf = (path) =>
        path === SHARD ? (response, bytes) => resolve(response.write(bytes.subarray(0, 100))) : undefined;
    });
    await press(page, 'Check every file');
    await press(page, 'Download now');
    await asked;
    await press(page, 'Cancel');
    await untilState(page, 'What is missing needs the network');
    assert.equal((await listKept(page)).includes(hashOf()), false);
    host.faultOf = () => undefined;
    await press(page, 'Download now');
    await untilState(page, 'Ready offline');
  });

  test('on this device is found when it is read, and fetched again', async () => {
    const { page, faults } = opened;
    await tamper(hashOf(), true);
    await press(page, 'Check every file');
    await untilState(page, 'What is missing needs the network');
    assert.equal((await listKept(page)).includes(hashOf()), false);
    await press(page, 'Download now');
    await untilState(page, 'Ready offline');
    // The browser itself says that a file was not there; nothing else went wrong.
    assert.deepEqual(
      faults.filter((fault) => !/Failed to load resource|Failed to fetch/.test(fault)),
      [],
    );
  });
});

const bar = (page) => page.locator('inkling-app .update');
const lookForUpdate = (page) =>
  page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
async function openTab(context, host, route = '#/draw') {
  const page = await context.newPage();
  await page.goto(`${host.url}${route}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}
/**
 * Starts the newer version. The former one is stopped until it has taken over: browsers do so by themselves as soon
 * as it has nothing to do, but let one run that is watched, as tests watch it.
 */
async function startNewer(tab, label = 'Start it now') {
  const session = await tab.context().newCDPSession(tab);
  const active = ({ versions }) => versions.find(({ status }) => status === 'activated');
  const first = new Promise((resolve) =>
    session.on('ServiceWorker.workerVersionUpdated', (update) => active(update) && resolve(active(update))),
  );
  await session.send('ServiceWorker.enable');
  const { versionId } = await first;
  // It may have gone in the meantime.
  const stop = () => session.send('ServiceWorker.stopWorker', { versionId }).catch(() => undefined);
  const taken = new Promise((resolve) =>
    session.on('ServiceWorker.workerVersionUpdated', (update) => {
      const now = active(update);
      if (now && now.versionId !== versionId) resolve();
      else if (now?.runningStatus === 'running') void stop();
    }),
  );
  // The tab is loaded anew once it has.
  const anew = tab.waitForEvent('load', { timeout: 3 * MINUTE });
  await bar(tab).getByRole('button', { name: label }).click();
  void stop();
  await Promise.all([taken, anew]);
}
/** What the bar of a tab says from now on; a reload does not forget it. */
function noteWords(tab) {
  return tab.evaluate(() => {
    const shell = document.querySelector('inkling-app').shadowRoot;
    new MutationObserver(() => {
      sessionStorage.said = `${sessionStorage.said ?? ''} ${shell.querySelector('.update p')?.textContent}`;
    }).observe(shell, { subtree: true, childList: true, characterData: true });
  });
}
async function readVersion(page) {
  await page.getByRole('link', { name: 'About' }).click();
  const text = await page.getByText(/Inkling 0\.\d\.0:/).textContent();
  return /0\.\d\.0/.exec(text)[0];
}

describe('an update', () => {
  let host;
  let context;
  let first;
  /** A host with the first version, one tab that is controlled, then the next version on the host. */
  async function begin() {
    host = await startHost();
    context = await openProfile(browser, { keepsOffline: true });
    first = await openTab(context, host);
    await untilControlled(first);
  }
  async function publish() {
    await host.publish();
    await lookForUpdate(first);
    await bar(first).getByText('A newer Inkling is ready.').waitFor();
  }
  afterEach(async () => {
    await context.close();
    await host.stop();
  });

  test('published in mid-run waits for the run, which ends on the version that it began on', async () => {
    await begin();
    await first.goto(`${host.url}#/train`);
    await first.getByLabel('Data', { exact: true }).selectOption('generated');
    await first.getByRole('spinbutton', { name: 'Images' }).fill('3000');
    await first.getByRole('spinbutton', { name: 'Epochs' }).fill('200');
    await first.getByRole('button', { name: 'Start training' }).click();
    await first.getByText('Locked while training').waitFor();
    const other = await openTab(context, host, '#/about');
    await publish();
    // Asked for in a tab that does not train, it waits all the same.
    await bar(other).getByRole('button', { name: 'Start it now' }).click();
    await bar(other).getByText('A newer Inkling waits: a training').waitFor();
    assert.equal(await readVersion(other), '0.1.0');
    await first.getByRole('button', { name: /^Stop/ }).first().click();
    await first
      .locator('train-page .progress .statement')
      .getByText(/Stopped in epoch|Done in/)
      .waitFor({ timeout: MINUTE });
    // The code of a page that was not opened yet is gone from the host, and is here all the same.
    await first.getByRole('link', { name: 'Evaluate' }).click();
    await first.getByRole('heading', { level: 1, name: 'Evaluate' }).waitFor();
    await startNewer(other, 'Try again');
    await other.getByText('Inkling 0.2.0:').waitFor();
    await other.getByRole('link', { name: 'Train' }).click();
    await other.locator('run-table tbody tr').first().getByText('Stopped').waitFor();
  });

  test('started in one tab leaves the other as it is, which is told, and loads its own code to the end', async () => {
    await begin();
    const second = await openTab(context, host);
    await publish();
    await noteWords(first);
    await startNewer(first);
    await bar(second).getByText('Another tab started a newer Inkling.').waitFor();
    await second.getByRole('link', { name: 'Models' }).click();
    await second.getByRole('heading', { level: 1, name: 'Models' }).waitFor();
    assert.equal(await readVersion(second), '0.1.0');
    assert.equal(await readVersion(first), '0.2.0');
    assert.match(await first.evaluate(() => sessionStorage.said), /Starting the new version…/);
    await bar(second).getByRole('button', { name: 'Reload' }).click();
    await second.getByText('Inkling 0.2.0:').waitFor();
  });

  test('started in the tab that was opened last does the same to the one that was opened first', async () => {
    await begin();
    const second = await openTab(context, host);
    await publish();
    await startNewer(second);
    await bar(first).getByText('Another tab started a newer Inkling.').waitFor();
    assert.equal(await readVersion(second), '0.2.0');
    assert.equal(await readVersion(first), '0.1.0');
    await first.reload();
    await first.getByText('Inkling 0.2.0:').waitFor();
  });

  test('does not start while one of two tabs is reloaded, and starts when both are closed', async () => {
    await begin();
    const second = await openTab(context, host);
    await publish();
    await second.reload();
    assert.equal(await readVersion(second), '0.1.0');
    await bar(second).getByText('A newer Inkling is ready.').waitFor();
    await first.close();
    await second.close();
    // The browser notices a moment later that no tab is left.
    let version;
    for (let visit = 1; visit <= 20 && version !== '0.2.0'; visit++) {
      await new Promise((resolve) => setTimeout(resolve, 100 * visit));
      const tab = await openTab(context, host);
      version = await readVersion(tab);
      await tab.close();
    }
    assert.equal(version, '0.2.0');
  });

  test('that was put off in one tab is offered by a tab that is opened later, and starts there', async () => {
    await begin();
    await publish();
    const second = await openTab(context, host);
    await bar(second).getByText('A newer Inkling is ready.').waitFor();
    await first.close();
    await startNewer(second);
    await bar(second).waitFor({ state: 'detached' });
    await waitUntilReady(second);
    assert.equal(await readVersion(second), '0.2.0');
  });
});
