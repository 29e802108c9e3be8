/** What the page and a worker that makes load can say to each other. */
import type { LoadStage } from '../domain/load-shape';
import type {
  ExceptionEntry,
  FailureEntry,
  RequestCounts,
  RequestEntry,
  SelfCheck,
} from '../domain/stress-run';
import type { StressPlan } from '../domain/stress-plan';

/** What one worker is told to do. */
export interface LoadOrder {
  readonly plan: StressPlan;
  /** Requests go to addresses relative to this one. */
  readonly baseUrl: string;
  /** Which of how many workers this is: each makes its share of the users. */
  readonly worker: number;
  readonly workers: number;
  readonly seed: number;
}

/** To the worker. With `start` a port is handed over where the target is the router of the page. */
export type LoadRequest =
  | { readonly kind: 'start'; readonly order: LoadOrder }
  | { readonly kind: 'edit'; readonly stages: readonly LoadStage[] }
  /** Starts no new request; once more: gives those up that are under way. */
  | { readonly kind: 'stop' }
  /** Counts anew. What is reported from then on says the number that comes with it. */
  | { readonly kind: 'reset'; readonly epoch: number };

/** All that a worker has counted since it began, or since it was reset. */
export interface LoadSnapshot {
  readonly phase: 'spawning' | 'running' | 'stopping';
  readonly users: number;
  readonly counts: RequestCounts;
  readonly entries: readonly RequestEntry[];
  readonly errors: readonly FailureEntry[];
  readonly exceptions: readonly ExceptionEntry[];
  readonly selfCheck: SelfCheck;
  readonly missed: number;
  /** Milliseconds since 1970: when the first stage began, when counting did (anew), when the last answer came. */
  readonly begunAt: number;
  readonly startedAt: number;
  readonly lastAnswerAt: number | undefined;
}

/** From the worker: what it has counted, about twice a second and once more at the end. */
export interface LoadReport {
  readonly kind: 'report' | 'end';
  /** How often it had been reset when this was counted. */
  readonly epoch: number;
  readonly snapshot: LoadSnapshot;
}
