/**
 * `npm run fuzz`: damages each byte of some small archives and cuts them everywhere. Each must be read or
 * refused by name, with nothing lost; the first that is not ends the run with its name.
 */
import './setup.mjs';
import { openBench } from './open-bench.mjs';

const bench = await openBench('tests/fuzz/fuzz.worker.ts');
try {
  const counts = await bench.call('archives');
  const cases = Object.values(counts).reduce((sum, count) => sum + count, 0);
  console.log(`${cases} damaged archives, each read or refused by name, nothing lost:`);
  for (const [ending, count] of Object.entries(counts))
    console.log(`${String(count).padStart(6)}  ${ending}`);
} finally {
  await bench.close();
}
