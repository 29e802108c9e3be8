import { AppError, throwIfAborted } from '../../src/domain/errors';
import { IMAGE_PIXELS } from '../../src/domain/sample';
import type { ShardEntry } from '../../src/domain/shard-manifest';
import { gunzip, isGzip } from '../../src/platform/gunzip';
import { sha256 } from '../../src/platform/sha256';

/** How often a shard is fetched again after it arrived damaged or not at all. */
const RETRIES = 3;
/** The wait before the first retry, in milliseconds; it doubles each time. */
const RETRY_WAIT_MS = 250;

/** A server that sends nothing for this long is taken for dead, in milliseconds. */
const SILENCE_MS = 15_000;

/** A shard's images, [count, 28, 28] bytes, and labels, [count] bytes. */
export interface ShardContent {
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly labels: Uint8Array<ArrayBuffer>;
}

/**
 * Fetches a shard and checks it. `onBytes` is told how much of the file has arrived, from 0 again at
 * each try. Throws `invalid-input` (SHARD_DAMAGED) with the shard's name after the last try.
 */
export async function fetchShard(
  url: URL,
  entry: ShardEntry,
  name: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<ShardContent> {
  let failure: unknown;
  for (let attempt = 0; attempt <= RETRIES; attempt++) {
    if (attempt > 0) await wait(RETRY_WAIT_MS * 2 ** (attempt - 1) * (1 + Math.random()), signal);
    try {
      return await fetchOnce(url, entry, signal, onBytes);
    } catch (error) {
      throwIfAborted(signal);
      failure = error;
    }
  }
  throw new AppError(
    'invalid-input',
    `${name} of MNIST could not be fetched whole: ${RETRIES + 1} tries failed.`,
    {
      reason: 'SHARD_DAMAGED',
      kept: 'The parts that arrived are kept.',
      remedy: 'Try again later: only the missing parts are fetched. Or add the four MNIST files by hand.',
    },
    { cause: failure },
  );
}

async function fetchOnce(
  url: URL,
  entry: ShardEntry,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<ShardContent> {
  onBytes(0);
  const packed = await fetchBytes(url, entry, signal, onBytes);
  const length = entry.count * (IMAGE_PIXELS + 1);
  const bytes = isGzip(packed) && packed.length !== length ? await gunzip(packed, length) : packed;
  if (bytes.length !== length) throw new Error(`${entry.path} holds ${bytes.length} bytes, not ${length}`);
  if ((await sha256(bytes)) !== entry.sha256) throw new Error(`${entry.path} has another SHA-256`);
  const split = entry.count * IMAGE_PIXELS;
  return { pixels: bytes.slice(0, split), labels: bytes.slice(split) };
}

async function fetchBytes(
  url: URL,
  { count, byteLength }: ShardEntry,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const silence = watchSilence(signal);
  try {
    // The browser's own cache would give a damaged answer again, and what is good is stored anyway.
    const response = await fetch(url, { signal: silence.signal, cache: 'no-store' });
    if (!response.ok || !response.body) throw new Error(`${url.pathname} answered ${response.status}`);
    // The server may unpack the file on the way; more than its unpacked length is never right.
    const whole = new Uint8Array(Math.max(byteLength, count * (IMAGE_PIXELS + 1)));
    let length = 0;
    for await (const chunk of response.body) {
      silence.restart();
      if (length + chunk.length > whole.length) throw new Error(`${url.pathname} is too long`);
      whole.set(chunk, length);
      length += chunk.length;
      onBytes(Math.min(byteLength, length));
    }
    return whole.slice(0, length);
  } finally {
    silence.end();
  }
}

/** A signal that is aborted with the given one, and when nothing has been heard for too long. */
function watchSilence(signal: AbortSignal) {
  const controller = new AbortController();
  const start = () => setTimeout(() => controller.abort(new Error('The server fell silent')), SILENCE_MS);
  let timer = start();
  return {
    signal: AbortSignal.any([signal, controller.signal]),
    restart: () => {
      clearTimeout(timer);
      timer = start();
    },
    end: () => clearTimeout(timer),
  };
}

function wait(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, durationMs);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(signal.reason);
      },
      { once: true },
    );
  });
}
