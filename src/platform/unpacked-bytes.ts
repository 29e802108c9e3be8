import { AppError } from '../domain/errors';
import { IMPORT_LIMITS } from '../domain/import-limits';
import { isGzip } from './gunzip';

/** What is needed of a Blob or File to read it. */
export type ReadableFile = Pick<Blob, 'size' | 'slice' | 'stream'>;

/** How many bytes may still come out of the files of an import, unpacked. */
export interface UnpackBudget {
  bytesLeft: number;
}

/**
 * The bytes of a file in pieces, unpacked where it is a gzip file; `readShare` is how much of the file has
 * been read. Throws `invalid-input`: GZIP_CORRUPT, or GZIP_TOO_LARGE where it unpacks to more than
 * `IMPORT_LIMITS` or the budget let it.
 */
export async function* unpackedBytes(
  file: ReadableFile,
  budget: UnpackBudget,
): AsyncGenerator<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly readShare: number }> {
  const isPacked = isGzip(new Uint8Array(await file.slice(0, 2).arrayBuffer()));
  let read = 0;
  const source = file.stream().pipeThrough(counter((length) => (read += length)));
  const reader = (isPacked ? source.pipeThrough(new DecompressionStream('gzip')) : source).getReader();
  let mostBytes = isPacked ? mostUnpacked(file.size) : Infinity;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(isPacked ? throwCorrupt : rethrow);
      if (done) return;
      mostBytes -= value.length;
      budget.bytesLeft -= value.length;
      if (Math.min(mostBytes, budget.bytesLeft) < 0) throw tooLarge();
      yield { bytes: value, readShare: read / file.size };
    }
  } finally {
    // Also where nobody reads to the end: the rest need not be unpacked. What was torn cannot be cancelled.
    await reader.cancel().catch(() => undefined);
  }
}

function mostUnpacked(packedBytes: number): number {
  return Math.max(IMPORT_LIMITS.ratioFromBytes, IMPORT_LIMITS.ratio * packedBytes);
}

function counter(count: (length: number) => void): TransformStream<Uint8Array<ArrayBuffer>> {
  return new TransformStream({
    transform(chunk: Uint8Array<ArrayBuffer>, controller) {
      count(chunk.length);
      controller.enqueue(chunk);
    },
  });
}

function throwCorrupt(cause: unknown): never {
  throw new AppError(
    'invalid-input',
    'This compressed file is damaged.',
    { reason: 'GZIP_CORRUPT' },
    { cause },
  );
}

function rethrow(error: unknown): never {
  throw error;
}

function tooLarge(): AppError {
  return new AppError('invalid-input', 'This compressed file unpacks to more than it should.', {
    reason: 'GZIP_TOO_LARGE',
    kept: 'Nothing was added.',
    remedy: 'Choose a smaller set of digits.',
  });
}
