import { DivergedError } from '../../src/domain/divergence';
import { isAborted, throwIfAborted, toErrorRecord } from '../../src/domain/errors';
import type { RunId } from '../../src/domain/ids';
import type { RunStatus } from '../../src/domain/run';
import { countHalvings, MOST_HALVINGS } from '../../src/domain/setback';
import { withRunLock } from '../../src/platform/locks';
import { yieldToEvents } from '../../src/platform/yield-to-events';
import type { AbortReason, Restart, TrainTick } from '../../src/protocol/ml-protocol';
import type { Database } from '../../src/storage/open-database';
import type { CallContext } from '../rpc/serve';
import { findStanding } from './checkpoints';
import { TrainingSession, type TrainingSources } from './training-session';

/**
 * Trains a run from where it stands until it ends or is called off: one path for starting and for
 * going on. Called off to pause, it saves where it is; to stop, it keeps what it has as a model version.
 * A run that diverges goes back to its last checkpoint and on at half the rate, twice at most.
 * Throws `conflict` where another tab trains the run.
 */
export function trainRun(
  runId: RunId,
  sources: TrainingSources,
  context: CallContext<TrainTick>,
  restart?: Restart,
): Promise<{ status: RunStatus }> {
  const train = async (context: CallContext<TrainTick>) => {
    let cause = restart;
    for (;;) {
      try {
        return { status: await trainSession(runId, sources, context, cause) };
      } catch (error) {
        if (!(error instanceof DivergedError)) throw error;
        await rollBack(runId, sources.repositories, error);
        cause = restart?.avoid ? { avoid: restart.avoid } : {};
      }
    }
  };
  return withRunLock(runId, () => pausedByUpgrade(sources.repositories.database, context, train));
}

/** Pauses the training before a newer Inkling in another tab changes the database. */
async function pausedByUpgrade<T>(
  database: Database,
  context: CallContext<TrainTick>,
  train: (context: CallContext<TrainTick>) => Promise<T>,
): Promise<T> {
  const upgrade = new AbortController();
  const signal = AbortSignal.any([context.signal, upgrade.signal]);
  const training = train({ ...context, signal });
  const callOff = database.beforeUpgrade(() => {
    upgrade.abort('pause' satisfies AbortReason);
    return training;
  });
  return await training.finally(callOff);
}

/** Trains for as long as all goes well. */
async function trainSession(
  runId: RunId,
  sources: TrainingSources,
  context: CallContext<TrainTick>,
  restart: Restart | undefined,
): Promise<RunStatus> {
  let session: TrainingSession | undefined;
  try {
    session = await TrainingSession.open(runId, sources, context, restart);
    await trainEpochs(session, context.signal);
    return await session.finish('finished');
  } catch (error) {
    if (isAborted(error)) return await leave(runId, session, sources, context);
    throw error;
  } finally {
    session?.dispose();
  }
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
  sources: TrainingSources,
  { signal: { reason }, emit }: CallContext<TrainTick>,
): Promise<RunStatus> {
  if (session?.hasBegun) {
    if (reason === 'stop') return session.finish('stopped');
    return session.pause();
  }
  if (reason === 'stop' && (await findStanding(runId, sources.repositories.checkpoints)).checkpoint) {
    return keepCheckpoint(runId, sources, emit);
  }
  const status = reason === 'stop' ? 'stopped' : 'paused';
  await sources.repositories.runs.update(runId, { status });
  return status;
}

/** Stops a run that was not opened yet: what its checkpoint holds becomes the model version. */
async function keepCheckpoint(
  runId: RunId,
  sources: TrainingSources,
  emit: CallContext<TrainTick>['emit'],
): Promise<RunStatus> {
  const context = { signal: new AbortController().signal, emit };
  const session = await TrainingSession.open(runId, sources, context);
  try {
    return await session.finish('stopped');
  } finally {
    session.dispose();
  }
}

/** Halves the rate from the last checkpoint on; a run that diverged too often has failed. */
async function rollBack(
  runId: RunId,
  { runs, checkpoints }: TrainingSources['repositories'],
  error: DivergedError,
): Promise<void> {
  const { setbacks = [] } = await runs.get(runId);
  if (countHalvings(setbacks) >= MOST_HALVINGS) {
    await runs.update(runId, { status: 'failed', error: toErrorRecord(error) });
    throw error;
  }
  const { checkpoint } = await findStanding(runId, checkpoints);
  const resumedAt = checkpoint?.cursor ?? { epoch: 0, batch: 0 };
  const setback = { kind: 'diverged', symptom: error.symptom, resumedAt } as const;
  await runs.update(runId, { setbacks: [...setbacks, setback] });
}
