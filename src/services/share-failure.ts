import { AppError } from '../domain/errors';
import { MOST_SHARED_BYTES, MOST_SHARED_FILES } from '../platform/opened-files';

/** What the address says of a share of which not all was taken. Said once: the address forgets it. */
export function takeShareFailure(): AppError {
  const [, taken = '0', sent = '0'] = /\?shared=(\d+)-of-(\d+)/.exec(location.hash) ?? [];
  history.replaceState(history.state, '', '#/draw');
  const megabytes = MOST_SHARED_BYTES / 2 ** 20;
  const remedy = `At most ${MOST_SHARED_FILES} files and ${megabytes} MB go at once: share fewer, or open them on Data.`;
  if (taken === '0') {
    return new AppError('invalid-input', 'What was shared could not be taken.', {
      kept: 'It is still where it came from.',
      remedy,
      reason: 'SHARE_FAILED',
    });
  }
  return new AppError('invalid-input', `${taken} of the ${sent} files that were shared were taken.`, {
    kept: 'All of them are still where they came from.',
    remedy,
    reason: 'SHARE_TOO_LARGE',
  });
}
