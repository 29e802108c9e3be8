import { sha256 } from '../../src/platform/sha256';
import type { KeptFile } from '../../src/protocol/sw-protocol';

/** What a file is, whatever its host takes it for. */
const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  wasm: 'application/wasm',
  webmanifest: 'application/manifest+json',
};

/**
 * The files that are kept of an app, in one cache. They are found by the hash of their bytes, so that two
 * versions share what did not change, and what is damaged cannot pass for what it should be.
 */
export class KeptFiles {
  readonly cacheName: string;

  constructor(private readonly scope: string) {
    this.cacheName = `inkling-kept ${scope}`;
  }

  /** The address of a file inside the app. */
  addressOf(path: string): string {
    return new URL(path, this.scope).href;
  }

  /** True where the file is kept, as far as can be said without reading it: it was checked as it came. */
  async has(file: KeptFile): Promise<boolean> {
    return (await (await this.open()).match(this.keyOf(file.sha256))) !== undefined;
  }

  /** The file, read and held against its hash; undefined where it is not kept. What is damaged is dropped. */
  async read(file: KeptFile): Promise<Response | undefined> {
    const cache = await this.open();
    const kept = await cache.match(this.keyOf(file.sha256));
    if (!kept) return undefined;
    const bytes = new Uint8Array(await kept.arrayBuffer());
    if (await isTheFile(file, bytes)) return asResponse(file, bytes);
    await cache.delete(this.keyOf(file.sha256));
    return undefined;
  }

  /** Checks the bytes of an answer and keeps them. Returns what may be answered; throws where they are wrong. */
  async keep(file: KeptFile, response: Response): Promise<Response> {
    if (!response.ok) throw new Error(`${file.path} answered ${response.status}`);
    const bytes = await readAtMost(response, file);
    if (!(await isTheFile(file, bytes))) throw new Error(`${file.path} is not what the build wrote`);
    await (await this.open()).put(this.keyOf(file.sha256), asResponse(file, bytes));
    return asResponse(file, bytes);
  }

  /** Drops every file that is in none of the lists. */
  async dropAllBut(files: readonly KeptFile[]): Promise<void> {
    const wanted = new Set(files.map(({ sha256 }) => this.keyOf(sha256)));
    const cache = await this.open();
    for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
  }

  private open(): Promise<Cache> {
    return caches.open(this.cacheName);
  }

  private keyOf(hash: string): string {
    return this.addressOf(`kept/${hash}`);
  }
}

function asResponse({ path }: KeptFile, bytes: Uint8Array<ArrayBuffer>): Response {
  const type = TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  return new Response(bytes, { headers: { 'Content-Type': type } });
}

async function isTheFile(file: KeptFile, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  return bytes.length === file.byteLength && (await sha256(bytes)) === file.sha256;
}

/** The bytes of an answer; a host that sends more than the file has is not listened to any longer. */
async function readAtMost(
  { body }: Response,
  { path, byteLength }: KeptFile,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(byteLength);
  let length = 0;
  if (!body) return bytes.subarray(0, 0);
  for await (const chunk of body) {
    if (length + chunk.length > byteLength) throw new Error(`${path} is longer than the build wrote it`);
    bytes.set(chunk, length);
    length += chunk.length;
  }
  return bytes.subarray(0, length);
}
