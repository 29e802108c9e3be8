import {
  formatAccuracy,
  formatDuration,
  formatCount,
  formatEstimate,
  formatMegabytes,
} from '../components/format';
import type { RunRow } from '../components/run-table';
import { choiceTitle } from '../domain/dataset';
import { ENGINE_TITLES } from '../domain/engine';
import { runName, versionName } from '../domain/ids';
import { wilsonInterval } from '../domain/intervals';
import { accuracyOf, type Score } from '../domain/metrics';
import { runBytes } from '../domain/run-size';
import { shareDone } from '../domain/training-title';
import { runProgress, type Run } from '../domain/run';
import type { MnistState } from '../services/dataset-service';
import type { ModelCatalogue } from '../services/model-service';
import { isCutOff, type ActiveRun, type TrainingState } from '../services/training-service';

/** A statement in large letters, and what follows it in a paler voice. */
export interface ProgressWords {
  readonly statement: string;
  readonly rest: string;
  /** Filled so far, 0 … 1; undefined where nobody knows. */
  readonly share: number | undefined;
  readonly stages: number;
}

/** What is said while MNIST comes onto the device; undefined where it does not. */
export function wordMnist(mnist: MnistState): ProgressWords | undefined {
  if (mnist.state === 'importing') {
    return { statement: 'Reading the four files.', rest: '', share: undefined, stages: 10 };
  }
  if (mnist.state !== 'fetching') return undefined;
  const { progress } = mnist;
  if (!progress) return { statement: 'Getting MNIST.', rest: '', share: undefined, stages: 14 };
  const { doneBytes, totalBytes } = progress;
  return {
    statement: `Getting MNIST. ${formatMegabytes(doneBytes)} of ${formatMegabytes(totalBytes)}.`,
    rest: 'You can stop and go on later.',
    share: doneBytes / totalBytes,
    stages: 14,
  };
}

/** What is said of a run. */
export function wordRun(run: Run, state: TrainingState): ProgressWords {
  const stages = run.config.recipe.epochs;
  const share = runProgress(run);
  const place = `epoch ${Math.min(stages, run.cursor.epoch + 1)} of ${stages}`;
  if (state.active?.runId === run.id) return wordTick(run, state.active);
  if (state.inTraining.has(run.id)) {
    return { statement: `${runName(run.id)} is trained in another tab.`, rest: '', share, stages };
  }
  if (isCutOff(run, state)) {
    return { statement: `Training was cut off at ${place}.`, rest: 'Continue from there?', share, stages };
  }
  switch (run.status) {
    case 'waiting':
    case 'running':
      return { statement: `${runName(run.id)} has not begun.`, rest: '', share, stages };
    case 'paused':
      return { statement: `Paused in ${place}.`, rest: 'Nothing is lost.', share, stages };
    case 'stopped':
      return { statement: `Stopped in ${place}.`, rest: wordVersion(run), share, stages };
    case 'failed':
      return { statement: `${runName(run.id)} did not learn.`, rest: '', share, stages };
    case 'finished':
      return {
        statement: `Done in ${formatDuration(run.trainedMs)}.`,
        rest: `${wordEarlyEnd(run)}${wordVersion(run)}`,
        share: 1,
        stages,
      };
  }
}

/** Why a run has fewer epochs than it was to have; nothing where it has them all. */
function wordEarlyEnd({ cursor, config: { recipe } }: Run): string {
  if (!recipe.earlyStopping || cursor.epoch >= recipe.epochs) return '';
  return `Nothing got better after epoch ${cursor.epoch - recipe.earlyStopping.patience}. `;
}

function wordVersion({ versionId }: Run): string {
  return versionId === undefined ? 'Nothing had been learned yet.' : `It is ${versionName(versionId)} now.`;
}

