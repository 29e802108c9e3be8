import type { LoadOrder, LoadReport, LoadRequest } from '../../src/protocol/load-protocol';
import { LoadRunner } from '../../src/stress/load-runner';
import { portTransport } from '../../src/stress/port-transport';
import { fetchTransport, type Transport } from '../../src/stress/transport';

/** How often it is told what was counted, in milliseconds. */
const REPORT_INTERVAL_MS = 500;

/** Makes load when it is told to, one test at a time, and tells what it counts. */
export function makeLoad(scope: DedicatedWorkerGlobalScope): void {
  let runner: LoadRunner | undefined;
  scope.onmessage = ({ data, ports }: MessageEvent<LoadRequest>) => {
    switch (data.kind) {
      case 'start':
        void start(scope, data.order, transportOf(data.order, ports[0]), (opened) => (runner = opened));
        break;
      case 'edit':
        runner?.edit(data.stages);
        break;
      case 'stop':
        runner?.stop();
        break;
      case 'reset':
        runner?.reset();
    }
  };
}

function transportOf({ baseUrl }: LoadOrder, port: MessagePort | undefined): Transport {
  return port ? portTransport(port, baseUrl) : fetchTransport(baseUrl);
}

async function start(
  scope: DedicatedWorkerGlobalScope,
  order: LoadOrder,
  transport: Transport,
  onOpen: (runner: LoadRunner) => void,
): Promise<void> {
  const runner = await LoadRunner.open(order, transport);
  onOpen(runner);
  const tell = (kind: LoadReport['kind']) =>
    scope.postMessage({ kind, snapshot: runner.snapshot() } satisfies LoadReport);
  const timer = setInterval(() => tell('report'), REPORT_INTERVAL_MS);
  await runner.run();
  clearInterval(timer);
  tell('end');
}
