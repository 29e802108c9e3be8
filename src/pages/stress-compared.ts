import { html, nothing, type TemplateResult } from '../i18n/lit';
import type { ChartSlot } from '../components/chart-look';
import { renderSwatch } from '../components/chart-swatch';
import { formatClock, formatCount } from '../components/format';
import { mostUsers, shapeDuration } from '../domain/load-shape';
import { aggregate, failureShare, finePercentile, wordLatency, type StressRun } from '../domain/stress-run';
import { meanRate, runTitle, TARGET_WORDS } from './stress-words';

/** What one test has in a row, and by how much that differs from the first test's. */
interface ComparedCell {
  readonly value: string;
  readonly difference: string;
}

/** Something that was measured, or planned, of every test. */
export interface ComparedRow {
  readonly title: string;
  readonly cells: readonly ComparedCell[];
}

/** The ticked tests side by side; the first is what the others are held against. `failures` is their chart. */
export function renderCompared(compared: ReadonlyMap<StressRun, ChartSlot>, failures: TemplateResult) {
  if (compared.size === 0) return nothing;
  const runs = [...compared.keys()];
  return html`
    <div class="grid compared">
      <section class="plate" aria-label="Compared">
        <header>
          <div>
            <h2>Compared</h2>
            <p class="hint">${wordCompared(runs)}</p>
          </div>
        </header>
        <div class="scroll" tabindex="0" role="region" aria-label="Compared tests, table">
          <table class="figures">
            <thead>
              <tr>
                <td></td>
                ${[...compared].map(
                  ([run, slot]) => html`
                    <th scope="col">${renderSwatch(slot)} ${runTitle(run)}</th>
                  `,
                )}
              </tr>
            </thead>
            <tbody>${compareRuns(runs).map(renderRow)}</tbody>
          </table>
        </div>
      </section>
      ${failures}
    </div>
  `;
}

function wordCompared([first, ...others]: readonly StressRun[]): string {
  return others.length === 0
    ? 'Tick another test to see by how much they differ.'
    : `By how much each differs from ${runTitle(first!)}. Each is one test: small differences can be chance.`;
}

function renderRow({ title, cells }: ComparedRow) {
  return html`
    <tr>
      <th scope="row" class="name">${title}</th>
      ${cells.map(
        ({ value, difference }) => html`
          <td>
            ${value}
            <span class="hint difference" ?hidden=${difference === ''}>${difference}</span>
          </td>
        `,
      )}
    </tr>
  `;
}

/** What was asked of tests and what was measured; differences are from the first of them. */
export function compareRuns(runs: readonly StressRun[]): readonly ComparedRow[] {
  const totals = new Map(runs.map((run) => [run, aggregate(run.entries)]));
  const words = (title: string, wordOf: (run: StressRun) => string): ComparedRow => ({
    title,
    cells: runs.map((run) => ({ value: wordOf(run), difference: '' })),
  });
  const figures = (title: string, valueOf: (run: StressRun) => number, wordOf: (value: number) => string) => {
    const values = runs.map(valueOf);
    const cells = values.map((value, at) => ({
      value: wordOf(value),
      difference: at === 0 ? '' : wordDifference(value, values[0]!),
    }));
    return { title, cells };
  };
  const latency = (title: string, share: number) =>
    figures(`${title} (ms)`, (run) => finePercentile(totals.get(run)!, share), wordLatency);
  const failed = runs.map((run) => failureShare(totals.get(run)!) * 100);
  return [
    words('Host', ({ plan }) => TARGET_WORDS[plan.target]),
    words('Load', ({ plan: { stages, model } }) =>
      wordLoad(model === 'open', mostUsers(stages), shapeDuration(stages)),
    ),
    figures('# Requests', (run) => totals.get(run)!.requests, formatCount),
    figures('RPS', meanRate, (value) => value.toFixed(1)),
    latency('50%', 0.5),
    latency('95%', 0.95),
    latency('99%', 0.99),
    {
      title: 'Failures',
      cells: failed.map((value, at) => ({
        value: `${value.toFixed(2)}%`,
        difference: at === 0 ? '' : wordPoints(value - failed[0]!),
      })),
    },
  ];
}

function wordLoad(isOpen: boolean, most: number, seconds: number): string {
  return `${formatCount(most)} ${isOpen ? 'requests a second' : 'users'}, ${formatClock(seconds * 1000)}`;
}

/** "+12%", "−3.4%", from ten times on "×12"; nothing where there is nothing to be held against. */
function wordDifference(value: number, base: number): string {
  if (base === 0) return '';
  if (value >= 10 * base) return `×${formatCount(Math.round(value / base))}`;
  const percent = (100 * (value - base)) / base;
  const digits = Math.abs(percent) < 10 ? 1 : 0;
  return `${signed(percent, digits)}%`;
}

function wordPoints(points: number): string {
  return `${signed(points, 2)} points`;
}

function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return '±0';
  return value < 0 ? `−${text}` : `+${text}`;
}
