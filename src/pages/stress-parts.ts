import { html, nothing } from '../i18n/lit';
import { formatCount, formatDate } from '../components/format';
import { LatencyHistogram } from '../domain/latency-stats';
import { aggregate, namePercentile, sortEntries, wordLatency, type StressRun } from '../domain/stress-run';
import { meanThinkMs, MOST_IN_FLIGHT, TASK_KINDS, TASKS, type StressPlan } from '../domain/stress-plan';
import { wordCounts } from './stress-words';

/** Percentiles for which what was measured stands beside what is corrected. */
const SHARES = [0.5, 0.95, 0.99, 0.999] as const;

/** Failures with their reasons. */
export function renderFailures(run: StressRun | undefined) {
  if (!run || run.errors.length === 0) {
    return html`
      <p class="hint">No failure.</p>
    `;
  }
  return renderTable(
    'Failures',
    ['# Failures', 'Method', 'Name', 'Message', 'First Seen', 'Last Seen'],
    sortEntries(run.errors).map(({ occurrences, method, name, error, firstSeen, lastSeen }) => [
      formatCount(occurrences),
      method,
      name,
      error,
      formatDate(firstSeen),
      formatDate(lastSeen),
    ]),
  );
}

/** Faults of the generator itself. */
export function renderExceptions(run: StressRun | undefined) {
  if (!run || run.exceptions.length === 0) {
    return html`
      <p class="hint">No exception: the load was made without a fault.</p>
    `;
  }
  return renderTable(
    'Exceptions',
    ['# occurrences', 'Message', 'Traceback'],
    run.exceptions.map(({ count, message, traceback }) => [formatCount(count), message, traceback]),
  );
}

/** How often which task is drawn. */
export function renderRatio({ weights }: StressPlan) {
  const total = TASK_KINDS.reduce((sum, kind) => sum + weights[kind], 0);
  return renderTable(
    'Current ratio',
    ['Ratio', 'Task', 'Name'],
    TASK_KINDS.filter((kind) => weights[kind] > 0).map((kind) => [
      `${((100 * weights[kind]) / total).toFixed(1)}%`,
      TASKS[kind].title,
      `${TASKS[kind].method} ${TASKS[kind].name}`,
    ]),
  );
}

function renderTable(label: string, head: readonly string[], rows: readonly (readonly string[])[]) {
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${`${label}, table`}>
      <table class="figures">
        <thead>
          <tr>
            ${head.map(
              (title) => html`
                <th scope="col">${title}</th>
              `,
            )}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) => html`
              <tr>
                ${row.map(
                  (cell) => html`
                    <td class=${cell.length > 40 ? 'wrap' : ''}>${cell}</td>
                  `,
                )}
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
  `;
}

/** How far the figures are the generator's own, and what a user who does not wait would have seen. */
export function renderHonesty(run: StressRun | undefined) {
  return html`
    <section class="plate" aria-label="How true the figures are">
      <h2>How true the figures are</h2>
      ${
        run
          ? html`
              <p>${wordCounts(run)}</p>
              <p>${wordGenerator(run)}</p>
              ${renderCorrection(run)}
            `
          : html`
              <p class="hint">
                The load is made in a worker of its own, which measures itself first. What it adds to the
                latency is said here.
              </p>
            `
      }
    </section>
  `;
}

function wordGenerator({ selfCheck, entries }: StressRun): string {
  const median = LatencyHistogram.fromSparse(aggregate(entries).fine).percentile(0.5);
  const { emptyMedianMs, lagP95Ms, lagMaxMs } = selfCheck;
  const share =
    median > 0 ? ` That is ${Math.min(100, (100 * emptyMedianMs) / median).toFixed(1)}% of the median.` : '';
  return `An empty request costs the generator ${wordLatency(emptyMedianMs)} ms.${share} Its timers were late by ${wordLatency(lagP95Ms)} ms (95%), ${wordLatency(lagMaxMs)} ms at most: latencies are too long by as much.`;
}

/**
 * Closed: a user who waits for a slow answer does not ask meanwhile, so that slow times are counted too seldom
 * (coordinated omission). Open: times count from when a request was due, and nothing needs correction.
 */
function renderCorrection({ plan, entries, missed }: StressRun) {
  if (plan.model === 'open') {
    return html`
      <p class="hint">
        Open model: every time counts from when the request was due, also where the generator itself was late.
        ${missed > 0 ? wordMissed(missed, plan.workers) : 'Nothing is left out.'}
      </p>
    `;
  }
  const measured = LatencyHistogram.fromSparse(aggregate(entries).fine);
  if (measured.total === 0) return nothing;
  const intervalMs = meanThinkMs(plan) + measured.percentile(0.5);
  const corrected = measured.correctedFor(intervalMs);
  return html`
    <p class="hint">
      Closed model: a user who waits does not ask, so slow moments are counted too seldom (coordinated
      omission). Corrected for a request every ${wordLatency(intervalMs)} ms of each user:
    </p>
    ${renderTable(
      'Corrected response times',
      ['Response time', ...SHARES.map(namePercentile)],
      [
        ['Measured (ms)', ...SHARES.map((share) => wordLatency(measured.percentile(share)))],
        ['Corrected (ms)', ...SHARES.map((share) => wordLatency(corrected.percentile(share)))],
      ],
    )}
  `;
}

function wordMissed(missed: number, workers: number): string {
  return `${formatCount(missed)} requests that were due were not sent, because ${formatCount(MOST_IN_FLIGHT * workers)} were under way or the test was stopped without waiting: no other figure counts them.`;
}
