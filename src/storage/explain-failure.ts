import { AppError, type ErrorHelp } from '../domain/errors';
import type { Waiting } from './open-database';

/** What the browser throws where it cannot open or read the database; NotFoundError where a store of it is gone. */
const UNREADABLE: ReadonlySet<string> = new Set([
  'UnknownError',
  'InvalidStateError',
  'AbortError',
  'NotFoundError',
  'NotReadableError',
  'TimeoutError',
]);

const BLOCKED = {
  open: [
    'Another tab with an older Inkling is open and does not answer.',
    'All data. Until that tab lets go of them, the model that comes with Inkling reads what you draw.',
  ],
  erase: [
    'Another tab with Inkling is open and does not answer.',
    'Nothing: all data are deleted as soon as that tab lets go of them.',
  ],
} as const;

/** What a failure of the database means for a person. What is none of these is a bug, and comes back as it is. */
export function explainFailure(error: unknown): unknown {
  if (!(error instanceof DOMException)) return error;
  if (error.name === 'QuotaExceededError') return full(error);
  if (error.name === 'VersionError') return newer(error);
  if (error.name === 'SecurityError' || forbidsStorage()) return forbidden(error);
  return UNREADABLE.has(error.name) ? broken(error) : error;
}

/** Another tab does not answer when it is asked to let go of the database. */
export function blockedByOtherTab(goal: NonNullable<Waiting>): AppError {
  const [message, kept] = BLOCKED[goal];
  const remedy = 'Close that tab. This one then goes on by itself.';
  return new AppError('storage-unavailable', message, { reason: 'DATABASE_BLOCKED', kept, remedy });
}

/**
 * Chromium says of a database that a person forbade the same as of a broken one. Where data may not be kept, a
 * page may not look at localStorage either; workers have none.
 */
function forbidsStorage(): boolean {
  try {
    return (globalThis as { readonly localStorage?: unknown }).localStorage === null;
  } catch {
    return true;
  }
}

function full(cause: DOMException): AppError {
  return explained('storage-full', cause, 'This device has no room left for Inkling’s data.', {
    reason: 'QUOTA_EXCEEDED',
    kept: 'All that was saved before is kept.',
    remedy: 'Free some space on this device, then try again.',
  });
}

function newer(cause: DOMException): AppError {
  return explained('conflict', cause, 'A newer Inkling has changed the data on this device.', {
    reason: 'DATABASE_NEWER',
    kept: 'Nothing was lost.',
    remedy: 'Reload this page.',
  });
}

function forbidden(cause: DOMException): AppError {
  return explained('storage-unavailable', cause, 'This browser lets Inkling keep nothing.', {
    reason: 'STORAGE_FORBIDDEN',
    kept: 'Nothing in this window. Draw works all the same, with the model that comes with Inkling.',
    remedy: 'Allow this site to store data in the browser’s settings, or use another window; then try again.',
  });
}

function broken(cause: DOMException): AppError {
  return explained(
    'storage-unavailable',
    cause,
    'The browser cannot read what Inkling keeps on this device.',
    {
      reason: 'DATABASE_BROKEN',
      kept: 'What is there was not touched, and nothing new can be kept in this window. Draw works all the same, with the model that comes with Inkling.',
      remedy: 'Try again, or restart the browser. Where that does not help, reset the storage.',
    },
  );
}

function explained(code: AppError['code'], cause: DOMException, message: string, help: ErrorHelp): AppError {
  return new AppError(code, message, help, { cause });
}
