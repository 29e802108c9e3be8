const MEGABYTE = 1024 * 1024;

/** What an import takes at most; shown where a file is chosen, checked before anything is unpacked. */
export const IMPORT_LIMITS = {
  /** Of the file itself. */
  fileBytes: 200 * MEGABYTE,
  /** Entries of an archive, folders included. */
  entries: 200_000,
  /** Of one entry, unpacked. */
  entryBytes: 10 * MEGABYTE,
  /** Of all entries together, unpacked. */
  totalBytes: 1024 * MEGABYTE,
  /** How many times its packed size an entry of more than `ratioFromBytes` may have. */
  ratio: 200,
  ratioFromBytes: MEGABYTE,
  /** Of an entry's name. */
  nameBytes: 1024,
  /** Folders in each other. */
  depth: 8,
  /** Bytes in front of or behind an archive that are passed over, with a note. */
  strayBytes: 64 * 1024,
} as const;
