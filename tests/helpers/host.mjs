/**
 * A host of the built app that can misbehave: it serves a copy of dist/ under any path, with headers or
 * without, cuts connections, damages files, publishes a newer version, and goes away.
 */
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeKeptFiles } from '../../scripts/kept-files.mjs';
import { SECURITY_HEADERS } from '../../scripts/security-headers.mjs';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** Starts a host. `faultOf(path)` may return a function that answers in the place of the file. */
export async function startHost({ base = '/', hasHeaders = true, hasMnist = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'inkling-host-'));
  cpSync(DIST, folder, { recursive: true });
  if (!hasMnist) removeMnist(folder);
  const host = {
    folder,
    /** Every request that came in: its path inside the app, and what asked for it. */
    requests: [],
    faultOf: () => undefined,
    /** Bytes that are still sent before every connection is cut. */
    bytesLeft: Infinity,
    /** Called when the first connection is cut. */
    onCut: () => undefined,
    publish: () => publishNext(folder),
    /** What the service worker is to keep: path, SHA-256, length and part of each file. */
    listFiles: () => findList(folder).files,
  };
  const listen = (port) =>
    new Promise((resolve) => {
      host.server = createServer((request, response) => answer(host, base, hasHeaders, request, response));
      host.server.listen(port, '127.0.0.1', () => resolve(host.server.address().port));
    });
  const port = await listen(0);
  host.url = `http://127.0.0.1:${port}${base}`;
  host.goAway = () =>
    new Promise((resolve) => {
      host.server.closeAllConnections();
      host.server.close(resolve);
    });
  host.comeBack = () => listen(port);
  host.stop = async () => {
    if (host.server.listening) await host.goAway();
    rmSync(folder, { recursive: true, force: true });
  };
  return host;
}

function answer(host, base, hasHeaders, request, response) {
  const { pathname } = new URL(request.url, 'http://host');
  const path = pathname.startsWith(base) ? pathname.slice(base.length) || 'index.html' : undefined;
  host.requests.push({ path, destination: request.headers['sec-fetch-dest'] });
  if (hasHeaders)
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  const file = path === undefined ? undefined : join(host.folder, path);
  if (!file || !statSync(file, { throwIfNoEntry: false })?.isFile())
    return response.writeHead(404).end('none');
  response.setHeader('Content-Type', TYPES[extname(path)] ?? 'application/octet-stream');
  response.setHeader('Cache-Control', 'no-cache');
  const bytes = readFileSync(file);
  const fault = host.faultOf(path);
  if (fault) return fault(response, bytes);
  if (bytes.length <= host.bytesLeft) {
    host.bytesLeft -= bytes.length;
    return response.end(bytes);
  }
  response.setHeader('Content-Length', bytes.length);
  const part = bytes.subarray(0, host.bytesLeft);
  host.bytesLeft = 0;
  host.onCut();
  if (part.length === 0) return response.destroy();
  return response.write(part, () => response.destroy());
}

function removeMnist(folder) {
  for (const name of readdirSync(join(folder, 'mnist'))) rmSync(join(folder, 'mnist', name));
  writeFileSync(join(folder, 'mnist/manifest.json'), JSON.stringify({ format: 1, name: 'mnist' }));
  rewriteList(folder);
}

/** What a build of changed code comes to: each script has another name, the old ones are gone. */
function publishNext(folder) {
  const assets = join(folder, 'assets');
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
  const texts = [...scripts.map((name) => join('assets', name)), 'index.html'];
  for (const path of texts) {
    let text = readFileSync(join(folder, path), 'utf8');
    for (const name of scripts) text = text.replaceAll(name, name.replace('.js', '-next.js'));
    writeFileSync(join(folder, path), text.replaceAll('0.1.0', '0.2.0'));
  }
  for (const name of scripts) renameSync(join(assets, name), join(assets, name.replace('.js', '-next.js')));
  rewriteList(folder);
}

/** The service worker's list of files, as the build would write it for what is in the folder now. */
function rewriteList(folder) {
  const { path, text, start, end, files } = findList(folder);
  const known = new Set(files.map((file) => file.path));
  const isListed = (name) => known.has(name.replace('-next.js', '.js')) || known.has(name);
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => isListed(name) && statSync(join(folder, name)).isFile());
  const list = describeKeptFiles(folder, names);
  writeFileSync(path, text.slice(0, start) + JSON.stringify(list) + text.slice(end));
}

/** The service worker's list of files, and where in its text it stands. */
function findList(folder) {
  const path = join(folder, 'service-worker.js');
  const text = readFileSync(path, 'utf8');
  const start = text.search(/\[\{"(byteLength|path)":/);
  const end = text.indexOf('}]', start) + 2;
  return { path, text, start, end, files: JSON.parse(text.slice(start, end)) };
}
