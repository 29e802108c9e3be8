/**
 * Kills a training at random moments, in every way in which it can die, and checks after each that nothing
 * that was acknowledged is lost, and that what is stored belongs together. `npm run chaos` and the
 * end-to-end tests share it.
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { browserArgs, findBrowser } from '../../scripts/browser.mjs';
import { saveData } from './app.mjs';

/** The ways to die. */
export const KINDS = ['tab closed', 'tab crashed', 'browser crashed', 'worker terminated'];

/** The longest moment between the first step after a death and the next death, in milliseconds. */
const LONGEST_LIFE_MS = 400;
const STEP_TIMEOUT_MS = 60_000;

/** Many short epochs, each of which ends with a checkpoint. */
const CONFIG = {
  dataset: { kind: 'generated', sampleCount: 400, seed: 1 },
  recipe: {
    id: 'chaos',
    title: 'Chaos',
    architecture: {
      name: 'chaos',
      layers: [
        { kind: 'conv', filters: 8, kernelSize: 5, stride: 2, padding: 'same' },
        { kind: 'batch-norm' },
        { kind: 'relu' },
        { kind: 'flatten' },
        { kind: 'dropout', rate: 0.2 },
        { kind: 'dense', units: 10 },
      ],
    },
    epochs: 60,
    batchSize: 32,
    optimizer: { kind: 'adam', weightDecay: 0 },
    learningRate: 0.005,
    schedule: 'one-cycle',
    labelSmoothing: 0.05,
    augmentation: { shift: 1, rotation: 10, scale: 0.1, shear: 0.15, thickness: 0.6, elastic: 1.5 },
  },
  seed: 1,
  engine: 'simd',
};

/** A browser with a profile that outlives it, and the app in it. */
export class Chaos {
  /** How often each kind of death was survived, and what was found wrong. */
  deaths = Object.fromEntries(KINDS.map((kind) => [kind, 0]));
  lost = 0;
  torn = 0;
  /** Weight hashes of the runs that ended, all but the first with deaths on the way. */
  hashes = [];

  constructor(url, seed = 1) {
    this.url = url;
    this.profile = mkdtempSync(join(tmpdir(), 'inkling-chaos-'));
    this.random = createRandom(seed);
  }

  /** Trains one run without a death, to compare with. */
  async trainUnbroken() {
    await this.open();
    await this.startRun();
    await this.untilEnded();
    this.hashes.push(await this.readHash());
  }

  /** Dies `count` times in one way, in run after run, and lets the last one end. */
  async die(kind, count) {
    await this.startRun();
    while (this.deaths[kind] < count) {
      if (!(await this.untilTraining())) {
        this.hashes.push(await this.readHash());
        await this.startRun();
        continue;
      }
      await wait(this.random() * LONGEST_LIFE_MS);
      if (!(await this.isTraining())) continue;
      await this.kill(kind);
      this.deaths[kind] += 1;
      await this.check();
      if (kind !== 'worker terminated') await this.resume();
    }
    await this.untilEnded();
    this.hashes.push(await this.readHash());
  }

