import { concatenateBytes } from '../domain/bytes';

/** SHA-256 of some bytes, in lower-case hexadecimal. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return toHex(await digest(bytes));
}

/**
 * The content hash of labelled images: SHA-256 over the SHA-256 of the pixels followed by that of the
 * labels. It is the same however the images were packed.
 */
export async function contentHash(
  pixels: Uint8Array<ArrayBuffer>,
  labels: Uint8Array<ArrayBuffer>,
): Promise<string> {
  return sha256(concatenateBytes(await digest(pixels), await digest(labels)));
}

async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
