import type { StressRun } from '../domain/stress-run';

/** What a test can be saved as. */
export type StressFile =
  'requests.csv' | 'stats_history.csv' | 'failures.csv' | 'exceptions.csv' | 'report.html' | 'locustfile.py';

/** Writes a file of a test; a scenario that was not run yet has its locustfile only. */
export async function writeStressFile(
  run: Pick<StressRun, 'plan' | 'host'> | StressRun,
  file: StressFile,
  appVersion: string,
): Promise<{ readonly name: string; readonly content: Blob }> {
  if (file === 'locustfile.py') {
    const { writeLocustfile } = await import('../stress/locustfile');
    return { name: file, content: new Blob([writeLocustfile(run.plan)], { type: 'text/x-python' }) };
  }
  const whole = run as StressRun;
  const name = fileName(whole, file);
  if (file === 'report.html') {
    const { writeStressReport } = await import('../stress/stress-report');
    return { name, content: new Blob([writeStressReport(whole, appVersion)], { type: 'text/html' }) };
  }
  return { name, content: new Blob([await writeCsv(whole, file)], { type: 'text/csv' }) };
}

async function writeCsv(run: StressRun, file: StressFile): Promise<string> {
  const csv = await import('../stress/locust-csv');
  switch (file) {
    case 'stats_history.csv':
      return csv.historyCsv(run.history);
    case 'failures.csv':
      return csv.failuresCsv(run.errors);
    case 'exceptions.csv':
      return csv.exceptionsCsv(run.exceptions);
    default:
      return csv.requestsCsv(run);
  }
}

/** As Locust names its downloads: Locust_2026-11-25-19h05_locustfile.py_127.0.0.1_requests.csv. */
function fileName({ startedAt, host }: StressRun, file: StressFile): string {
  const iso = new Date(startedAt).toISOString();
  const time = `${iso.slice(0, 10)}-${iso.slice(11, 13)}h${iso.slice(14, 16)}`;
  return `Locust_${time}_locustfile.py_${new URL(host).hostname}_${file}`;
}
