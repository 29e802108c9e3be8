/**
 * Finds a Chromium-family browser, or installs one: CHROME_BIN, the usual places, Playwright's cache,
 * Debian's package (as root), Playwright's download.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
];

/** The path of a browser that runs. Throws an Error that says what to do where none can be had. */
export async function findBrowser() {
  if (process.env.CHROME_BIN) return requireWorking(process.env.CHROME_BIN);
  const { chromium } = await import('playwright-core');
  const found = firstWorking([...usualPlaces(), chromium.executablePath()]);
  return found ?? installBrowser(() => firstWorking(['/usr/bin/chromium', chromium.executablePath()]));
}

/**
 * What a browser under test is started with: WebGL in software where there is no graphics device, though
 * not for drawing the page, which that would slow down; and no sandbox where root forbids it.
 */
export function browserArgs() {
  const isRoot = process.getuid?.() === 0;
  return [
    ...(isRoot || process.env.CI ? ['--no-sandbox'] : []),
    '--enable-unsafe-swiftshader',
    '--disable-dev-shm-usage',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ];
}

function requireWorking(path) {
  if (works(path)) return path;
  throw new Error(`CHROME_BIN is ${path}, which does not run. Unset it, or set it to a browser that does.`);
}

function firstWorking(paths) {
  return paths.find(works);
}

function works(path) {
  if (!path || !existsSync(path)) return false;
  // Asked for its version, a browser on Windows or macOS opens a window.
  if (process.platform === 'win32' || process.platform === 'darwin') return true;
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return /\d+\.\d+/.test(stdout ?? '');
}

function usualPlaces() {
  const { env } = process;
  if (process.platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(Boolean);
    return roots.flatMap((root) => [
      join(root, 'Google/Chrome/Application/chrome.exe'),
      join(root, 'Chromium/Application/chrome.exe'),
      join(root, 'Microsoft/Edge/Application/msedge.exe'),
    ]);
  }
  if (process.platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    return apps.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  return (env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
}

function installBrowser(find) {
  const isRoot = process.getuid?.() === 0;
  if (process.platform === 'linux' && isRoot && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium with apt-get (once) …');
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
    const found = find();
    if (found) return found;
  }
  console.log('Downloading Chromium with Playwright (once) …');
  const cli = fileURLToPath(new URL('../node_modules/playwright-core/cli.js', import.meta.url));
  run(process.execPath, [cli, 'install', ...(isRoot ? ['--with-deps'] : []), 'chromium']);
  const found = find();
  if (found) return found;
  throw new Error('No Chromium, Chrome or Edge was found. Install one, or set CHROME_BIN to its executable.');
}

function run(command, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env });
}
