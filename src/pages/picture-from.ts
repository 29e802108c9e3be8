import { AppError } from '../domain/errors';

/** The picture that was dropped or pasted. Throws `invalid-input` (NO_FILE) where it was something else. */
export function pictureFrom(file: Blob | undefined): Blob {
  if (file) return file;
  throw new AppError('invalid-input', 'That was no picture file.', {
    reason: 'NO_FILE',
    kept: 'Your drawing is as it was.',
    remedy: 'Save the picture on this device first, then drop the file here. Links are not followed.',
  });
}
