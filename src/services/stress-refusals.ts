/** Why a load test cannot be started, or go on. */
import { AppError } from '../domain/errors';

/** Two tests at once would measure each other. */
export function runsElsewhere(): AppError {
  return new AppError('conflict', 'A load test runs in another tab.', {
    reason: 'STRESS_RUNS',
    kept: 'That one goes on.',
    remedy: 'Stop it there, or wait for its end.',
  });
}

/** On the first visit, requests would go to the host. */
export function notControlled(): AppError {
  return new AppError('conflict', 'The service worker does not answer for this page yet.', {
    reason: 'NOT_CONTROLLED',
    kept: 'Nothing was started.',
    remedy: 'Wait for “Works offline” and reload the page, or test the router directly.',
  });
}

/** Nobody makes the load any more. */
export function workerLost(): AppError {
  return new AppError('internal', 'The load stopped, because a worker that made it was lost.', {
    kept: 'All figures up to then are kept.',
    remedy: 'Start the test again, with fewer users.',
  });
}

/** The security policy of a usual build lets no other host be asked. */
export function noHost(): AppError {
  return new AppError('invalid-input', 'This build of Inkling asks no other host.', {
    reason: 'NO_HOST',
    kept: 'Nothing was started.',
    remedy: 'Build it with INKLING_STRESS_HOST, or export the locustfile.',
  });
}
