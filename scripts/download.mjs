import { appendFileSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename } from 'node:path';

/** No answer, or no more bytes, for this long ends a try, in milliseconds. */
const SILENCE_MS = 8000;
/** A try that brought at least some bytes is followed by another one, this often. */
const MOST_TRIES = 5;

/** No address gave the file; the message says of each why. */
export class DownloadError extends Error {}

/**
 * Downloads a file from the first of the addresses that gives the right bytes, into `path`. What arrived
 * before is continued, not fetched again. Returns the bytes; throws a DownloadError.
 */
export async function download(urls, path, isRight, silenceMs = SILENCE_MS) {
  const reasons = [];
  for (const url of urls) {
    for (let attempt = 1; attempt <= MOST_TRIES; attempt++) {
      const before = sizeOf(path);
      const reason =
        before > 0 && isRight(readFileSync(path)) ? undefined : await fetchInto(url, path, silenceMs);
      const bytes = existsSync(path) ? readFileSync(path) : undefined;
      if (bytes && isRight(bytes)) return bytes;
      const isComplete = reason === undefined;
      // Whole but wrong: what was continued, or the file itself, is bad. Begin anew, once.
      if (isComplete) rmSync(path, { force: true });
      const isWorthwhile = isComplete ? before > 0 : sizeOf(path) > before;
      if (isWorthwhile && attempt < MOST_TRIES) continue;
      reasons.push(`${url.host}: ${reason ?? 'not the original file'}`);
      break;
    }
  }
  throw new DownloadError(reasons.join(', '));
}

function sizeOf(path) {
  return existsSync(path) ? statSync(path).size : 0;
}

/** Appends what the address has beyond what is there. Returns why it ended early, or undefined. */
async function fetchInto(url, path, silenceMs) {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(new Error('no answer')), silenceMs);
  try {
    const have = sizeOf(path);
    const headers = have > 0 ? { Range: `bytes=${have}-` } : {};
    const response = await fetch(url, { headers, signal: silence.signal });
    // "Range not satisfiable": there is nothing beyond.
    if (response.status === 416) return undefined;
    if (!response.ok) return `answered ${response.status}`;
    if (response.status !== 206) rmSync(path, { force: true });
    const progress = createProgress(path, response);
    for await (const chunk of response.body) {
      timer.refresh();
      appendFileSync(path, chunk);
      progress.add(chunk.length);
    }
    progress.end();
    return undefined;
  } catch (error) {
    return error.cause?.code ?? error.message;
  } finally {
    clearTimeout(timer);
  }
}

/** A bar where there is a terminal, nothing elsewhere. */
function createProgress(path, response) {
  let done = sizeOf(path);
  const total = done + Number(response.headers.get('content-length') ?? 0);
  const isShown = process.stdout.isTTY && total > done;
  const draw = () => {
    const bar = '█'.repeat(Math.round((done / total) * 30)).padEnd(30, '·');
    const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
    process.stdout.write(
      `\r${basename(path).padEnd(28)} ${bar} ${megabytes(done)} of ${megabytes(total)} MB`,
    );
  };
  return {
    add(bytes) {
      done += bytes;
      if (isShown) draw();
    },
    end() {
      if (isShown) process.stdout.write('\n');
    },
  };
}
