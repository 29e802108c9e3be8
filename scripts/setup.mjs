/**
 * Imported first by every command: checks Node's version and installs the dependencies where they are
 * missing or stale. Node's own modules only, because nothing else may be there yet.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);

/** Ends the command with one line that says what to do. */
export function giveUp(line) {
  console.error(line);
  process.exit(1);
}

/** What is wrong with a version of Node, with what to do; undefined where nothing is. */
export function complainOfNode(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return undefined;
  return `Inkling needs Node 20.19 or newer; this is ${version}. Get one from https://nodejs.org.`;
}

/** Installs the packages of a folder's lock file where they are missing or stale. */
export function installPackages(folder, words) {
  const lock = readFileSync(new URL('package-lock.json', folder));
  const wanted = createHash('sha256')
    .update(lock)
    .update(`${process.platform}-${process.arch}`)
    .digest('hex');
  const stamp = new URL('node_modules/.setup-stamp', folder);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error(words);
  if (runNpm(folder, ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']) !== 0) {
    giveUp('The packages could not be installed. Check the connection to the npm registry and try again.');
  }
  writeFileSync(stamp, wanted);
}

/** npm's own script where npm started us: that needs no shell, and so works the same on Windows. */
function runNpm(folder, args) {
  const options = {
    cwd: fileURLToPath(folder),
    stdio: 'inherit',
    env: { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1', PUPPETEER_SKIP_DOWNLOAD: '1' },
  };
  const script = process.env.npm_execpath;
  const result = script?.endsWith('.js')
    ? spawnSync(process.execPath, [script, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  return result.status;
}

const complaint = complainOfNode(process.versions.node);
if (complaint) giveUp(complaint);
installPackages(root, 'Installing what is missing (once, about half a minute) …');
