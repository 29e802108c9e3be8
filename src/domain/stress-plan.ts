/** What a load test does: who asks for what, how often, and what counts as good. */
import { checkStages, mostUsers, shapeDuration, singleStage, type LoadStage } from './load-shape';

/** The requests that a user can make. */
export type TaskKind = 'predict-drawn' | 'predict-upload' | 'bad-request' | 'small-retrain';

/** What a kind of request is. */
export interface TaskFacts {
  readonly title: string;
  readonly method: 'POST';
  readonly path: 'predict' | 'retrain';
  /** What it is called in the statistics. */
  readonly name: string;
  /** The statuses that are as they should be. */
  readonly expected: readonly number[];
}

export const TASKS: Readonly<Record<TaskKind, TaskFacts>> = {
  'predict-drawn': {
    title: 'Predict, a drawn digit',
    method: 'POST',
    path: 'predict',
    name: '/predict [drawn]',
    expected: [200],
  },
  'predict-upload': {
    title: 'Predict, an uploaded PNG',
    method: 'POST',
    path: 'predict',
    name: '/predict [upload]',
    expected: [200],
  },
  'bad-request': {
    title: 'Bad request, without a file',
    method: 'POST',
    path: 'predict',
    name: '/predict [no file]',
    expected: [400],
  },
  'small-retrain': {
    title: 'Small retrain',
    method: 'POST',
    path: 'retrain',
    name: '/retrain [small]',
    expected: [200, 202],
  },
};

export const TASK_KINDS = Object.keys(TASKS) as readonly TaskKind[];

/** Who answers: the service worker, the router within this page, or another host with the same API. */
export type StressTarget = 'service-worker' | 'router' | 'host';

/**
 * Closed: a user waits for the answer before asking again. Open: requests are sent at a rate, whatever is
 * answered; users are requests a second then.
 */
export type LoadModel = 'closed' | 'open';

/** What a test is judged by. */
export interface SuccessCriteria {
  /** The percentile, 0 … 1, and the most it may be. */
  readonly percentile: number;
  readonly latencyMs: number;
  /** The most that may fail, 0 … 1. */
  readonly failureShare: number;
  /** The fewest requests a second over the whole test; 0 asks for none. */
  readonly requestsPerSecond: number;
}

/** All that is chosen before a test. */
export interface StressPlan {
  readonly target: StressTarget;
  /** Of the other host; that of this app otherwise. */
  readonly host: string;
  readonly model: LoadModel;
  readonly stages: readonly LoadStage[];
  readonly weights: Readonly<Record<TaskKind, number>>;
  /** How long a user waits between two requests, in milliseconds. */
  readonly thinkMs: readonly [least: number, most: number];
  /** How long an answer is waited for, in milliseconds; a retraining has five minutes at least. */
  readonly deadlineMs: number;
  readonly criteria: SuccessCriteria;
  /** In how many workers the load is made. */
  readonly workers: number;
}

/** What a first visit finds. */
export const DEFAULT_PLAN: StressPlan = {
  target: 'service-worker',
  host: '',
  model: 'closed',
  stages: singleStage(10, 5, 30),
  weights: { 'predict-drawn': 8, 'predict-upload': 2, 'bad-request': 0, 'small-retrain': 0 },
  thinkMs: [100, 500],
  deadlineMs: 10_000,
  criteria: { percentile: 0.95, latencyMs: 50, failureShare: 0.001, requestsPerSecond: 0 },
  workers: 1,
};

/** A ready plan, and what it is good for. */
export interface ReadyPlan {
  readonly title: string;
  readonly hint: string;
  readonly plan: Partial<StressPlan>;
}

export const READY_PLANS: readonly ReadyPlan[] = [
  {
    title: 'Short',
    hint: '10 users for 30 s',
    plan: { model: 'closed', stages: DEFAULT_PLAN.stages, thinkMs: [100, 500] },
  },
  {
    title: 'Classroom',
    hint: '30 users for 2 min, then all leave',
    plan: {
      model: 'closed',
      stages: [
        { duration: 30, users: 10, spawnRate: 1 },
        { duration: 100, users: 30, spawnRate: 2 },
        { duration: 120, users: 0, spawnRate: 2 },
      ],
      thinkMs: [1000, 3000],
    },
  },
  {
    title: 'To the limit',
    hint: 'without a pause, up to 200 users in steps',
    plan: {
      model: 'closed',
      stages: [
        { duration: 15, users: 10, spawnRate: 10 },
        { duration: 30, users: 50, spawnRate: 20 },
        { duration: 45, users: 100, spawnRate: 20 },
        { duration: 60, users: 200, spawnRate: 50 },
      ],
      thinkMs: [0, 0],
    },
  },
];

/** The most requests under way of each worker in an open test: what is due beyond is told as missed. */
export const MOST_IN_FLIGHT = 20_000;

/** The bounds of a test of another host: it is somebody else's machine. */
export const HOST_LIMITS = { users: 50, duration: 600, workers: 1 } as const;

/** What is wrong with a plan, as a sentence; undefined where nothing is. */
export function checkPlan(plan: StressPlan): string | undefined {
  const [least, most] = plan.thinkMs;
  if (TASK_KINDS.every((kind) => plan.weights[kind] === 0)) return 'Give one of the tasks a weight above 0.';
  if (TASK_KINDS.some((kind) => !(plan.weights[kind] >= 0 && plan.weights[kind] <= 1000)))
    return 'Use weights from 0 to 1,000.';
  if (!(least >= 0 && least <= most && most <= 600_000))
    return 'Think time: begin at 0 or more, and end at the same or more.';
  if (!(plan.deadlineMs >= 10 && plan.deadlineMs <= 600_000))
    return 'Use a deadline from 10 ms to 10 minutes.';
  if (!(plan.workers >= 1 && plan.workers <= 8 && Number.isInteger(plan.workers)))
    return 'Use from 1 to 8 workers.';
  return checkStages(plan.stages) ?? checkHost(plan);
}

function checkHost({ target, stages, workers }: StressPlan): string | undefined {
  if (target !== 'host') return undefined;
  if (mostUsers(stages) > HOST_LIMITS.users) return 'Another host gets at most 50 users.';
  if (shapeDuration(stages) > HOST_LIMITS.duration) return 'Another host is tested for at most 10 minutes.';
  return workers > HOST_LIMITS.workers ? 'Another host is tested by one worker.' : undefined;
}

/** The mean time between two requests of a user, apart from the answer, in milliseconds. */
export function meanThinkMs({ thinkMs: [least, most] }: StressPlan): number {
  return (least + most) / 2;
}
