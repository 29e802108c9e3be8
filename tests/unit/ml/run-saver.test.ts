import { expect } from 'chai';
import { AppError } from '../../../src/domain/errors';
import type { RunId } from '../../../src/domain/ids';
import { findRecipe } from '../../../src/domain/recipe';
import type { Run } from '../../../src/domain/run';
import type {
  CheckpointRepository,
  EndedEpoch,
  RunCommit,
  RunState,
} from '../../../src/storage/checkpoint-repository';
import { RunSaver } from '../../../workers/ml/run-saver';

const RUN: Run = {
  id: 1 as RunId,
  createdAt: 0,
  status: 'running',
  config: {
    dataset: { kind: 'generated', sampleCount: 100, seed: 1 },
    recipe: findRecipe('quick')!,
    seed: 1,
    engine: 'simd',
  },
  cursor: { epoch: 0, batch: 0 },
  trainedMs: 0,
};

const NO_STEPS = { steps: 0, firstMoments: {}, secondMoments: {} };
const stateAt = (epoch: number) =>
  ({ cursor: { epoch, batch: 0 }, weights: {}, optimizer: NO_STEPS }) as unknown as RunState;
const epochOf = (epoch: number) => ({ metrics: { epoch } }) as EndedEpoch;

/** A repository on a device that is full for so many commits, as only a full device is. */
function fullFor(times: number) {
  const commits: RunCommit[] = [];
  let tries = 0;
  const commit = async (made: RunCommit) => {
    if (++tries <= times) throw new AppError('storage-full', 'The device is full.');
    commits.push(made);
  };
  return { repository: { commit } as unknown as CheckpointRepository, commits };
}

describe('a run that is saved on a full device', () => {
  it('goes on, and the first save that succeeds has all that ended meanwhile, and says once what happened', async () => {
    const { repository, commits } = fullFor(2);
    const saver = new RunSaver(repository, RUN);
    for (const epoch of [1, 2, 3]) {
      saver.addEpoch(epochOf(epoch));
      await saver.save(stateAt(epoch), { status: 'running' });
      expect(saver.isUnsaved).to.equal(epoch < 3);
    }
    expect(commits.map(({ epochs }) => epochs.map(({ metrics }) => metrics.epoch))).to.deep.equal([
      [1, 2, 3],
    ]);
    const full = { kind: 'storage-full', resumedAt: { epoch: 1, batch: 0 } };
    expect(commits[0]!.patch).to.deep.equal({ status: 'running', setbacks: [full] });
    expect(commits[0]!.state.cursor).to.deep.equal({ epoch: 3, batch: 0 });
  });

  it('and is left waits until there is room, and then is left as it stands', async () => {
    const { repository, commits } = fullFor(3);
    const saver = new RunSaver(repository, RUN);
    let waits = 0;
    await saver.leave(stateAt(5), { status: 'paused' }, async () => void (waits += 1));
    expect(waits).to.equal(3);
    expect(commits.map(({ patch, state }) => [patch.status, state.cursor.epoch])).to.deep.equal([
      ['paused', 5],
    ]);
  });
});