function wordTick(run: Run, { tick, cutOffBy, ending, isAskedFor }: ActiveRun): ProgressWords {
  const stages = run.config.recipe.epochs;
  if (isAskedFor) {
    const statement = `Asking the other tab for ${runName(run.id)}.`;
    return { statement, rest: 'It saves it first.', share: runProgress(run), stages };
  }
  if (ending) {
    const [statement, rest] =
      ending === 'stop'
        ? ['Stopping.', 'What it has learned is checked and kept.']
        : ['Pausing.', 'Where it is is saved.'];
    return { statement, rest, share: (tick && shareDone(tick, stages)) ?? runProgress(run), stages };
  }
  if (cutOffBy) {
    const share = runProgress(run);
    return { statement: cutOffBy.message, rest: 'Going on from the last saved state.', share, stages };
  }
  if (!tick || tick.stage === 'preparing') {
    const { kind, sampleCount } = run.config.dataset;
    const what = kind === 'generated' ? 'generated digits' : 'images';
    return {
      statement: `Getting ${formatCount(sampleCount)} ${what} ready.`,
      rest: '',
      share: undefined,
      stages,
    };
  }
  if (tick.stage === 'calibrating') {
    return { statement: 'Trying which engine is fastest here.', rest: 'Once.', share: undefined, stages };
  }
  const { stage, epoch, remainingMs } = tick;
  const share = shareDone(tick, stages);
  const left = remainingMs === undefined ? '' : `About ${formatEstimate(remainingMs)} left.`;
  const statement =
    stage === 'checking'
      ? `Checking after epoch ${Math.min(stages, epoch + 1)} of ${stages}.`
      : `Epoch ${Math.min(stages, epoch + 1)} of ${stages}.`;
  return { statement, rest: left, share, stages };
}

/** A run as a row of the table. */
export function toRunRow(
  run: Run,
  state: TrainingState,
  { champion, testScores, drawnScores, versions }: ModelCatalogue,
): RunRow {
  const best = state.bestSoFar.get(run.id);
  const { versionId } = run;
  const version = versions.find(({ id }) => id === versionId);
  const score = versionId === undefined ? undefined : testScores.get(versionId);
  const drawn = versionId === undefined ? undefined : drawnScores.get(versionId);
  const { recipe, dataset } = run.config;
  return {
    id: run.id,
    name: runName(run.id),
    recipe: `${recipe.title}, ${recipe.epochs} ${recipe.epochs === 1 ? 'epoch' : 'epochs'}`,
    data: `${choiceTitle(dataset)}, ${formatCount(dataset.sampleCount)}`,
    validation: version
      ? formatAccuracy(accuracyOf(version.validation))
      : best === undefined
        ? '–'
        : formatAccuracy(best),
    ...(score ? { test: wordScore(score) } : {}),
    ...(drawn ? { drawn: formatAccuracy(accuracyOf(drawn)) } : {}),
    time: run.trainedMs > 0 ? formatDuration(run.trainedMs) : '–',
    engine: run.engine ? ENGINE_TITLES[run.engine] : '–',
    state: stateOf(run, state, versionId === champion),
    canTest: version !== undefined,
    canUse: version !== undefined && versionId !== champion,
    canDelete: !state.inTraining.has(run.id) && state.active?.runId !== run.id,
    frees: formatMegabytes(runBytes(run)),
  };
}

function stateOf(run: Run, state: TrainingState, isChampion: boolean): RunRow['state'] {
  const { epochs } = run.config.recipe;
  const place = `epoch ${Math.min(epochs, run.cursor.epoch + 1)} of ${epochs}`;
  if (state.inTraining.has(run.id) || state.active?.runId === run.id)
    return { words: place, tone: 'running' };
  if (isCutOff(run, state)) return { words: `Cut off at ${place}`, tone: 'notice' };
  switch (run.status) {
    case 'waiting':
    case 'running':
      return { words: 'Not begun', tone: 'plain' };
    case 'paused':
      return { words: `Paused at ${place}`, tone: 'notice' };
    case 'stopped':
      return { words: `Stopped at ${place}`, tone: 'notice' };
    case 'failed':
      return { words: 'Did not learn', tone: 'wrong' };
    case 'finished':
      return isChampion ? { words: 'Answers on Draw', tone: 'passed' } : { words: 'Finished', tone: 'plain' };
  }
}

/** A score with its 95 % interval. */
export function wordScore(score: Score): string {
  const { low, high } = wilsonInterval(score);
  const bounds = `${(low * 100).toFixed(2)}–${(high * 100).toFixed(2)}`;
  return `${formatAccuracy(accuracyOf(score))} (${bounds})`;
}
