/** Damage of every kind to small archives, and what must hold whatever the damage. */
import { AppError } from '../../src/domain/errors';
import { IMPORT_LIMITS } from '../../src/domain/import-limits';
import { acceptedCount, tallyTotal } from '../../src/domain/import-report';
import { IMAGE_PIXELS } from '../../src/domain/sample';
import { readArchive } from '../../workers/ml/import-archive';
import { collectingSink } from './collecting-sink';
import { digitPng } from './digit-files';
import { asFile, toBytes, zip } from './zip-files';

type Bytes = Uint8Array<ArrayBuffer>;

/** A damaged archive, and how it was damaged. */
export interface DamagedArchive {
  readonly name: string;
  readonly bytes: Bytes;
}

/** Archives of every form, a few hundred bytes each. */
export async function seedArchives(): Promise<ReadonlyMap<string, Bytes>> {
  const stored = { name: '3/x.png', content: await digitPng(1) };
  const deflated = { name: 'test/seven/y.png', content: await digitPng(2), isDeflated: true };
  return new Map([
    ['stored', await zip([stored, { ...deflated, isDeflated: false }])],
    ['deflated', await zip([{ ...stored, isDeflated: true }, deflated])],
    [
      'zip64',
      await zip(
        [
          { ...stored, isLong: true },
          { ...deflated, isLong: true },
        ],
        { isLong: true },
      ),
    ],
    [
      'sizes behind',
      await zip([{ ...deflated, sizesFollow: true }, { name: '3/' }, { ...stored, sizesFollow: true }]),
    ],
    [
      'odd',
      await zip(
        [
          { name: '7\\a.txt', content: 'Hello' },
          { ...stored, name: '3\\x.png' },
        ],
        {
          before: toBytes('#!/bin/sh'),
          comment: toBytes('Odd'),
        },
      ),
    ],
  ]);
}

/** Every `step`-th byte of each archive, all of its bits turned, and one; and each cut at every `step`-th. */
export function* damagedArchives(seeds: ReadonlyMap<string, Bytes>, step: number): Generator<DamagedArchive> {
  for (const [name, seed] of seeds) {
    for (let at = 0; at < seed.length; at += step) {
      yield { name: `${name}, byte ${at} inverted`, bytes: flip(seed, at, 0xff) };
      yield { name: `${name}, byte ${at} with a bit turned`, bytes: flip(seed, at, 1 << (at % 8)) };
      yield { name: `${name}, cut at ${at}`, bytes: seed.slice(0, at) };
    }
  }
}

function flip(seed: Bytes, at: number, bits: number): Bytes {
  const bytes = seed.slice();
  bytes[at]! ^= bits;
  return bytes;
}

/**
 * Reads a damaged archive; returns the reason of its refusal, or `read`. Throws where an error has no
 * code, where something got lost, or where more came out than may.
 */
export async function readDamaged({ name, bytes }: DamagedArchive): Promise<string> {
  const sink = collectingSink();
  try {
    const { report } = await readArchive(asFile(bytes), sink);
    const accepted = acceptedCount(report);
    const known = accepted + tallyTotal(report.rejected) + tallyTotal(report.ignored);
    require(report.entries === known, `${name}: ${report.entries} entries, ${known} known`);
    require(report.entries <= IMPORT_LIMITS.entries, `${name}: too many entries`);
    require(accepted === sink.samples.length, `${name}: ${accepted} accepted, not all in the sink`);
    const areWhole = sink.samples.every(({ pixels }) => pixels.length === IMAGE_PIXELS);
    require(areWhole, `${name}: a sample of another size`);
    return 'read';
  } catch (error) {
    const isCoded = error instanceof AppError && error.code === 'invalid-input' && error.help.reason;
    if (!isCoded) throw new Error(`${name}: an error without a code`, { cause: error });
    require(sink.samples.length === 0, `${name}: refused, yet something reached the sink`);
    return error.help.reason!;
  }
}

/** Reads all; returns how often each thing happened. */
export async function readAllDamaged(
  cases: Iterable<DamagedArchive>,
): Promise<Readonly<Record<string, number>>> {
  const counts = new Map<string, number>();
  for (const damaged of cases) {
    const ending = await readDamaged(damaged);
    counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}

function require(holds: boolean, message: string): void {
  if (!holds) throw new Error(message);
}
