import { expect } from 'chai';
import { OfflineService, type OfflineState } from '../../../src/services/offline-service';

/** Nobody serves it. */
const MISSING = 'assets/nowhere.js';

/** Resolves as soon as the state is as wanted. */
function until(offline: OfflineService, isWanted: (state: OfflineState) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!isWanted(offline.state.value)) return;
      unsubscribe();
      resolve();
    };
    const unsubscribe = offline.state.subscribe(look);
    look();
  });
}

/** A service that was ready, and lacks one file since; it is there as soon as `arrive` was called. */
async function openOffline() {
  let missing: string[] = [];
  const line = { report: async () => ({ build: '1', parts: [], missing }) };
  const offline = new OfflineService(new URL('/', location.href).href);
  // What is ready is not fetched by itself.
  await offline.begin(line);
  missing = [MISSING];
  return { offline, arrive: () => (missing = []) };
}

describe('keeping the app offline', () => {
  it('goes on by itself when the network is back, unless it was called off', async () => {
    const { offline, arrive } = await openOffline();
    await offline.fetchMissing();
    expect(offline.state.value.failure?.reason).to.equal('FILE_NOT_FETCHED');
    arrive();
    window.dispatchEvent(new Event('online'));
    await until(offline, ({ isReady, isFetching }) => isReady && !isFetching);
    expect(offline.state.value.failure).to.equal(undefined);

    const other = await openOffline();
    const fetching = other.offline.fetchMissing();
    other.offline.cancel();
    await fetching;
    window.dispatchEvent(new Event('online'));
    expect(other.offline.state.value.isFetching).to.equal(false);
  });
});
