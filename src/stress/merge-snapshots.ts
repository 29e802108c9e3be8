import {
  mergeEntries,
  type ExceptionEntry,
  type FailureEntry,
  type RequestEntry,
  type SelfCheck,
} from '../domain/stress-run';
import type { LoadSnapshot } from '../protocol/load-protocol';

/** What several workers have counted, as if one had. Throws a RangeError without any. */
export function mergeSnapshots(all: readonly LoadSnapshot[]): LoadSnapshot {
  const [first] = all;
  if (!first) throw new RangeError('There is nothing to merge');
  if (all.length === 1) return first;
  const sum = (value: (one: LoadSnapshot) => number) => all.reduce((total, one) => total + value(one), 0);
  const answers = all.flatMap(({ lastAnswerAt }) => (lastAnswerAt === undefined ? [] : [lastAnswerAt]));
  return {
    phase: all.find(({ phase }) => phase === 'spawning')?.phase ?? first.phase,
    users: sum(({ users }) => users),
    counts: {
      sent: sum(({ counts }) => counts.sent),
      answered: sum(({ counts }) => counts.answered),
      refused: sum(({ counts }) => counts.refused),
      failed: sum(({ counts }) => counts.failed),
      inFlight: sum(({ counts }) => counts.inFlight),
    },
    entries: mergeAllEntries(all.flatMap(({ entries }) => entries)),
    errors: mergeErrors(all.flatMap(({ errors }) => errors)),
    exceptions: mergeExceptions(all.flatMap(({ exceptions }) => exceptions)),
    selfCheck: worstOf(all.map(({ selfCheck }) => selfCheck)),
    missed: sum(({ missed }) => missed),
    begunAt: Math.min(...all.map(({ begunAt }) => begunAt)),
    startedAt: Math.min(...all.map(({ startedAt }) => startedAt)),
    lastAnswerAt: answers.length > 0 ? Math.max(...answers) : undefined,
  };
}

function mergeAllEntries(entries: readonly RequestEntry[]): readonly RequestEntry[] {
  return [...groupBy(entries, ({ method, name }) => `${method} ${name}`).values()].map((group) =>
    mergeEntries(group, group[0]!.method, group[0]!.name),
  );
}

function mergeErrors(errors: readonly FailureEntry[]): readonly FailureEntry[] {
  const groups = groupBy(errors, ({ method, name, error }) => `${method} ${name} ${error}`);
  return [...groups.values()].map((group) => ({
    ...group[0]!,
    occurrences: group.reduce((total, { occurrences }) => total + occurrences, 0),
    firstSeen: Math.min(...group.map(({ firstSeen }) => firstSeen)),
    lastSeen: Math.max(...group.map(({ lastSeen }) => lastSeen)),
  }));
}

function mergeExceptions(exceptions: readonly ExceptionEntry[]): readonly ExceptionEntry[] {
  return [...groupBy(exceptions, ({ message }) => message).values()].map((group) => ({
    ...group[0]!,
    count: group.reduce((total, { count }) => total + count, 0),
    nodes: [...new Set(group.flatMap(({ nodes }) => nodes))],
  }));
}

function worstOf(checks: readonly SelfCheck[]): SelfCheck {
  const most = (key: keyof SelfCheck) => Math.max(...checks.map((check) => check[key]));
  return {
    emptyMedianMs: most('emptyMedianMs'),
    emptyP95Ms: most('emptyP95Ms'),
    lagMedianMs: most('lagMedianMs'),
    lagP95Ms: most('lagP95Ms'),
    lagMaxMs: most('lagMaxMs'),
  };
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
