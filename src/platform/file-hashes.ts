import { sha256 } from './sha256';

declare const __FILE_HASHES__: Readonly<Record<string, readonly string[]>>;

/** SHA-256 of files of the app, by path; put in by the build: one each, and more where tests serve stand-ins. */
const HASHES = __FILE_HASHES__;

/** True where these bytes are what the app was built with at that path: no host can vouch for others. */
export async function isAsBuilt(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const hash = await sha256(bytes);
  return HASHES[path]?.includes(hash) ?? false;
}
