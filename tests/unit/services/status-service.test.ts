import { expect } from 'chai';
import { StatusService, type UpdateStage } from '../../../src/services/status-service';

/** The stages that a newer version goes through, told as they come, from when it is asked for. */
function offer(apply: () => Promise<boolean>, startMs?: number) {
  const status = new StatusService(startMs);
  status.offerUpdate({ kind: 'newer', stage: 'ready', apply });
  const stages: UpdateStage[] = [];
  const told = new Map<UpdateStage, () => void>();
  status.status.subscribe(() => {
    const { update } = status.status.value;
    if (update?.kind !== 'newer') return;
    stages.push(update.stage);
    told.get(update.stage)?.();
  });
  const untilTold = (stage: UpdateStage) => new Promise<void>((resolve) => told.set(stage, resolve));
  return { status, stages, untilTold };
}

describe('a newer version that is asked for', () => {
  it('is said to start until the page is loaded anew', async () => {
    const { status, stages } = offer(() => Promise.resolve(true));
    await status.applyUpdate();
    expect(stages).to.deep.equal(['starting']);
  });

  it('waits where somebody trains, and is not said to be stuck then', async () => {
    const { status, stages } = offer(() => Promise.resolve(false), 0);
    await status.applyUpdate();
    expect(stages).to.deep.equal(['starting', 'held']);
    await new Promise((resolve) => setTimeout(resolve));
    expect(stages).to.deep.equal(['starting', 'held']);
  });

  it('is said to be stuck where the former one does not let go, and can be asked for again', async () => {
    const { status, stages, untilTold } = offer(() => Promise.resolve(true), 0);
    const stuck = untilTold('stuck');
    await status.applyUpdate();
    await stuck;
    await status.applyUpdate();
    expect(stages).to.deep.equal(['starting', 'stuck', 'starting']);
  });
});

describe('a browser that is asked to keep the data', () => {
  it('and does not promise it is said to have refused, as a private window does', async () => {
    const status = new StatusService();
    expect(status.status.value.isRefused).to.equal(undefined);
    await status.requestPersistence();
    const { isPersisted, isRefused } = status.status.value;
    expect([isPersisted, isRefused], 'the browser of these tests has a fresh profile').to.deep.equal([
      false,
      true,
    ]);
  });
});
