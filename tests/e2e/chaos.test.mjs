import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { serveApp } from '../helpers/app.mjs';
import { Chaos, KINDS } from '../helpers/chaos.mjs';

/** Deaths of each kind: as many as the time allows. `npm run chaos` has fifty. */
const DEATHS = 2;

let app;
let chaos;
before(async () => {
  app = await serveApp();
  chaos = new Chaos(app.url);
  await chaos.trainUnbroken();
});
after(async () => {
  await chaos?.close();
  await app?.stop();
});

for (const kind of KINDS) {
  test(`${kind} in mid-epoch, ${DEATHS} times: nothing that was acknowledged is lost, and the run ends with the weights of an unbroken one`, async () => {
    await chaos.die(kind, DEATHS);
    const [unbroken, ...broken] = chaos.hashes;
    assert.equal(chaos.deaths[kind], DEATHS);
    assert.equal(chaos.lost, 0, 'acknowledged checkpoints lost');
    assert.equal(chaos.torn, 0, 'checkpoints torn');
    assert.deepEqual(new Set(broken), new Set([unbroken]));
  });
}
