import { throwIfAborted } from '../domain/errors';

/** Where a gzip header tells the time, the effort and the system it was made with (RFC 1952, section 2.3). */
const TIME_AND_EFFORT = [4, 9] as const;
const SYSTEM = 9;
const UNKNOWN_SYSTEM = 255;

/**
 * Packs bytes as a gzip file without a name and a time: in the same browser, the same bytes give the same
 * file. Throws `aborted`.
 */
export async function gzip(
  bytes: Uint8Array<ArrayBuffer>,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const options = signal ? { signal } : {};
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'), options);
  const buffer = await new Response(stream).arrayBuffer().catch((error: unknown) => {
    throwIfAborted(signal);
    throw error;
  });
  const packed = new Uint8Array(buffer);
  packed.fill(0, ...TIME_AND_EFFORT);
  packed[SYSTEM] = UNKNOWN_SYSTEM;
  return packed;
}