  /** Closes the browser and removes its profile. */
  async close() {
    await this.context?.close();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  async open() {
    this.context = await chromium.launchPersistentContext(this.profile, {
      executablePath: await findBrowser(),
      args: browserArgs(),
      chromiumSandbox: false,
    });
    this.context.setDefaultTimeout(STEP_TIMEOUT_MS);
    await this.context.exposeFunction('acknowledge', (runId, cursor) => {
      if (runId === this.runId) this.acknowledged = cursor;
    });
    await saveData(this.context);
    await this.context.addInitScript(keepWorkers);
    await this.openPage();
  }

  async openPage() {
    this.page = await this.context.newPage();
    await this.page.goto(`${this.url}#/train`);
    await this.page.waitForFunction(() => document.querySelector('inkling-app')?.services);
    await this.page.evaluate(reportCheckpoints);
  }

  async startRun() {
    this.acknowledged = { epoch: 0, batch: 0 };
    this.runId = await this.page.evaluate(startRun, CONFIG);
  }

  resume() {
    return this.page.evaluate((runId) => {
      const training = inklingTraining();
      const { status } = training.state.value.runs.find(({ id }) => id === runId);
      if (status === 'running') void training.resume(runId);
    }, this.runId);
  }

  /** Resolves to true at the next step, to false where the run has ended. */
  untilTraining() {
    return this.page
      .waitForFunction((id) => {
        const { active, runs } = inklingTraining().state.value;
        const run = runs.find((run) => run.id === id);
        if (run && !active && run.status !== 'running') return 'ended';
        return active?.tick?.stage === 'training' && active.cutOffBy === undefined && 'training';
      }, this.runId)
      .then(async (handle) => (await handle.jsonValue()) === 'training');
  }

  isTraining() {
    return this.page.evaluate(() => inklingTraining().state.value.active !== undefined);
  }

  untilEnded() {
    return this.page.waitForFunction(
      (id) => {
        const { active, runs } = inklingTraining().state.value;
        return !active && runs.find((run) => run.id === id)?.status === 'finished';
      },
      this.runId,
      { timeout: 5 * STEP_TIMEOUT_MS },
    );
  }

  readHash() {
    return this.page.evaluate(readWeightsHash, this.runId);
  }

  async kill(kind) {
    const { page, context } = this;
    if (kind === 'worker terminated') {
      await page.evaluate(() => window.keptWorkers.get('trainer').terminate());
      return;
    }
    if (kind === 'tab closed') await page.close({ runBeforeUnload: false });
    if (kind === 'tab crashed') {
      const [session, crashed] = [await context.newCDPSession(page), once(page, 'crash')];
      session.send('Page.crash').catch(ignoreDeadTarget);
      await crashed;
      await page.close();
    }
    if (kind === 'browser crashed') {
      const [session, closed] = [await context.newCDPSession(page), once(context, 'close')];
      session.send('Browser.crash').catch(ignoreDeadTarget);
      await closed;
      await this.open();
      return;
    }
    await this.openPage();
  }

  async check() {
    const { acknowledged } = this;
    const stored = await this.page.evaluate(readStored, this.runId);
    const isKept =
      stored.run.epoch > acknowledged.epoch ||
      (stored.run.epoch === acknowledged.epoch && stored.run.batch >= acknowledged.batch);
    if (!isKept) this.lost += 1;
    if (!stored.isWhole) this.torn += 1;
  }
}

/** The session dies with what it kills; that is the answer. */
function ignoreDeadTarget(error) {
  if (!/closed|crashed/i.test(error.message)) throw error;
}

/** Mulberry32: the same deaths for the same seed, as far as machines keep time. */
function createRandom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/* What follows runs in the page. */

/** Keeps the workers that the app starts by their names, so that they can be ended behind its back. */
function keepWorkers() {
  window.keptWorkers = new Map();
  window.inklingTraining = () => document.querySelector('inkling-app').services.training;
  window.Worker = class extends Worker {
    constructor(url, options) {
      super(url, options);
      window.keptWorkers.set(options.name, this);
    }
  };
}

/** Tells of each checkpoint that the page has heard of. */
async function reportCheckpoints() {
  const training = inklingTraining();
  await training.load();
  training.state.subscribe(() => {
    const { runs, active } = training.state.value;
    const run = runs.find(({ id }) => id === active?.runId);
    if (run) void window.acknowledge(run.id, run.cursor);
  });
}

/** Starts a run and tells its number. */
function startRun(config) {
  const training = inklingTraining();
  void training.start(config);
  return new Promise((resolve) => {
    const unsubscribe = training.state.subscribe(() => {
      const { active } = training.state.value;
      if (!active) return;
      unsubscribe();
      resolve(active.runId);
    });
  });
}

function readWeightsHash(runId) {
  const { models, training } = document.querySelector('inkling-app').services;
  const { versionId } = training.state.value.runs.find(({ id }) => id === runId);
  const find = () => models.catalogue.value.versions.find(({ id }) => id === versionId)?.weightsHash;
  return new Promise((resolve) => {
    if (find()) resolve(find());
    models.catalogue.subscribe(() => find() && resolve(find()));
  });
}

/** What the database holds of a run, read in one transaction, past the app: do its parts belong together? */
async function readStored(runId) {
  const ask = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await ask(indexedDB.open('inkling'));
  const stores = ['runs', 'checkpointHeads', 'checkpoints', 'checkpointWeights'];
  const transaction = database.transaction(stores);
  const get = (store, key) => ask(transaction.objectStore(store).get(key));
  const [run, head] = await Promise.all([get('runs', runId), get('checkpointHeads', runId)]);
  const key = [runId, head?.slot ?? 0];
  const [small, large] = await Promise.all([get('checkpoints', key), get('checkpointWeights', key)]);
  database.close();
  const isSame = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const isBegun = run.cursor.epoch > 0 || run.cursor.batch > 0;
  const belongs = head && small && large && small.serial === head.serial && isSame(small.cursor, run.cursor);
  const isDamaged = run.setbacks?.some(({ kind }) => kind === 'checkpoint-damaged') ?? false;
  return { run: run.cursor, isWhole: !isDamaged && (isBegun ? Boolean(belongs) : true) };
}
