import { concatenateBytes } from '../domain/bytes';
import { AppError } from '../domain/errors';

/** True for bytes that begin as a gzip file does (RFC 1952). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks a gzip file. Stops at `mostBytes`, so that a small file cannot fill the memory.
 * Throws `invalid-input` with reason GZIP_CORRUPT or GZIP_TOO_LARGE.
 */
export async function gunzip(
  bytes: Uint8Array<ArrayBuffer>,
  mostBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw new AppError(
        'invalid-input',
        'This compressed file is damaged.',
        { reason: 'GZIP_CORRUPT' },
        { cause },
      );
    });
    if (done) return concatenateBytes(...chunks);
    length += value.length;
    if (length > mostBytes) {
      await reader.cancel();
      throw new AppError('invalid-input', 'This compressed file unpacks to more than it should.', {
        reason: 'GZIP_TOO_LARGE',
      });
    }
    chunks.push(value);
  }
}
