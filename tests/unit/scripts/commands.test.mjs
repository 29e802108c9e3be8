/** What the commands say when something is in their way: one line each, with what to do. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { browserArgs, findBrowser } from '../../../scripts/browser.mjs';
import { collectNotices } from '../../../scripts/notices.mjs';
import { complainOfNode } from '../../../scripts/setup.mjs';

/** Runs `npm start`'s script until it ends; returns its exit code and what it said. */
async function runStart(env) {
  const script = fileURLToPath(new URL('../../../scripts/start.mjs', import.meta.url));
  const child = spawn(process.execPath, [script], { env: { ...process.env, ...env } });
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  child.stdout.on('data', (chunk) => (said += chunk));
  const [code] = await once(child, 'exit');
  return { code, lines: said.trim().split('\n') };
}

test('an old Node is told what is needed', () => {
  for (const version of ['18.20.4', '20.18.3', '4.9.1']) {
    assert.match(complainOfNode(version), /needs Node 20\.19 or newer; this is .+ https:\/\/nodejs\.org/);
  }
  for (const version of ['20.19.0', '22.1.0', '25.0.0']) assert.equal(complainOfNode(version), undefined);
});

test('a busy port is named before anything is built, with another one to use', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  const { code, lines } = await runStart({ PORT: String(port) });
  server.close();
  assert.equal(code, 1);
  assert.deepEqual(lines, [
    `Port ${port} is in use by another program. Choose another one, such as: PORT=${port + 1} npm start`,
  ]);
});

test('a port that is none is named', async () => {
  const { code, lines } = await runStart({ PORT: 'eighty' });
  assert.equal(code, 1);
  assert.deepEqual(lines, ['PORT is eighty; use a whole number from 0 to 65535.']);
});

test('a CHROME_BIN that does not run is named', async () => {
  const before = process.env.CHROME_BIN;
  process.env.CHROME_BIN = '/nowhere/chromium';
  try {
    await assert.rejects(findBrowser(), /CHROME_BIN is \/nowhere\/chromium, which does not run\. Unset it/);
  } finally {
    if (before === undefined) delete process.env.CHROME_BIN;
    else process.env.CHROME_BIN = before;
  }
});

test('the browser under test asks nobody for updates', () => {
  assert.ok(browserArgs().includes('--disable-background-networking'));
});

test('the notices name every package that is shipped, with its licence', () => {
  const notices = collectNotices();
  for (const name of ['lit ', 'idb ', '@tensorflow/tfjs-core ', 'plotly.js-cartesian-dist-min ']) {
    assert.ok(notices.includes(`\n${name}`), name);
  }
  assert.match(notices, /Apache License/);
});
