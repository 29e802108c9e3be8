import { AppError } from '../../domain/errors';

/** Why a whole archive is not taken. */
export type ArchiveRefusal =
  | 'ZIP_INVALID'
  | 'ZIP_TRUNCATED'
  | 'ZIP_EMPTY'
  | 'ZIP_ENCRYPTED'
  | 'ZIP_BOMB'
  | 'ZIP_OVERLAP'
  | 'ZIP_AMBIGUOUS'
  | 'TOO_LARGE';

const REPACK = 'Unpack it with a tool that you trust, and pack the pictures again.';

/** What happened, and what to do. */
const WORDS: Readonly<Record<ArchiveRefusal, readonly [message: string, remedy: string]>> = {
  ZIP_INVALID: [
    'This is not a ZIP file.',
    'Choose a ZIP file with a folder of pictures for each digit: 0, 1, 2 …',
  ],
  ZIP_TRUNCATED: ['A part of this ZIP file is missing.', 'Copy or download it again.'],
  ZIP_EMPTY: ['This ZIP file is empty.', 'Choose one with a folder of pictures for each digit: 0, 1, 2 …'],
  ZIP_ENCRYPTED: [
    'This ZIP file is locked with a password.',
    'Unpack it, and pack the pictures again without a password.',
  ],
  ZIP_BOMB: ['This ZIP file unpacks to far more than pictures do. It was not unpacked.', REPACK],
  ZIP_OVERLAP: ['Files in this ZIP file lie over one another.', REPACK],
  ZIP_AMBIGUOUS: ['This ZIP file contradicts itself: it can be read in more than one way.', REPACK],
  TOO_LARGE: [
    'This ZIP file holds more than is taken at once.',
    'Split it: at most 200 MB, 200,000 files, and 1 GB unpacked.',
  ],
};

/** The refusal of a whole archive: `invalid-input`, with the reason given. */
export function refuseArchive(reason: ArchiveRefusal): AppError {
  const [message, remedy] = WORDS[reason];
  return new AppError('invalid-input', message, { reason, kept: 'Nothing was added.', remedy });
}
