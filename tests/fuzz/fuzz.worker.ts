/** What `npm run fuzz` runs: posts how often each thing happened, or what must not happen and did. */
import { damagedArchives, readAllDamaged, seedArchives } from '../helpers/zip-fuzz';

self.onmessage = async () => {
  try {
    self.postMessage({ result: await readAllDamaged(damagedArchives(await seedArchives(), 1)) });
  } catch (error) {
    self.postMessage({ error: describe(error) });
  }
};

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined
    ? (error.stack ?? error.message)
    : `${error.message}\n${describe(error.cause)}`;
}
