import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { basename } from 'node:path';

/** No answer, or no more bytes, for this long ends a try, in milliseconds. */
const SILENCE_MS = 8000;
const TRIES_PER_URL = 2;

/**
 * Downloads a file from the first of the addresses that gives the right bytes, into `path`. What arrived
 * before is continued, not fetched again. Returns the bytes, or undefined where no address gave them.
 */
export async function download(urls, path, isRight, log) {
  const kept = readRight(path, isRight);
  if (kept) return kept;
  for (const url of urls) {
    for (let attempt = 0; attempt < TRIES_PER_URL; attempt++) {
      try {
        await fetchInto(url, path);
        const bytes = readRight(path, isRight);
        if (bytes) return bytes;
        // Wrong bytes cannot be continued.
        rmSync(path, { force: true });
      } catch (error) {
        log(`${basename(path)} from ${url.host}: ${reasonOf(error)}`);
        // A name that does not resolve will not do so a moment later.
        if (error.cause?.code === 'ENOTFOUND') break;
      }
    }
  }
  return undefined;
}

function readRight(path, isRight) {
  if (!existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  try {
    return isRight(bytes) ? bytes : undefined;
  } catch (error) {
    // A file that was cut off does not unpack.
    if (error.code?.startsWith('Z_') || error.code === 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw error;
  }
}

async function fetchInto(url, path) {
  const have = existsSync(path) ? statSync(path).size : 0;
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(new Error('no answer')), SILENCE_MS);
  try {
    const headers = have > 0 ? { Range: `bytes=${have}-` } : {};
    const response = await fetch(url, { headers, signal: silence.signal });
    if (response.status === 416) return;
    if (!response.ok) throw new Error(`answered ${response.status}`);
    const resumes = response.status === 206;
    if (!resumes) rmSync(path, { force: true });
    const progress = createProgress(path, response, resumes ? have : 0);
    for await (const chunk of response.body) {
      timer.refresh();
      await appendFile(path, chunk);
      progress.add(chunk.length);
    }
    progress.end();
  } finally {
    clearTimeout(timer);
  }
}

/** A bar where there is a terminal, nothing elsewhere. */
function createProgress(path, response, have) {
  const total = have + Number(response.headers.get('content-length') ?? 0);
  let done = have;
  const isShown = process.stdout.isTTY && total > 0;
  const draw = () => {
    const filled = Math.round((done / total) * 30);
    const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
    const bar = '█'.repeat(filled).padEnd(30, '·');
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

function reasonOf(error) {
  return error.cause?.code ?? error.message;
}
