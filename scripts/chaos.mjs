/**
 * `npm run chaos`: lets a training die at random moments, 50 times in each of four ways (or as often as the
 * first argument says), and goes on after each. Nothing that was acknowledged may be lost, nothing torn, and
 * every run must end with the very weights of one that never died. The second argument is the seed.
 */
import './setup.mjs';
import { build } from 'vite';
import { serveApp } from '../tests/helpers/app.mjs';
import { Chaos, KINDS } from '../tests/helpers/chaos.mjs';

const [count = 50, seed = 1] = process.argv.slice(2).map(Number);
await build({ logLevel: 'error' });
const app = await serveApp();
const chaos = new Chaos(app.url, seed);
try {
  await chaos.trainUnbroken();
  for (const kind of KINDS) {
    const startedAt = performance.now();
    await chaos.die(kind, count);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    console.log(
      `${kind.padEnd(18)}${String(chaos.deaths[kind]).padStart(4)} deaths survived in ${seconds} s`,
    );
  }
} finally {
  await chaos.close();
  await app.stop();
}
const { hashes, lost, torn } = chaos;
const different = hashes.filter((hash) => hash !== hashes[0]).length;
console.log(`Acknowledged checkpoints lost: ${lost}. Torn: ${torn}.`);
console.log(`Runs that ended: ${hashes.length}, with other weights than the unbroken one: ${different}.`);
if (lost + torn + different > 0) process.exitCode = 1;
