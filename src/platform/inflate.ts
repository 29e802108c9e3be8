import { concatenateBytes } from '../domain/bytes';

/** Packed bytes that are unpacked at a time: what one step can grow to is a thousand times as much. */
const STEP_BYTES = 16 * 1024;

/** Unpacked bytes, or why there are none. */
export type Inflated = Uint8Array<ArrayBuffer> | 'corrupt' | 'too long';

/** Unpacks deflated bytes, raw or in zlib's form. Stops at the first byte above `mostBytes`. */
export async function inflate(
  packed: Uint8Array<ArrayBuffer>,
  form: 'deflate' | 'deflate-raw',
  mostBytes: number,
): Promise<Inflated> {
  const { readable, writable } = new DecompressionStream(form);
  // What fails while writing fails at the reading end too, and is told there.
  feed(writable, packed).catch(() => undefined);
  try {
    return await collect(readable.getReader(), mostBytes);
  } catch {
    return 'corrupt';
  }
}

async function feed(
  writable: WritableStream<Uint8Array<ArrayBuffer>>,
  packed: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const writer = writable.getWriter();
  for (let at = 0; at < packed.length; at += STEP_BYTES) {
    await writer.write(packed.subarray(at, at + STEP_BYTES));
  }
  await writer.close();
}

async function collect(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  mostBytes: number,
): Promise<Inflated> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return concatenateBytes(...chunks);
    length += value.length;
    if (length > mostBytes) {
      await reader.cancel();
      return 'too long';
    }
    chunks.push(value);
  }
}
