import { CLASS_COUNT } from './sample';
import type { ShardedSplitName } from './shard-manifest';

/** Why a part of an import was not taken. The words for each are in `import-words.ts`. */
export type RejectionCode =
  | 'ENTRY_CORRUPT'
  | 'ENTRY_CRC'
  | 'ENTRY_SIZE'
  | 'ENTRY_SYMLINK'
  | 'ENTRY_TOO_LARGE'
  | 'ZIP_METHOD'
  | 'NAME_UNSAFE'
  | 'NESTED_ZIP'
  | 'LABEL_UNKNOWN'
  | 'LABEL_CONFLICT'
  | 'NOT_IMAGE'
  | 'SVG_NOT_SUPPORTED'
  | 'FORMAT_UNSUPPORTED'
  | 'IMAGE_EMPTY'
  | 'IMAGE_CORRUPT'
  | 'IMAGE_TOO_LARGE'
  | 'IMAGE_TOO_SMALL'
  | 'BLANK_IMAGE'
  | 'ROW_INVALID';

/** Why a part of an import was passed over though nothing is wrong with it. */
export type IgnoredCode = 'FOLDER' | 'SYSTEM_FILE' | 'DUPLICATE';

/** What was taken, and still should be said. */
export type NoteCode = 'ANIMATED_FIRST_FRAME' | 'STRAY_BYTES' | 'BACKSLASH_NAMES';

/** How often something happened, and the names of the first few that it happened to. */
export interface Tally<Code> {
  readonly code: Code;
  readonly count: number;
  readonly names: readonly string[];
}

/** What became of everything in a file: `entries` = accepted + rejected + ignored, always. */
export interface ImportReport {
  readonly entries: number;
  /** How many of each digit, by split. */
  readonly accepted: Readonly<Record<ShardedSplitName, readonly number[]>>;
  readonly rejected: readonly Tally<RejectionCode>[];
  readonly ignored: readonly Tally<IgnoredCode>[];
  readonly notes: readonly Tally<NoteCode>[];
}

/** A sample as an import brings it. */
export interface ImportedSample {
  /** [28, 28] bytes. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly label: number;
  readonly split: ShardedSplitName;
}

/** Where an import puts what it has read. */
export interface SampleSink {
  /**
   * Takes a sample, unless the set has these pixels already: `duplicate` with the same label,
   * `conflict` with another one.
   */
  add(sample: ImportedSample): Promise<'added' | 'duplicate' | 'conflict'>;
}

/** Names that are kept for each code. */
const MOST_NAMES = 20;

/** Counts what becomes of everything in a file, so that nothing gets lost on the way. */
export class ImportTally {
  private readonly accepted = { train: countsOfNone(), test: countsOfNone() };
  private readonly rejected = new Map<RejectionCode, { count: number; names: string[] }>();
  private readonly ignored = new Map<IgnoredCode, { count: number; names: string[] }>();
  private readonly notes = new Map<NoteCode, { count: number; names: string[] }>();
  private entries = 0;

  /** Something was taken. */
  accept(label: number, split: ShardedSplitName): void {
    this.entries += 1;
    this.accepted[split][label]! += 1;
  }

  /** Something was not taken. */
  reject(code: RejectionCode, name: string): void {
    this.entries += 1;
    count(this.rejected, code, name);
  }

  /** Something was passed over. */
  ignore(code: IgnoredCode, name: string): void {
    this.entries += 1;
    count(this.ignored, code, name);
  }

  /** Something should be said about what was taken. */
  note(code: NoteCode, name: string): void {
    count(this.notes, code, name);
  }

  /** Hands a sample to a sink and counts what came of it. */
  async take(sink: SampleSink, sample: ImportedSample, name: string): Promise<void> {
    const answer = await sink.add(sample);
    if (answer === 'added') this.accept(sample.label, sample.split);
    else if (answer === 'duplicate') this.ignore('DUPLICATE', name);
    else this.reject('LABEL_CONFLICT', name);
  }

  /** All counts so far. */
  report(): ImportReport {
    const { train, test } = this.accepted;
    return {
      entries: this.entries,
      accepted: { train: [...train], test: [...test] },
      rejected: tallies(this.rejected),
      ignored: tallies(this.ignored),
      notes: tallies(this.notes),
    };
  }
}

/** How many samples a report says were taken. */
export function acceptedCount({ accepted }: ImportReport): number {
  return [...accepted.train, ...accepted.test].reduce((sum, count) => sum + count, 0);
}

/** The sum of some tallies. */
export function tallyTotal(tallies: readonly Tally<unknown>[]): number {
  return tallies.reduce((sum, { count }) => sum + count, 0);
}

function countsOfNone(): number[] {
  return Array.from({ length: CLASS_COUNT }, () => 0);
}

function count<Code>(tallies: Map<Code, { count: number; names: string[] }>, code: Code, name: string): void {
  const tally = tallies.get(code) ?? { count: 0, names: [] };
  tally.count += 1;
  if (tally.names.length < MOST_NAMES) tally.names.push(name);
  tallies.set(code, tally);
}

/** The most frequent first. */
function tallies<Code>(map: ReadonlyMap<Code, { count: number; names: string[] }>): readonly Tally<Code>[] {
  return [...map]
    .map(([code, { count, names }]) => ({ code, count, names: [...names] }))
    .sort((a, b) => b.count - a.count);
}
