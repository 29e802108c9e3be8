import { formatClock, formatCount, formatDate } from '../components/format';
import type { StressRow } from '../components/stress-table';
import type { StressRunRow } from '../components/stress-runs';
import { mostUsers, shapeDuration, stageAt } from '../domain/load-shape';
import {
  aggregate,
  currentRate,
  entryAverage,
  entryMedian,
  entryPercentile,
  failureShare,
  finePercentile,
  judgeRun,
  sortEntries,
  wordLatency,
  type RequestEntry,
  type StressRun,
} from '../domain/stress-run';
import type { StressTarget } from '../domain/stress-plan';

export const TARGET_WORDS: Readonly<Record<StressTarget, string>> = {
  'service-worker': 'service worker',
  router: 'router directly',
  host: 'another host',
};

/** One sentence of state for the head of the page. */
export function wordState(run: StressRun | undefined): string {
  if (!run) return 'Many requests at once to this app, on this device, offline too.';
  const { stages, model } = run.plan;
  const seconds = secondsOf(run);
  const time = `${formatClock(seconds * 1000)} of ${formatClock(shapeDuration(stages) * 1000)}`;
  const load = `${formatCount(run.users)} ${model === 'open' ? 'requests a second' : 'users'}`;
  switch (run.status) {
    case 'spawning':
    case 'running': {
      const stage = stageAt(stages, seconds);
      const place = stage ? `Stage ${stages.indexOf(stage) + 1} of ${stages.length}, ` : '';
      return `${place}${load}. ${time}.`;
    }
    case 'stopping':
      return `Waiting for ${formatCount(run.counts.inFlight)} answers.`;
    case 'cut off':
      return `Cut off after ${formatClock(run.measuredMs)}. All figures up to then are kept.`;
    default:
      return wordEnd(run);
  }
}

/** How long a test lasted, from when on it was counted where that is not its beginning, and what it counted. */
function wordEnd(run: StressRun): string {
  const countedFrom = countedFromMs(run);
  const lasted = formatClock(countedFrom + run.measuredMs);
  return countedFrom === 0
    ? `Ended after ${lasted}. ${wordCounts(run)}`
    : `Ended after ${lasted}, counted anew from ${formatClock(countedFrom)}. ${wordCounts(run)}`;
}

/** Where every request that was sent has gone. */
export function wordCounts({ counts }: StressRun): string {
  const { sent, answered, refused, failed, inFlight } = counts;
  const parts = [
    `${formatCount(answered)} answered`,
    `${formatCount(refused)} refused`,
    `${formatCount(failed)} failed`,
  ];
  const open = inFlight > 0 ? `, ${formatCount(inFlight)} under way` : '';
  return `${formatCount(sent)} sent: ${parts.join(', ')}${open}.`;
}

/** Seconds since the first stage of a test began, as its last point has it. */
export function secondsOf(run: StressRun): number {
  return Math.max(run.history.at(-1)?.seconds ?? 0, (countedFromMs(run) + run.measuredMs) / 1000);
}

/** From when on a test was counted, in milliseconds since its first stage began: 0, or when it was last reset. */
function countedFromMs({ startedAt, begunAt = startedAt }: StressRun): number {
  return startedAt - begunAt;
}

/** The rows of the statistics, all together last. */
export function toStressRows(run: StressRun): readonly StressRow[] {
  const total = aggregate(run.entries);
  const last = Math.max(0, ...total.perSecond.keys());
  const start = Math.floor(run.startedAt / 1000);
  return [...sortEntries(run.entries), total].map((entry) => toStressRow(entry, last, start));
}

function toStressRow(entry: RequestEntry, last: number, start: number): StressRow {
  const { method, name, requests, failures, minMs = 0, maxMs, contentBytes } = entry;
  const fine = (share: number) => wordLatency(finePercentile(entry, share));
  return {
    method,
    name,
    requests,
    failures,
    median: entryMedian(entry),
    p95: entryPercentile(entry, 0.95),
    p99: entryPercentile(entry, 0.99),
    average: entryAverage(entry),
    min: minMs,
    max: maxMs,
    bytes: requests === 0 ? 0 : contentBytes / requests,
    rps: currentRate(entry.perSecond, last, start),
    failuresPerSecond: currentRate(entry.failuresPerSecond, last, start),
    fine: {
      median: fine(0.5),
      p95: fine(0.95),
      p99: fine(0.99),
      average: wordLatency(entryAverage(entry)),
      min: wordLatency(minMs),
      max: wordLatency(maxMs),
    },
  };
}

/** The rows of the stored tests. */
export function toRunRows(runs: readonly StressRun[]): readonly StressRunRow[] {
  return runs.map((run) => {
    const total = aggregate(run.entries);
    const { stages, model, target } = run.plan;
    const unit = model === 'open' ? 'requests a second' : 'users';
    return {
      id: run.id,
      name: runTitle(run),
      when: formatDate(run.startedAt),
      load: `${formatCount(mostUsers(stages))} ${unit}, ${formatClock(shapeDuration(stages) * 1000)}`,
      target: TARGET_WORDS[target],
      requests: formatCount(total.requests),
      rps: meanRate(run).toFixed(1),
      median: wordLatency(finePercentile(total, 0.5)),
      p95: wordLatency(finePercentile(total, 0.95)),
      p99: wordLatency(finePercentile(total, 0.99)),
      failures: `${(failureShare(total) * 100).toFixed(2)}%`,
      verdict: wordVerdict(run),
      isRunning: isUnderWay(run),
    };
  });
}

/** "Load test 3". */
export function runTitle({ id }: StressRun): string {
  return `Load test ${id}`;
}

/** True for a test that has not ended yet. */
export function isUnderWay(run: StressRun | undefined): boolean {
  return run?.status === 'spawning' || run?.status === 'running' || run?.status === 'stopping';
}

/** Answers a second over all of a test. */
export function meanRate({ entries, measuredMs }: StressRun): number {
  return measuredMs > 0 ? aggregate(entries).requests / (measuredMs / 1000) : 0;
}

function wordVerdict(run: StressRun): StressRunRow['verdict'] {
  if (isUnderWay(run)) return { words: 'Running', tone: 'running' };
  const broken = judgeRun(run, run.plan.criteria).filter(({ state }) => state === 'broken').length;
  if (run.status === 'cut off') return { words: 'Cut off', tone: 'notice' };
  return broken > 0 ? { words: `${broken} broken`, tone: 'wrong' } : { words: 'Passed', tone: 'passed' };
}
