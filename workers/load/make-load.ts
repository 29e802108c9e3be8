import type { LoadOrder, LoadReport, LoadRequest, LoadSnapshot } from '../../src/protocol/load-protocol';
import { LoadRunner } from '../../src/stress/load-runner';
import { portTransport } from '../../src/stress/port-transport';
import { fetchTransport, type Transport } from '../../src/stress/transport';

/** How often it is told what was counted, in milliseconds. */
const REPORT_INTERVAL_MS = 500;

/** Makes load when it is told to, one test at a time, and tells what it counts. */
export function makeLoad(scope: DedicatedWorkerGlobalScope): void {
  let runner: LoadRunner | undefined;
  let epoch = 0;
  scope.onmessage = ({ data, ports }: MessageEvent<LoadRequest>) => {
    switch (data.kind) {
      case 'start':
        void start(data.order, transportOf(data.order, ports[0]), {
          onOpen: (opened) => (runner = opened),
          tell: (kind, snapshot) => scope.postMessage({ kind, epoch, snapshot } satisfies LoadReport),
        });
        break;
      case 'edit':
        runner?.edit(data.stages);
        break;
      case 'stop':
        runner?.stop();
        break;
      case 'reset':
        epoch = data.epoch;
        runner?.reset();
    }
  };
}

function transportOf({ baseUrl }: LoadOrder, port: MessagePort | undefined): Transport {
  return port ? portTransport(port, baseUrl) : fetchTransport(baseUrl);
}

/** Who hears of a test. */
interface Listener {
  onOpen(runner: LoadRunner): void;
  tell(kind: LoadReport['kind'], snapshot: LoadSnapshot): void;
}

async function start(order: LoadOrder, transport: Transport, { onOpen, tell }: Listener): Promise<void> {
  const runner = await LoadRunner.open(order, transport);
  onOpen(runner);
  const timer = setInterval(() => tell('report', runner.snapshot()), REPORT_INTERVAL_MS);
  await runner.run();
  clearInterval(timer);
  tell('end', runner.snapshot());
}
