import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { writeSbom } from '../../scripts/sbom.mjs';
import { SECURITY_HEADERS } from '../../scripts/security-headers.mjs';
import { launchBrowser, openPage, openProfile, openTab, waitUntilReady } from '../helpers/app.mjs';
import { startHost } from '../helpers/host.mjs';

const MINUTE = 60_000;
const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

let browser;
before(async () => {
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
});

describe('on a host under /repo/ that sets no headers', () => {
  let host;
  before(async () => {
    host = await startHost({ base: '/repo/', hasHeaders: false });
  });
  after(() => host?.stop());

  test('the page reloads once, is isolated, trains with threads, and is locked down', async () => {
    const context = await openProfile(browser);
    // Not asked of the page: to the browser that is somebody who touches it.
    let loads = 0;
    const isAnew = new Promise((resolve) =>
      context.on('page', (opened) => opened.on('load', () => ++loads === 2 && resolve())),
    );
    const { page, faults } = await openTab(context, host.url, '#/about');
    await isAnew;
    assert.equal(await page.evaluate(() => crossOriginIsolated), true);
    await page.getByText('Training uses up to').waitFor();
    await page.getByText('The security policy is in force').waitFor();
    assert.equal(loads, 2, 'it reloads once and not again');

    const outcomes = await page.evaluate(async () => {
      await new Promise((resolve) => setTimeout(resolve));
      const attempt = async (work) => {
        try {
          await work();
          return 'allowed';
        } catch {
          return 'refused';
        }
      };
      return {
        // oxlint-disable-next-line no-eval -- that it is refused is what is tested
        eval: await attempt(() => globalThis.eval('1')),
        html: await attempt(() => (document.createElement('div').innerHTML = '<b>x</b>')),
        fetch: await attempt(() => fetch('https://example.com/')),
        camera: await attempt(() => navigator.mediaDevices.getUserMedia({ video: true })),
      };
    });
    assert.deepEqual(outcomes, { eval: 'refused', html: 'refused', fetch: 'refused', camera: 'refused' });
    // These refusals were asked for, and the console tells of them.
    faults.length = 0;

    await page.goto(`${host.url}#/train`);
    await page.getByLabel('Data', { exact: true }).selectOption('generated');
    await page.getByRole('spinbutton', { name: 'Images' }).fill('300');
    await page.getByRole('spinbutton', { name: 'Epochs' }).fill('1');
    await page.getByLabel('Runs on').selectOption('simd');
    await page.getByRole('button', { name: 'Start training' }).click();
    // The threads that help wait for work in a way that leaves them deaf.
    const workers = page.workers().filter((worker) => !worker.url().includes('thread'));
    const isShared = workers.map((worker) => worker.evaluate(() => crossOriginIsolated));
    assert.ok((await Promise.all(isShared)).every(Boolean), 'workers are isolated too');
    await page
      .locator('train-page .progress .statement')
      .getByText(/Done in/)
      .waitFor({ timeout: MINUTE });
    assert.deepEqual(faults, []);
    await context.close();
  });

  test('a page that has been touched is not reloaded: it offers to', async () => {
    const context = await openProfile(browser);
    // The browser answers that somebody has clicked, before anybody can.
    await context.addInitScript(() => {
      Object.defineProperty(navigator, 'userActivation', { value: { hasBeenActive: true } });
    });
    const page = await context.newPage();
    await page.goto(`${host.url}#/draw`);
    await page.getByText('Reload once, and training uses all processor cores.').waitFor();
    assert.equal(await page.evaluate(() => crossOriginIsolated), false);
    await waitUntilReady(page);
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.waitForFunction(() => crossOriginIsolated);
    await context.close();
  });
});

const hasProgram = (name, ...args) => spawnSync(name, args).status === 0;

/** Runs docs/deploy/nginx.conf as it is written, but for the port and the folder. */
function startNginx(folder, port) {
  const conf = read('docs/deploy/nginx.conf')
    .replace('listen 8080', `listen 127.0.0.1:${port}`)
    .replace('/usr/share/nginx/html', fileURLToPath(new URL('../../dist', import.meta.url)))
    .replace('include mime.types', 'include /etc/nginx/mime.types');
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join('\n');
  mkdirSync(join(folder, 'logs'), { recursive: true });
  chmodSync(folder, 0o755);
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  writeFileSync(
    join(folder, 'nginx.conf'),
    `${user} daemon off; pid ${folder}/pid; error_log stderr; events {} http { access_log off; ${temp} ${conf} }`,
  );
  return spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
}

