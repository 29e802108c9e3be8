import type { StressPlan } from '../domain/stress-plan';
import { NO_COUNTS, NO_SELF_CHECK, type StressRun } from '../domain/stress-run';
import { describeEnvironment } from '../platform/environment';

/** A load test that has counted nothing yet, as it is stored when it begins. */
export function newStressRun(plan: StressPlan, host: string): Omit<StressRun, 'id'> {
  return {
    plan,
    host,
    status: 'spawning',
    startedAt: Date.now(),
    measuredMs: 0,
    users: 0,
    counts: NO_COUNTS,
    entries: [],
    errors: [],
    exceptions: [],
    history: [],
    selfCheck: NO_SELF_CHECK,
    missed: 0,
    environment: describeEnvironment(),
  };
}
