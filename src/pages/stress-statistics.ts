import { html } from '../i18n/lit';
import { renderSegments } from '../components/segments';
import '../components/stress-table';
import type { StressPlan } from '../domain/stress-plan';
import type { StressRun } from '../domain/stress-run';
import type { StressFile } from '../services/stress-files';
import { renderExceptions, renderFailures, renderRatio } from './stress-parts';
import { toStressRows } from './stress-words';

/** Which of Locust's tables is shown. */
export type StatisticsView = 'statistics' | 'failures' | 'exceptions' | 'ratio';

/** What the tables are made from. */
interface StatisticsShown {
  readonly run: StressRun | undefined;
  /** The plan that is followed, or will be. */
  readonly plan: StressPlan;
  readonly view: StatisticsView;
}

/** What a person can do with the tables. */
interface StatisticsActs {
  readonly show: (view: StatisticsView) => void;
  readonly save: (file: StressFile) => void;
}

const FILES: readonly StressFile[] = [
  'requests.csv',
  'stats_history.csv',
  'failures.csv',
  'exceptions.csv',
  'report.html',
];

/** Locust's tables, and its files to be saved. */
export function renderStatistics(shown: StatisticsShown, { show, save }: StatisticsActs) {
  const { run, plan, view } = shown;
  const failures = run && run.errors.length > 0 ? `Failures ${run.errors.length}` : 'Failures';
  const views = [
    { view: 'statistics', label: 'Statistics' },
    { view: 'failures', label: failures },
    { view: 'exceptions', label: 'Exceptions' },
    { view: 'ratio', label: 'Current ratio' },
  ] as const;
  const isAway = (run?.plan ?? plan).target === 'host';
  return html`
    <section class="plate" aria-label="Statistics">
      <header>
        <div>
          <h2>Statistics</h2>
          <p class="hint">
            ${isAway ? 'Requests go over the network.' : 'All requests are answered on this device. Nothing is sent over the network.'}
          </p>
        </div>
        ${renderSegments<StatisticsView>('Show', views, view, show)}
      </header>
      ${renderView(shown)}
      <div class="tools downloads" role="group" aria-label="Download data" ?hidden=${!run}>
        ${FILES.map(
          (file) => html`
            <button class="quiet" @click=${() => save(file)}>${file}</button>
          `,
        )}
      </div>
    </section>
  `;
}

function renderView({ run, plan, view }: StatisticsShown) {
  switch (view) {
    case 'failures':
      return renderFailures(run);
    case 'exceptions':
      return renderExceptions(run);
    case 'ratio':
      return renderRatio(plan);
    case 'statistics':
      return run
        ? html`
            <stress-table .rows=${toStressRows(run)}></stress-table>
          `
        : html`
            <p class="hint">Rows appear with the first answers.</p>
          `;
  }
}