/** Runs docs/deploy/Caddyfile as it is written, but for the port and the folder, and without its control port. */
function startCaddy(folder, port) {
  const conf = read('docs/deploy/Caddyfile')
    .replace(':8080 {', `http://127.0.0.1:${port} {`)
    .replace('root * /srv', `root * ${fileURLToPath(new URL('../../dist', import.meta.url))}`);
  const path = join(folder, 'Caddyfile');
  writeFileSync(path, `{\n\tadmin off\n}\n${conf}`);
  const env = { ...process.env, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder };
  return spawn('caddy', ['run', '--config', path], { stdio: 'ignore', env });
}

async function waitUntilServed(port) {
  for (let tries = 0; tries < 2400; tries++) {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    if (answer) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('The server did not start');
}

const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const SERVERS = [
  ['nginx', startNginx, hasProgram('nginx', '-v')],
  ['Caddy', startCaddy, hasProgram('caddy', 'version')],
];

for (const [name, start, isHere] of SERVERS) {
  test(
    `${name}, configured as docs/deploy says, serves an isolated, locked-down app with the right types`,
    { skip: isHere ? false : `${name} is not on this machine` },
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'inkling-server-'));
      const port = await freePort();
      const server = start(folder, port);
      try {
        await waitUntilServed(port);
        await expectLockedDown(`http://127.0.0.1:${port}/`);
      } finally {
        server.kill();
        await new Promise((resolve) => server.once('exit', resolve));
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
}

async function expectLockedDown(url) {
  // Also what is not there is answered with them.
  for (const path of ['', 'no-such-file']) {
    const { status, headers } = await fetch(url + path);
    assert.equal(status, path === '' ? 200 : 404);
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      assert.equal(headers.get(name), value, `${path} ${name}`);
    }
  }
  const script = /assets\/[\w.-]+\.js/.exec(read('dist/index.html'))[0];
  const headersOf = async (path) => (await fetch(url + path)).headers;
  assert.equal((await headersOf('')).get('cache-control'), 'no-cache');
  assert.equal((await headersOf('service-worker.js')).get('cache-control'), 'no-cache');
  assert.match((await headersOf(script)).get('cache-control'), /max-age=31536000, immutable/);
  assert.match((await headersOf(script)).get('content-type'), /^text\/javascript/);
  assert.equal((await headersOf('manifest.webmanifest')).get('content-type'), 'application/manifest+json');
  const { context, page, faults } = await openPage(browser, url);
  await waitUntilReady(page);
  assert.equal(await page.evaluate(() => crossOriginIsolated), true);
  await context.close();
  assert.deepEqual(faults, []);
}

test('a workflow names every action by a commit, which cannot be moved', () => {
  const uses = read('.github/workflows/pages.yml').match(/uses: .+/g);
  assert.ok(uses.length > 0);
  for (const line of uses) assert.match(line, /^uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test('every host’s recipe sets the same headers', () => {
  const recipes = [read('docs/deploy/nginx.conf'), read('docs/deploy/Caddyfile'), read('dist/_headers')];
  for (const recipe of recipes) {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      assert.ok(recipe.includes(name) && recipe.includes(value), name);
    }
  }
});

test('Netlify and Cloudflare Pages both read _headers: rules of names and values, no name in two of them', () => {
  const lines = read('dist/_headers').trim().split('\n');
  const rules = lines.filter((line) => line.startsWith('/'));
  assert.deepEqual(rules, ['/*', '/assets/*']);
  const headers = lines.filter((line) => !rules.includes(line));
  const names = headers.map((line) => /^ {2}([A-Za-z-]+): \S/.exec(line)?.[1]);
  assert.deepEqual(names, [...new Set(names)]);
  assert.ok(names.every(Boolean) && names.at(-1) === 'Cache-Control');
});

test('the bill of materials names every package that the app imports, with version, licence and hash', () => {
  const sbom = JSON.parse(read('dist/sbom.json'));
  assert.equal(sbom.bomFormat, 'CycloneDX');
  const { dependencies } = JSON.parse(read('package.json'));
  for (const [name, version] of Object.entries(dependencies)) {
    const found = sbom.components.find((component) => component.name === name);
    assert.equal(found?.version, version, name);
    assert.ok(found.licenses?.length > 0 && found.hashes.length > 0, name);
    assert.ok(read('dist/THIRD-PARTY-NOTICES.txt').includes(`${name} ${version}`), name);
  }
  const again = writeSbom(JSON.parse(read('package.json')), JSON.parse(read('package-lock.json')));
  assert.equal(again, read('dist/sbom.json'));
});
