/** Load tests from within a page of the app: for the tests, and for `npm run soak`. */

/** A user that asks for one drawn digit after the other, without a pause. */
export const FLOOD_PLAN = {
  target: 'service-worker',
  host: '',
  model: 'closed',
  stages: [{ duration: 86_400, users: 64, spawnRate: 1000 }],
  weights: { 'predict-drawn': 1, 'predict-upload': 0, 'bad-request': 0, 'small-retrain': 0 },
  thinkMs: [0, 0],
  deadlineMs: 60_000,
  criteria: { percentile: 0.95, latencyMs: 50, failureShare: 0.001, requestsPerSecond: 0 },
  workers: 1,
};

/**
 * Begins a load test: when this resolves, it is what is counted. `window.flood` resolves with its record when it has
 * ended. Main-thread tasks are watched.
 */
export async function beginFlood(page, plan) {
  await page.evaluate(async (plan) => {
    const stress = await document.querySelector('inkling-app').services.openStress();
    const former = stress.state.value.live?.id;
    const tasks = [];
    const watch = new PerformanceObserver((list) => {
      tasks.push(...list.getEntries().map(({ duration }) => Math.round(duration)));
    });
    watch.observe({ type: 'longtask' });
    window.flood = stress.start(plan).then(() => {
      watch.disconnect();
      const { live, failure } = stress.state.value;
      if (!live) throw new Error(JSON.stringify(failure));
      const requests = live.entries.reduce((sum, entry) => sum + entry.requests, 0);
      const failures = live.entries.reduce((sum, entry) => sum + entry.failures, 0);
      const { counts, status, measuredMs, errors, exceptions, selfCheck } = live;
      return {
        counts,
        status,
        measuredMs,
        errors,
        exceptions,
        selfCheck,
        requests,
        failures,
        longTasks: tasks,
      };
    });
    const begun = new Promise((resolve) => {
      const look = () => stress.state.value.live?.id !== former && (stop(), resolve());
      const stop = stress.state.subscribe(look);
      look();
    });
    await Promise.race([begun, window.flood]);
  }, plan);
}

/** Resolves when so many requests have been sent, and that has been told. */
export async function untilSent(page, count) {
  await page.evaluate(async (count) => {
    const { state } = await document.querySelector('inkling-app').services.openStress();
    await new Promise((resolve) => {
      const look = () => (state.value.live?.counts.sent ?? 0) >= count && (stop(), resolve());
      const stop = state.subscribe(look);
      look();
    });
  }, count);
}

/** Resolves when so many requests have been sent, and each has its ending. */
export async function untilEnded(page, count) {
  await page.evaluate(async (count) => {
    const { state } = await document.querySelector('inkling-app').services.openStress();
    await new Promise((resolve) => {
      const look = () => {
        const { sent, inFlight } = state.value.live.counts;
        if (sent < count || inFlight > 0) return;
        stop();
        resolve();
      };
      const stop = state.subscribe(look);
      look();
    });
  }, count);
}

/** What has been counted by now: of `requests` the ending is in the statistics, the last one after `measuredMs`. */
export async function readCounted(page) {
  return page.evaluate(async () => {
    const { state } = await document.querySelector('inkling-app').services.openStress();
    const { entries, measuredMs, counts } = state.value.live;
    return { requests: entries.reduce((sum, entry) => sum + entry.requests, 0), measuredMs, counts };
  });
}

/** Resolves when so many requests of a name have been answered as they should be, and that has been told. */
export async function untilAnswered(page, name, count) {
  await page.evaluate(
    async ([name, count]) => {
      const { state } = await document.querySelector('inkling-app').services.openStress();
      await new Promise((resolve) => {
        const look = () => {
          const { requests = 0, failures = 0 } =
            state.value.live?.entries.find((entry) => entry.name === name) ?? {};
          if (requests - failures < count) return;
          stop();
          resolve();
        };
        const stop = state.subscribe(look);
        look();
      });
    },
    [name, count],
  );
}

/** Resolves when what is stored of the test that runs says that requests were sent. */
export async function untilStored(page) {
  await page.evaluate(async () => {
    const { state } = await document.querySelector('inkling-app').services.openStress();
    await new Promise((resolve) => {
      const look = () => {
        const [newest] = state.value.runs;
        if (newest?.status === 'stopped' || !newest?.counts.sent) return;
        stop();
        resolve();
      };
      const stop = state.subscribe(look);
      look();
    });
  });
}

/** Stops the load test, which waits for the answers that are due, and returns what became of it. */
export async function endFlood(page) {
  return page.evaluate(async () => {
    const stress = await document.querySelector('inkling-app').services.openStress();
    if (stress.isBusy) stress.stop();
    return window.flood;
  });
}
