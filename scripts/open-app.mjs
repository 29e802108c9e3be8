import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { browserArgs, findBrowser } from './browser.mjs';

/**
 * Builds the app and opens it in a headless browser, for scripts that drive it. With a `profile` folder
 * the browser keeps its data from one time to the next, and the server its port: data belong to an
 * origin.
 */
export async function openApp({ profile, route = '', query = '', port = 4180 }) {
  await build({ logLevel: 'error' });
  const server = await preview({
    preview: { port: profile ? port : 0, strictPort: true },
    logLevel: 'error',
  });
  const options = { executablePath: await findBrowser(), args: browserArgs(), chromiumSandbox: false };
  const context = await chromium.launchPersistentContext(profile ?? '', { ...options, viewport: null });
  const page = context.pages()[0] ?? (await context.newPage());
  page.on('pageerror', (error) => console.error(error));
  await page.goto(`${server.resolvedUrls.local[0]}${query}${route}`);
  const userAgent = await page.evaluate(() => navigator.userAgent);
  return {
    page,
    browserVersion: /Chrome\/(\d+)/.exec(userAgent)?.[1] ?? 'of unknown version',
    close: async () => {
      await context.close();
      await server.close();
    },
  };
}
