import { isAborted, throwIfAborted, toErrorRecord } from '../../src/domain/errors';
import type { RunId } from '../../src/domain/ids';
import type { RunStatus } from '../../src/domain/run';
import { withRunLock } from '../../src/platform/locks';
import { yieldToEvents } from '../../src/platform/yield-to-events';
import type { TrainTick } from '../../src/protocol/ml-protocol';
import type { Repositories } from '../../src/storage/repositories';
import type { CallContext } from '../rpc/serve';
import type { LoadModel } from './load-model';
import { hasDiverged, TrainingSession } from './training-session';

/**
 * Trains a run from where it stands until it ends or is called off: one path for starting and for
 * going on. Called off to pause, it saves where it is; to stop, it keeps what it has as a model version.
 * Throws `conflict` where another tab trains the run.
 */
export function trainRun(
  runId: RunId,
  repositories: Repositories,
  context: CallContext<TrainTick>,
  loadModel: LoadModel,
): Promise<{ status: RunStatus }> {
  return withRunLock(runId, async () => {
    let session: TrainingSession | undefined;
    try {
      session = await TrainingSession.open(runId, repositories, context, loadModel);
      await trainEpochs(session, context.signal);
      return { status: await session.finish('finished') };
    } catch (error) {
      if (isAborted(error)) return { status: await leave(runId, session, repositories, context.signal) };
      if (hasDiverged(error)) {
        await repositories.runs.update(runId, { status: 'failed', error: toErrorRecord(error) });
      }
      throw error;
    } finally {
      session?.dispose();
    }
  });
}

/** The loop and nothing but the loop. */
async function trainEpochs(session: TrainingSession, signal: AbortSignal): Promise<void> {
  while (session.hasEpochs) {
    while (session.hasBatches) {
      throwIfAborted(signal);
      await session.trainBatch();
      await session.saveIfDue();
      await yieldToEvents();
    }
    await session.endEpoch(signal);
  }
}

async function leave(
  runId: RunId,
  session: TrainingSession | undefined,
  { runs }: Repositories,
  { reason }: AbortSignal,
): Promise<RunStatus> {
  if (session?.hasBegun) {
    if (reason === 'stop') return session.finish('stopped');
    await session.save('paused');
    return 'paused';
  }
  const status = reason === 'stop' ? 'stopped' : 'paused';
  await runs.update(runId, { status });
  return status;
}
