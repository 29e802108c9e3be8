import { chromium } from 'playwright-core';
import { createServer } from 'vite';
import { browserArgs, findBrowser } from './browser.mjs';
import { hashGuardedFiles } from './file-hashes.mjs';
import { kernelsPlugin } from './kernels.mjs';
import { ISOLATION_HEADERS } from './security-headers.mjs';

/**
 * Opens tests/bench in a headless browser, isolated, so that threads share memory. `call` runs one of the
 * functions of `bench.worker.ts`, or of another file like it, in a worker of its own.
 */
export async function openBench(file = 'tests/bench/bench.worker.ts') {
  const server = await createServer({
    configFile: false,
    appType: 'mpa',
    logLevel: 'error',
    cacheDir: 'node_modules/.vite-bench',
    define: {
      __APP_VERSION__: JSON.stringify('0.0.0-bench'),
      __FILE_HASHES__: JSON.stringify(hashGuardedFiles()),
    },
    server: { host: '127.0.0.1', port: 0, headers: ISOLATION_HEADERS, hmr: false, ws: false, watch: null },
    optimizeDeps: { entries: [file, 'workers/*.worker.ts'] },
    plugins: [kernelsPlugin()],
    worker: { format: 'es' },
  });
  await server.listen();
  const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserArgs() });
  const page = await browser.newPage();
  page.on('console', (message) => message.type() === 'log' && console.log(message.text()));
  await page.goto(`${server.resolvedUrls.local[0]}tests/bench/bench.html`);
  return {
    browserVersion: browser.version(),
    call: (name, ...args) => page.evaluate(callWorker, [`/${file}`, name, args]),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

/** Runs in the page. */
function callWorker([file, name, args]) {
  const url = new URL(`${file}?worker_file&type=module`, location.href);
  const worker = new Worker(url, { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => ('error' in data ? reject(new Error(data.error)) : resolve(data.result));
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage({ name, args });
  }).finally(() => worker.terminate());
}
