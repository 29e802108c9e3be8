import { choiceTitle } from '../../domain/dataset';
import { runName, type RunId } from '../../domain/ids';
import { runProgress, type EpochMetrics, type Run } from '../../domain/run';
import type { RunAnswer } from '../../protocol/api-contract';
import { isCutOff, type TrainingService, type TrainingState } from '../../services/training-service';
import { json, type ApiAnswer, type ApiCall } from '../call';
import { refuse } from '../refusal';

/** The shortest time between two events of a run, in milliseconds. */
const EVENT_PAUSE_MS = 250;
/** A line is sent at least this often, in milliseconds, so that nobody takes the stream for dead. */
const HEARTBEAT_MS = 15_000;

/** `GET runs`: all runs, the newest first. */
export async function listRuns(training: TrainingService): Promise<ApiAnswer> {
  await training.load();
  const state = training.state.value;
  const runs = state.runs.map(async (run) => toAnswer(run, state, await training.lastEpoch(run.id)));
  return json({ runs: await Promise.all(runs) });
}

/** `GET runs/{id}`: how a run goes; as a stream of events where that is what is accepted. */
export async function getRun(call: ApiCall, id: string, training: TrainingService): Promise<ApiAnswer> {
  if (call.header('accept')?.includes('text/event-stream')) return followRun(call, id, training);
  await training.load();
  return json(await requireAnswer(requireRun(id, training.state.value), training));
}

/** `GET runs/{id}/events`: an event `run` for each change, and `end` when nothing more comes. */
export async function followRun(call: ApiCall, id: string, training: TrainingService): Promise<ApiAnswer> {
  await training.load();
  const run = requireRun(id, training.state.value);
  const headers = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' };
  return { status: 200, headers, body: events(run.id, training, call.signal) };
}

/** `DELETE runs/{id}`: ends a run; what it has learned is kept as a model. */
export async function cancelRun(id: string, training: TrainingService): Promise<ApiAnswer> {
  await training.load();
  const state = training.state.value;
  const run = requireRun(id, state);
  if (state.active?.runId !== run.id) {
    const isElsewhere = state.inTraining.has(run.id);
    if (isElsewhere) throw refuse(`${runName(run.id)} is trained in another tab.`, 'RUN_LOCKED', 409);
    throw refuse(`${runName(run.id)} is not under way.`, 'RUN_ENDED', 409);
  }
  const left = whenLeft(training, run.id);
  training.stop();
  await left;
  return json(await requireAnswer(run, training));
}

async function* events(id: RunId, training: TrainingService, signal: AbortSignal): AsyncGenerator<string> {
  let told = '';
  for (;;) {
    const answer = await answerOf(id, training);
    if (signal.aborted) return;
    if (!answer) return yield endOf(id);
    const data = JSON.stringify(answer);
    if (data === told) {
      if (!(await hasChanged(training, signal))) yield ': still waiting\n\n';
      continue;
    }
    told = data;
    yield `event: run\ndata: ${data}\n\n`;
    if (answer.status !== 'running' && answer.status !== 'waiting') return yield endOf(id);
    await pause(EVENT_PAUSE_MS);
  }
}

/** Says that the stream is at its end and was not cut: an EventSource would ask again and again. */
function endOf(id: RunId): string {
  return `event: end\ndata: ${JSON.stringify({ id })}\n\n`;
}

function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}

/** Resolves to true at the next change of the state or when it was called off, to false after a while without. */
function hasChanged({ state }: TrainingService, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const finish = (isChanged: boolean) => {
      unsubscribe();
      clearTimeout(timer);
      signal.removeEventListener('abort', change);
      resolve(isChanged);
    };
    const change = () => finish(true);
    const unsubscribe = state.subscribe(change);
    const timer = setTimeout(() => finish(false), HEARTBEAT_MS);
    signal.addEventListener('abort', change);
  });
}

/** Resolves when this page is not at work on the run any more. */
function whenLeft({ state }: TrainingService, id: RunId): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = state.subscribe(() => {
      if (state.value.active?.runId === id) return;
      unsubscribe();
      resolve();
    });
  });
}

function requireRun(id: string, { runs }: TrainingState): Run {
  const run = runs.find((one) => String(one.id) === id);
  if (!run) throw unknownRun(id);
  return run;
}

async function requireAnswer({ id }: Run, training: TrainingService): Promise<RunAnswer> {
  const answer = await answerOf(id, training);
  if (!answer) throw unknownRun(String(id));
  return answer;
}

function unknownRun(id: string): Error {
  return refuse(`There is no run ${id} on this device.`, 'RUN_UNKNOWN', 404);
}

/** How a run goes, with its last epoch of the same moment; undefined where it has been deleted. */
async function answerOf(id: RunId, training: TrainingService): Promise<RunAnswer | undefined> {
  for (;;) {
    const { runs } = training.state.value;
    const last = await training.lastEpoch(id);
    const { value: state } = training.state;
    if (state.runs !== runs) continue;
    const run = runs.find((one) => one.id === id);
    return run && toAnswer(run, state, last);
  }
}

function toAnswer(run: Run, state: TrainingState, last: EpochMetrics | undefined): RunAnswer {
  const { id, config, engine, versionId, error } = run;
  const tick = state.active?.runId === id ? state.active.tick : undefined;
  const progress =
    tick && tick.batches > 0
      ? (tick.epoch + tick.batch / tick.batches) / config.recipe.epochs
      : runProgress(run);
  return {
    id,
    status: isCutOff(run, state) ? 'interrupted' : run.status,
    createdAt: new Date(run.createdAt).toISOString(),
    recipe: config.recipe.title,
    dataset: choiceTitle(config.dataset),
    epochs: config.recipe.epochs,
    seed: config.seed,
    progress: Math.min(1, progress),
    seconds: (tick?.trainedMs ?? run.trainedMs) / 1000,
    ...(engine ? { engine } : {}),
    ...(versionId === undefined ? {} : { model: versionId }),
    ...(last ? { validationAccuracy: last.validationAccuracy } : {}),
    ...(error ? { error: error.message } : {}),
  };
}
