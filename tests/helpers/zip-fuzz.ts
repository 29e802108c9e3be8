/** Damage of every kind to small archives, and what must hold whatever the damage. */
import { IMPORT_LIMITS } from '../../src/domain/import-limits';
import { acceptedCount } from '../../src/domain/import-report';
import { IMAGE_PIXELS } from '../../src/domain/sample';
import { digitPng, importBytes, isComplete, type Outcome } from './digit-files';
import { toBytes, zip } from './zip-files';

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
  const outcome = await importBytes(bytes).catch((cause: unknown) => {
    throw new Error(`${name}: an error without a code`, { cause });
  });
  const complaint = complainOf(outcome);
  if (complaint) throw new Error(`${name}: ${complaint}`);
  return outcome.refusal ?? 'read';
}

/** What is wrong with an outcome, or undefined. */
function complainOf({ report, refusal, sink: { samples } }: Outcome): string | undefined {
  if (!report) return !refusal || samples.length > 0 ? 'refused without a reason, or too late' : undefined;
  if (!isComplete(report, report.entries)) return 'something got lost';
  if (report.entries > IMPORT_LIMITS.entries) return 'too many entries';
  if (acceptedCount(report) !== samples.length) return 'the sink has not what was accepted';
  return samples.some(({ pixels }) => pixels.length !== IMAGE_PIXELS)
    ? 'a sample of another size'
    : undefined;
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
