import type { IgnoredCode, NoteCode, RejectionCode } from '../domain/import-report';

/** Why something was not taken, in words. */
export const REJECTION_WORDS: Readonly<Record<RejectionCode, string>> = {
  ENTRY_CORRUPT: 'Packed data damaged',
  ENTRY_CRC: 'Damaged: its checksum is wrong',
  ENTRY_SIZE: 'Larger than it says it is',
  ENTRY_SYMLINK: 'A link, not a file',
  ENTRY_TOO_LARGE: 'Too large',
  ZIP_METHOD: 'Packed in a way that is not read here',
  NAME_UNSAFE: 'Its name leads out of the archive',
  NESTED_ZIP: 'A ZIP in a ZIP',
  LABEL_UNKNOWN: 'In no folder named 0 to 9',
  LABEL_CONFLICT: 'The same image with another label',
  NOT_IMAGE: 'Not a picture',
  SVG_NOT_SUPPORTED: 'SVG drawings are not read',
  FORMAT_UNSUPPORTED: 'A kind of picture that is not read',
  IMAGE_EMPTY: 'An empty file',
  IMAGE_CORRUPT: 'A damaged picture',
  IMAGE_TOO_LARGE: 'A picture that is too large',
  IMAGE_TOO_SMALL: 'A picture that is too small',
  BLANK_IMAGE: 'No digit to see',
  ROW_INVALID: 'Not a label and 784 pixels',
};

/** Why something was passed over, in words. */
export const IGNORED_WORDS: Readonly<Record<IgnoredCode, string>> = {
  FOLDER: 'Folders',
  SYSTEM_FILE: 'Files of the system',
  DUPLICATE: 'The same image again',
};

/** What should be said of something that was taken. */
export const NOTE_WORDS: Readonly<Record<NoteCode, string>> = {
  ANIMATED_FIRST_FRAME: 'Animated: its first picture was taken',
  STRAY_BYTES: 'The ZIP has other data in front or behind; they were passed over',
  BACKSLASH_NAMES: 'Made by a tool that writes \\ between folders',
};
