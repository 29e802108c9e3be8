/** A load test as a page of its own, with the sections of Locust's report. */
import { percentileOf, PERCENTILE_NAMES, PERCENTILES } from '../domain/latency-stats';
import { markup, Markup } from '../domain/markup';
import { drawReportChart, type ReportChart } from '../domain/report-chart';
import { REPORT_STYLES } from '../domain/report-styles';
import {
  aggregate,
  entryAverage,
  judgeRun,
  sortEntries,
  wordLatency,
  type HistoryEntry,
  type RequestEntry,
  type StressRun,
} from '../domain/stress-run';
import { TASK_KINDS, TASKS } from '../domain/stress-plan';

/** Points that a chart of the report has at most. */
const MOST_POINTS = 120;
const AT = { median: 0, p95: 5 } as const;

/** The report as HTML. Its policy allows no request and no script. */
export function writeStressReport(run: StressRun, appVersion: string): string {
  const all = [...sortEntries(run.entries), aggregate(run.entries)];
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Locust Test Report</title>
<style>${new Markup(REPORT_STYLES)}</style>
</head>
<body>
<h1>Locust Test Report</h1>
<p>Made by Inkling ${appVersion}, counted by Locust's rules.</p>
<dl><div><dt>During</dt><dd>${during(run)}</dd></div>
<div><dt>Target Host</dt><dd>${run.host}</dd></div>
<div><dt>Script</dt><dd>locustfile.py</dd></div></dl>
<h2>Request Statistics</h2>
${table(
  REQUEST_HEAD,
  all.map((entry) => requestCells(entry, run.measuredMs)),
)}
<h2>Response Time Statistics</h2>
${table(['Method', 'Name', ...TIME_NAMES.map((name) => `${name}ile (ms)`)], all.map(timeCells))}
<h2>Failures Statistics</h2>
${table(
  ['# Failures', 'Method', 'Name', 'Message'],
  sortEntries(run.errors).map(({ occurrences, method, name, error }) => [
    String(occurrences),
    method,
    name,
    error,
  ]),
)}
<h2>Exceptions Statistics</h2>
${table(
  ['# Occurrences', 'Traceback'],
  run.exceptions.map(({ count, message, traceback }) => [String(count), traceback || message]),
)}
<h2>Charts</h2>
<div class="charts">${chartsOf(run).map(drawReportChart)}</div>
<h2>Final ratio</h2>
${table(['Ratio', 'Task'], ratioRows(run))}
<h2>Success criteria</h2>
${table(
  ['Criterion', 'Measured', 'Verdict'],
  judgeRun(run, run.plan.criteria).map(({ title, value, state }) => [title, value, state]),
)}
<h2>How it was measured</h2>
${table(['What', 'Value'], methodRows(run))}
</body>
</html>
`.text;
}

const REQUEST_HEAD = [
  'Method',
  'Name',
  '# Requests',
  '# Fails',
  'Average (ms)',
  'Min (ms)',
  'Max (ms)',
  'Average size (bytes)',
  'RPS',
  'Failures/s',
];
const TIME_NAMES = ['50%', '66%', '75%', '80%', '90%', '95%', '98%', '99%', '100%'] as const;

function during({ startedAt, measuredMs }: StressRun): string {
  return `${wordTime(startedAt)} - ${wordTime(startedAt + measuredMs)}`;
}

function requestCells(entry: RequestEntry, measuredMs: number): readonly string[] {
  const { method, name, requests, failures, minMs, maxMs, contentBytes } = entry;
  const rate = (count: number) => (measuredMs > 0 ? count / (measuredMs / 1000) : 0).toFixed(2);
  return [
    method,
    name,
    String(requests),
    String(failures),
    wordLatency(entryAverage(entry)),
    wordLatency(minMs ?? 0),
    wordLatency(maxMs),
    (requests > 0 ? contentBytes / requests : 0).toFixed(1),
    rate(requests),
    rate(failures),
  ];
}

function timeCells({ method, name, times, requests }: RequestEntry): readonly string[] {
  const shown = TIME_NAMES.map((title) => PERCENTILES[PERCENTILE_NAMES.indexOf(title)]!);
  return [method, name, ...shown.map((share) => String(percentileOf(times, requests, share)))];
}

function chartsOf({ history }: StressRun): readonly ReportChart[] {
  const end = Math.max(1, Math.ceil(history.at(-1)?.seconds ?? 1));
  const every = Math.max(1, Math.ceil(history.length / MOST_POINTS));
  const shown = history.filter((_, at) => at % every === 0 || at === history.length - 1);
  const line = (name: string, style: 'training' | 'validation', value: (entry: HistoryEntry) => number) => ({
    name,
    style,
    points: shown.map(({ seconds, entries }) => ({ x: seconds, y: value(entries.at(-1)!) })),
  });
  const chart = (title: string, lines: ReportChart['lines']): ReportChart => ({
    title,
    lines,
    end,
    scale: 'linear',
    format: (value) => String(Number(value.toFixed(1))),
  });
  const users = shown.map(({ seconds, users }) => ({ x: seconds, y: users }));
  return [
    chart('Total Requests per Second', [
      line('RPS', 'training', ({ rps }) => rps),
      line('Failures/s', 'validation', ({ failuresPerSecond }) => failuresPerSecond),
    ]),
    chart('Response Times (ms)', [
      line('50%', 'training', ({ percentiles }) => percentiles[AT.median]!),
      line('95%', 'validation', ({ percentiles }) => percentiles[AT.p95]!),
    ]),
    chart('Number of Users', [{ name: 'Users', style: 'training', points: users }]),
  ];
}

function ratioRows({ plan }: StressRun): readonly (readonly string[])[] {
  const total = TASK_KINDS.reduce((sum, kind) => sum + plan.weights[kind], 0);
  return TASK_KINDS.filter((kind) => plan.weights[kind] > 0).map((kind) => [
    `${((100 * plan.weights[kind]) / total).toFixed(1)}%`,
    TASKS[kind].name,
  ]);
}

function methodRows({
  counts,
  selfCheck,
  missed,
  plan,
  environment,
}: StressRun): readonly (readonly string[])[] {
  return [
    [
      'Sent, answered, refused, failed',
      [counts.sent, counts.answered, counts.refused, counts.failed].join(', '),
    ],
    ['Under way when it was saved', String(counts.inFlight)],
    ['Model', plan.model],
    ['Requests of an open test that were due and not sent', String(missed)],
    ['An empty request within the generator', `${wordLatency(selfCheck.emptyMedianMs)} ms (median)`],
    [
      'Lag of the generator',
      `${wordLatency(selfCheck.lagP95Ms)} ms (95%), ${wordLatency(selfCheck.lagMaxMs)} ms at most`,
    ],
    ...environment.map(({ name, value }) => [name, value]),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): Markup {
  if (rows.length === 0) return markup`<p>None.</p>`;
  return markup`<div class="scroll"><table class="numbers">
<thead><tr>${head.map((name) => markup`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map((row) => markup`<tr>${row.map((cell) => markup`<td>${cell}</td>`)}</tr>`)}</tbody>
</table></div>`;
}

function wordTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
