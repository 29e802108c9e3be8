/** The CSV files of Locust, byte for byte: its columns, its order, and numbers as Python writes them. */
import { percentileOf, PERCENTILE_NAMES, PERCENTILES } from '../domain/latency-stats';
import {
  aggregate,
  AGGREGATED,
  entryAverage,
  entryMedian,
  sortEntries,
  type ExceptionEntry,
  type FailureEntry,
  type HistoryPoint,
  type RequestEntry,
  type StressRun,
} from '../domain/stress-run';
import { pythonFloat } from './python-number';

const REQUESTS_HEAD = [
  'Type',
  'Name',
  'Request Count',
  'Failure Count',
  'Median Response Time',
  'Average Response Time',
  'Min Response Time',
  'Max Response Time',
  'Average Content Size',
  'Requests/s',
  'Failures/s',
  ...PERCENTILE_NAMES,
];
const HISTORY_HEAD = [
  'Timestamp',
  'User Count',
  'Type',
  'Name',
  'Requests/s',
  'Failures/s',
  ...PERCENTILE_NAMES,
  'Total Request Count',
  'Total Failure Count',
  'Total Median Response Time',
  'Total Average Response Time',
  'Total Min Response Time',
  'Total Max Response Time',
  'Total Average Content Size',
];
const FAILURES_HEAD = ['Method', 'Name', 'Error', 'Occurrences', 'First Seen', 'Last Seen'];
const EXCEPTIONS_HEAD = ['Count', 'Message', 'Traceback', 'Nodes'];

/** requests.csv: a row for each kind of request, then all together. */
export function requestsCsv({ entries, measuredMs }: Pick<StressRun, 'entries' | 'measuredMs'>): string {
  const rows = [...sortEntries(entries), aggregate(entries)];
  return toRows([REQUESTS_HEAD, ...rows.map((entry) => requestsRow(entry, measuredMs / 1000))]);
}

function requestsRow(entry: RequestEntry, seconds: number): readonly string[] {
  const { method, name, requests, failures, minMs, maxMs, contentBytes } = entry;
  const rate = (count: number) => pythonFloat(seconds > 0 ? count / seconds : 0);
  return [
    method,
    name,
    String(requests),
    String(failures),
    medianText(entryMedian(entry), requests),
    pythonFloat(entryAverage(entry)),
    timeText(minMs ?? 0),
    timeText(maxMs),
    requests === 0 ? '0' : pythonFloat(contentBytes / requests),
    rate(requests),
    rate(failures),
    ...PERCENTILES.map((share) =>
      requests === 0 ? 'N/A' : String(Math.trunc(percentileOf(entry.times, requests, share))),
    ),
  ];
}

/** Locust rounds to an int below 100 ms, and to a float from there on; what it clamps is a float. */
function medianText(median: number, requests: number): string {
  return requests === 0 || (median < 100 && Number.isInteger(median)) ? String(median) : pythonFloat(median);
}

/** Nothing yet is an int; what was measured is a float. */
function timeText(milliseconds: number): string {
  return milliseconds === 0 ? '0' : pythonFloat(milliseconds);
}

/** stats_history.csv with a row for each kind of request at each moment (Locust's --csv-full-history). */
export function historyCsv(history: readonly HistoryPoint[]): string {
  return toRows([HISTORY_HEAD, ...history.flatMap(historyRows)]);
}

function historyRows({ at, users, entries }: HistoryPoint): readonly (readonly string[])[] {
  return entries.map((entry) => [
    String(Math.floor(at / 1000)),
    String(users),
    entry.name === AGGREGATED ? '' : entry.method,
    entry.name,
    entry.rps.toFixed(6),
    entry.failuresPerSecond.toFixed(6),
    ...entry.percentiles.map((time) => (entry.requests === 0 ? 'N/A' : String(Math.trunc(time)))),
    String(entry.requests),
    String(entry.failures),
    medianText(entry.medianMs, entry.requests),
    pythonFloat(entry.averageMs),
    timeText(entry.minMs),
    timeText(entry.maxMs),
    entry.requests === 0 ? '0' : pythonFloat(entry.averageBytes),
  ]);
}

/** failures.csv. */
export function failuresCsv(errors: readonly FailureEntry[]): string {
  const rows = sortEntries(errors).map((one) => [
    one.method,
    one.name,
    one.error,
    String(one.occurrences),
    toUtc(one.firstSeen),
    toUtc(one.lastSeen),
  ]);
  return toRows([FAILURES_HEAD, ...rows]);
}

/** exceptions.csv. */
export function exceptionsCsv(exceptions: readonly ExceptionEntry[]): string {
  const rows = exceptions.map(({ count, message, traceback, nodes }) => [
    String(count),
    message,
    traceback,
    nodes.join(', '),
  ]);
  return toRows([EXCEPTIONS_HEAD, ...rows]);
}

/** 2026-11-25T19:05:12Z. */
function toUtc(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** As Python's csv.writer: quotes only where they are needed, CR LF at each end. */
function toRows(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
