/** `npm run build`: the static files to deploy, in dist/. */
import './setup.mjs';
import { acquireMnist } from './mnist.mjs';

await acquireMnist();
const vite = await import('vite');
await vite.build();
