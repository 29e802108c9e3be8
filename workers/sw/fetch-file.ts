import type { KeptFile } from '../../src/protocol/sw-protocol';
import type { KeptFiles } from './kept-files';

/** A host that sends nothing for this long is taken for dead, in milliseconds. */
const SILENCE_MS = 20_000;
/** How often a file is fetched again that arrived damaged or not at all. */
const RETRIES = 3;
/** The wait before the first retry, in milliseconds; it doubles each time. */
const RETRY_WAIT_MS = 150;

/**
 * Fetches a file, checks it and keeps it. Throws after the last try. The browser's own cache is asked the
 * first time alone: it would give a damaged answer again.
 */
export async function fetchFile(kept: KeptFiles, file: KeptFile, signal?: AbortSignal): Promise<Response> {
  let failure: unknown;
  for (let attempt = 0; attempt <= RETRIES; attempt++) {
    if (attempt > 0) await wait(RETRY_WAIT_MS * 2 ** (attempt - 1) * (1 + Math.random()));
    signal?.throwIfAborted();
    try {
      return await fetchOnce(kept, file, attempt === 0 ? 'default' : 'reload', signal);
    } catch (error) {
      signal?.throwIfAborted();
      // Without a network, asking again at once is of no use.
      if (!navigator.onLine) throw error;
      failure = error;
    }
  }
  throw failure;
}

async function fetchOnce(
  kept: KeptFiles,
  file: KeptFile,
  cache: RequestCache,
  signal?: AbortSignal,
): Promise<Response> {
  const silence = new AbortController();
  const end = () => silence.abort(new Error(`${file.path}: the host fell silent`));
  let timer = setTimeout(end, SILENCE_MS);
  const signals = signal ? [signal, silence.signal] : [silence.signal];
  try {
    const response = await fetch(kept.addressOf(file.path), { cache, signal: AbortSignal.any(signals) });
    if (!response.body) return await kept.keep(file, response);
    const heard = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        clearTimeout(timer);
        timer = setTimeout(end, SILENCE_MS);
        controller.enqueue(chunk);
      },
    });
    const { status, headers } = response;
    return await kept.keep(file, new Response(response.body.pipeThrough(heard), { status, headers }));
  } finally {
    clearTimeout(timer);
  }
}

function wait(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}
