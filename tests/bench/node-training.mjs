/**
 * The simd engine in Node, on one thread: kernels need nothing of a browser. Prints one line of JSON. Its
 * arguments: the folder of the kernels, a network, images in a batch, and milliseconds to measure.
 */
import { readFileSync } from 'node:fs';
import { ARCHITECTURES } from '../../src/domain/architecture';
import { initialWeights } from '../../src/domain/weights';
import { Heap } from '../../workers/engines/simd/heap';
import { chooseBuild } from '../../workers/engines/simd/load-kernels';
import { SimdNetwork } from '../../workers/engines/simd/simd-network';
import { ThreadPool } from '../../workers/engines/simd/thread-pool';
import { batchOf, PLAIN_ADAM } from '../helpers/networks';
import { time } from './timing';

const [kernels, name, images, durationMs] = process.argv.slice(2);
const build = chooseBuild() ?? 'plain';
const module = new WebAssembly.Module(readFileSync(`${kernels}/${build}.wasm`));
const heap = new Heap();
const pool = new ThreadPool(heap, { module, build }, 1);
const architecture = ARCHITECTURES[name];
const network = new SimdNetwork({ heap, pool }, architecture, initialWeights(architecture, 1), PLAIN_ADAM);
const batch = batchOf(1, Number(images));
const { medianMs } = await time(() => network.trainBatch(batch, 1e-4), Number(durationMs));
console.log(JSON.stringify({ perSecond: (batch.labels.length / medianMs) * 1000, build }));
