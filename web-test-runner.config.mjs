/** How the *.test.ts files run: in Chromium, through Vite. `scripts/test.mjs` says which. */
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { createServer } from 'vite';
import { browserArgs, findBrowser } from './scripts/browser.mjs';
import { hashGuardedFiles } from './scripts/file-hashes.mjs';
import { kernelsPlugin } from './scripts/kernels.mjs';
import { ISOLATION_HEADERS } from './scripts/security-headers.mjs';
import { faultyMnist, STAND_IN_HASH } from './tests/helpers/faulty-mnist.mjs';

/** Those of the app, and that of the stand-in for MNIST. */
const fileHashes = hashGuardedFiles();
fileHashes['mnist/manifest.json'] = [...(fileHashes['mnist/manifest.json'] ?? []), STAND_IN_HASH];
/** Defined constants reach workers alone here: a test's page loads no client of Vite's. */
const fileHashesPlugin = {
  name: 'file-hashes',
  transform: (code, id) =>
    id.endsWith('/src/platform/file-hashes.ts')
      ? code.replace('= __FILE_HASHES__', () => `= ${JSON.stringify(fileHashes)}`)
      : undefined,
};

const vite = await createServer({
  // The app's own build steps (service worker, notices) have no part in these tests.
  configFile: false,
  appType: 'custom',
  logLevel: 'warn',
  cacheDir: 'node_modules/.vite-test',
  define: {
    __APP_VERSION__: JSON.stringify('0.0.0-test'),
  },
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { entries: ['tests/**/*.test.ts', 'workers/*.worker.ts', 'src/app-shell.ts'] },
  plugins: [kernelsPlugin(), fileHashesPlugin],
  worker: { format: 'es' },
});

/**
 * How long a browser, or a page, may take to start, in milliseconds. Nothing is faster for smaller figures: a
 * machine that does much else takes its time, and only what hangs is told later.
 */
const START_MS = 300_000;

const isRunnersOwn = (url) =>
  ['/__web-', '/?wtr-session-id=', '/?wtr-manual'].some((start) => url.startsWith(start));

/** What no test changes: a worker that is started anew need not ask for its hundred modules again. */
const isModule = (path) => /^\/(src|workers|tests|node_modules)\//.test(path);

/** Vite tells browsers to ask each time whether a module is still the same. */
function keepForGood(response) {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) =>
    setHeader(name, name.toLowerCase() === 'cache-control' ? 'max-age=31536000, immutable' : value);
}

async function serveThroughVite(context, next) {
  context.set(ISOLATION_HEADERS);
  if (isRunnersOwn(context.url)) return next();
  context.respond = false;
  context.res.statusCode = 200;
  return new Promise((resolve, reject) => {
    context.res.once('close', resolve);
    if (isModule(context.path)) keepForGood(context.res);
    vite.middlewares(context.req, context.res, (error) => {
      context.respond = true;
      context.res.statusCode = 404;
      if (error) reject(error);
      else next().then(resolve, reject);
    });
  });
}

/**
 * Two files run at a time, each in a profile of its own: locks, announcements and databases are one origin's,
 * and a test would meet another's. Each page is told that it has the focus; only one window can.
 */
async function openTestPage({ browser }) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(START_MS);
  const session = await page.createCDPSession();
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: true });
  return page;
}

export default {
  rootDir: process.cwd(),
  concurrency: 2,
  nodeResolve: false,
  middleware: [faultyMnist, serveThroughVite],
  plugins: [{ name: 'vite-close', serverStop: () => vite.close() }],
  reporters: [defaultReporter({ reportTestProgress: false })],
  browserStartTimeout: START_MS,
  testsStartTimeout: START_MS,
  testsFinishTimeout: 900_000,
  testFramework: { config: { ui: 'bdd', timeout: 600_000 } },
  browsers: [
    chromeLauncher({
      launchOptions: { executablePath: await findBrowser(), args: browserArgs(), timeout: START_MS },
      createPage: openTestPage,
    }),
  ],
};
