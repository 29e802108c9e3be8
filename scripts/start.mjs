/** `npm start`: installs what is missing, gets MNIST, builds the app, serves it, opens a browser. */
import { createServer } from 'node:net';
import { giveUp } from './setup.mjs';
import { acquireMnist } from './mnist.mjs';

const DEFAULT_PORT = 4173;
const HOST = '127.0.0.1';

function readPort() {
  const port = Number(process.env.PORT || DEFAULT_PORT);
  if (Number.isInteger(port) && port >= 0 && port < 65536) return port;
  return giveUp(`PORT is ${process.env.PORT}; use a whole number from 0 to 65535.`);
}

/** Asked before the build, so that nobody waits for a build that cannot be served. */
function requireFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', ({ code }) => {
      const why = code === 'EADDRINUSE' ? 'is in use by another program' : `cannot be used (${code})`;
      giveUp(`Port ${port} ${why}. Choose another one, such as: PORT=${port + 1} npm start`);
    });
    probe.listen(port, HOST, () => probe.close(resolve));
  });
}

const port = readPort();
await requireFree(port);
await acquireMnist();
const vite = await import('vite');
console.log('Building …');
await vite.build({ logLevel: 'error' });
const server = await vite.preview({
  preview: { port, strictPort: true, host: HOST, open: process.stdout.isTTY && !process.env.CI },
});
console.log(`Inkling is at ${server.resolvedUrls.local[0]}  (Ctrl C ends it)`);
