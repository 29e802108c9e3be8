/**
 * `npm run soak`: 1,000,000 requests to the built app's own `predict` (or as many as the first argument says),
 * through its service worker (or, with `router` as the second, its router directly), by 64 users who never
 * pause. Tells every half a minute (sooner at first) how far it is, and what the page, the service worker and the
 * workers keep once all garbage is gone; at the end how fast that grows. Begins anew each time. Fails where a request
 * was lost or counted twice.
 */
import './setup.mjs';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'vite';
import { launchBrowser, openPage, serveApp, waitUntilOffline } from '../tests/helpers/app.mjs';
import { beginFlood, endFlood, FLOOD_PLAN, readCounted, untilSent } from '../tests/helpers/flood.mjs';
import { readHeaps } from '../tests/helpers/heaps.mjs';

/** How long it is from one reading to the next at most, and at first, in milliseconds. */
const LONGEST_PAUSE_MS = 30_000;
const FIRST_PAUSE_MS = 2000;
/** What is read of a heap right after a collection is already a little more: the least of so many is taken. */
const LOOKS = 3;
const MEGABYTE = 1e6;

const total = Number(process.argv[2] ?? 1_000_000);
const target = process.argv[3] ?? 'service-worker';
await build({ logLevel: 'error' });
const app = await serveApp();
const browser = await launchBrowser();
const { page } = await openPage(browser, app.url, { route: '#/stress', keepsOffline: true });
await waitUntilOffline(page);
await page.reload();
await page.getByRole('button', { name: 'Start test' }).waitFor();

const readings = [];
const beganAt = performance.now();
await beginFlood(page, { ...FLOOD_PLAN, target });
const allSent = untilSent(page, total).then(() => true);
let pauseMs = FIRST_PAUSE_MS;
while (!(await Promise.race([allSent, sleep(pauseMs, false, { ref: false })]))) {
  await look();
  pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 1.5);
}
await look();
const { counts, measuredMs, requests, errors, exceptions, selfCheck, longTasks } = await endFlood(page);
await browser.close();
await app.stop();

for (const name of readings.at(-1).heaps.keys()) console.log(describeGrowth(name));
const { sent, answered, refused, failed, inFlight } = counts;
const seconds = measuredMs / 1000;
const ended = answered + refused + failed;
console.log(
  `${sent} sent: ${answered} answered, ${refused} refused, ${failed} failed, ${inFlight} under way`,
);
console.log(`${(requests / seconds).toFixed(1)} a second for ${seconds.toFixed(1)} s`);
console.log(`Main-thread tasks over 50 ms: ${longTasks.length}, the longest ${Math.max(0, ...longTasks)} ms`);
console.log(`The generator itself: ${JSON.stringify(selfCheck)}`);
for (const { error, occurrences } of errors) console.log(`${occurrences} × ${error}`);
for (const { message, count } of exceptions) console.log(`Exception, ${count} ×: ${message}`);
console.log(`Lost: ${Math.max(0, sent - ended)}. Counted twice: ${Math.max(0, ended - sent)}.`);
process.exit(ended === sent && requests === sent && inFlight === 0 ? 0 : 1);

/** Reads the counts and the heaps, and tells them. */
async function look() {
  const { counts } = await readCounted(page);
  const seconds = (performance.now() - beganAt) / 1000;
  const heaps = new Map();
  for (let at = 0; at < LOOKS; at++) {
    for (const [name, bytes] of await readHeaps(browser, page)) {
      heaps.set(name, Math.min(bytes, heaps.get(name) ?? Infinity));
    }
  }
  readings.push({ sent: counts.sent, seconds, heaps });
  const words = [...heaps].map(([name, bytes]) => `${name} ${(bytes / MEGABYTE).toFixed(2)}`).join(', ');
  const left = (Math.max(0, total - counts.sent) * seconds) / Math.max(1, counts.sent);
  console.log(
    `${seconds.toFixed(0)} s: ${counts.sent} sent, ${counts.answered} answered, ${counts.refused} refused, ${counts.failed} failed; about ${Math.ceil(left / 60)} min left. In MB: ${words}`,
  );
}

/** The slope of the line through the readings of the second half: what is made once is there by then. */
function describeGrowth(name) {
  const points = readings
    .filter(({ sent }) => sent >= total / 2)
    .map(({ sent, seconds, heaps }) => ({ sent, seconds, bytes: heaps.get(name) ?? 0 }));
  if (points.length < 3) return `${name}: too few readings to tell how it grows`;
  const perRequest = slope(points.map(({ sent, bytes }) => [sent, bytes]));
  const perSecond = slope(points.map(({ seconds, bytes }) => [seconds, bytes]));
  return `${name}: ${perRequest.toFixed(2)} bytes a request, ${((perSecond * 3600) / MEGABYTE).toFixed(2)} MB an hour (second half)`;
}

/** Of the straight line with the least squared distances. */
function slope(points) {
  const mean = (place) => points.reduce((sum, point) => sum + point[place], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const rise = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return rise / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}
