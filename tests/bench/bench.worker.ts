/** What the benchmarks run: each call has a worker of its own, and posts its result or its error. */
import { timeGemm } from './gemm';
import { compareWithOnnxRuntime, flopsOf, timeAnswers, timeTraining, trainingBytes } from './networks';
import { trainOnMnist } from './train-on-mnist';

const BENCHES: Readonly<Record<string, (...args: never[]) => Promise<unknown>>> = {
  compareWithOnnxRuntime,
  flopsOf,
  timeAnswers,
  timeGemm,
  timeTraining,
  trainingBytes,
  trainOnMnist,
};

self.onmessage = async ({ data }: MessageEvent<{ name: string; args: never[] }>) => {
  try {
    self.postMessage({ result: await BENCHES[data.name]!(...data.args) });
  } catch (error) {
    self.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
};
