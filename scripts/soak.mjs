/**
 * `npm run soak`: 1,000,000 requests to the built app's own `predict` (or as many as the first argument says),
 * through its service worker (or, with `router` as the second, its router directly), by 64 users who never
 * pause. Reads after each tenth what the heaps hold once all garbage is gone, and fails where a request was
 * lost or counted twice.
 */
import './setup.mjs';
import { build } from 'vite';
import { launchBrowser, openPage, serveApp, waitUntilOffline } from '../tests/helpers/app.mjs';
import { beginFlood, endFlood, FLOOD_PLAN, untilSent } from '../tests/helpers/flood.mjs';
import { measureMemory } from '../tests/helpers/memory.mjs';

const PARTS = 10;
const MEGABYTE = 1e6;

const total = Number(process.argv[2] ?? 1_000_000);
const target = process.argv[3] ?? 'service-worker';
await build({ logLevel: 'error' });
const app = await serveApp();
const browser = await launchBrowser(['--js-flags=--expose-gc']);
const { page } = await openPage(browser, app.url, { route: '#/stress' });
await waitUntilOffline(page);
await page.reload();
await page.getByRole('button', { name: 'Start test' }).waitFor();

await beginFlood(page, { ...FLOOD_PLAN, target });
for (let part = 1; part <= PARTS; part++) {
  await untilSent(page, (total * part) / PARTS);
  const { heapBytes, processBytes } = await measureMemory(browser, page, ['reader', 'load-1']);
  const [heaps, all] = [heapBytes, processBytes].map((bytes) => (bytes / MEGABYTE).toFixed(1));
  console.log(`${Math.round((total * part) / PARTS)} sent: heaps ${heaps} MB, processes ${all} MB`);
}
const { counts, measuredMs, requests, errors, exceptions, selfCheck, longTasks } = await endFlood(page);
await browser.close();
await app.stop();

const { sent, answered, refused, failed, inFlight } = counts;
const seconds = measuredMs / 1000;
console.log(
  `${sent} sent: ${answered} answered, ${refused} refused, ${failed} failed, ${inFlight} under way`,
);
console.log(`${(requests / seconds).toFixed(1)} a second for ${seconds.toFixed(1)} s`);
console.log(`Main-thread tasks over 50 ms: ${longTasks.length}, the longest ${Math.max(0, ...longTasks)} ms`);
console.log(`The generator itself: ${JSON.stringify(selfCheck)}`);
for (const { error, occurrences } of errors) console.log(`${occurrences} × ${error}`);
for (const { message, count } of exceptions) console.log(`Exception, ${count} ×: ${message}`);
const isWhole = answered + refused + failed === sent && requests === sent && inFlight === 0;
console.log(isWhole ? 'None lost, none counted twice.' : 'REQUESTS WERE LOST OR COUNTED TWICE.');
process.exit(isWhole ? 0 : 1);
