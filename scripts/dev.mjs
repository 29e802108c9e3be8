/** `npm run dev`: the same as `npm start` for whoever works on Inkling: no build, reloads by itself. */
import './setup.mjs';
import { acquireMnist } from './mnist.mjs';

await acquireMnist();
const vite = await import('vite');
const server = await vite.createServer(
  process.env.PORT ? { server: { port: Number(process.env.PORT) } } : {},
);
await server.listen();
server.printUrls();
