/** Parts of Evaluate that only show what was found. */
import { html } from 'lit';
import '../components/confusion-matrix';
import '../components/estimate-figure';
import '../components/pair-table';
import '../components/read-images';
import '../components/report-card';
import type { Pair } from '../domain/confusion-matrix';
import type { Evaluation } from '../domain/evaluation';
import { versionName } from '../domain/ids';
import type { Estimate } from '../domain/intervals';
import type { DoneEvaluation } from '../services/evaluation-service';
import { evaluationFacts } from './evaluation-words';

const FIGURES: readonly { readonly title: string; readonly of: (evaluation: Evaluation) => Estimate }[] = [
  { title: 'Accuracy', of: ({ accuracy }) => accuracy },
  { title: 'Precision, macro', of: ({ macro }) => macro.precision },
  { title: 'Recall, macro', of: ({ macro }) => macro.recall },
  { title: 'F1, macro', of: ({ macro }) => macro.f1 },
];

/** The four figures, on lines that span the same. */
export function renderFigures(evaluation: Evaluation, rival: DoneEvaluation | undefined, isStale: boolean) {
  const other = rival?.examined.evaluation;
  const all = FIGURES.flatMap(({ of }) => [of(evaluation), ...(other ? [of(other)] : [])]);
  const span = {
    low: Math.min(...all.map(({ low }) => low)),
    high: Math.max(...all.map(({ high }) => high)),
  };
  return html`
    <div class="figures-row">
      ${FIGURES.map(
        ({ title, of }) => html`
          <estimate-figure
            heading=${title}
            .estimate=${of(evaluation)}
            .rival=${other ? of(other) : undefined}
            rivalName=${rival ? versionName(rival.versionId) : ''}
            .span=${span}
            ?stale=${isStale}
          ></estimate-figure>
        `,
      )}
    </div>
  `;
}

/** What is told beside them. */
export function renderFacts(evaluation: Evaluation) {
  return html`
    <dl class="facts figures">
      ${evaluationFacts(evaluation).map(
        ({ name, value, hint }) => html`
          <div>
            <dt>${name}</dt>
            <dd>${value}</dd>
            <dd class="hint">${hint}</dd>
          </div>
        `,
      )}
    </dl>
  `;
}

/** The matrix; `open` is told the cell that was chosen. */
export function renderMatrix(evaluation: Evaluation, opened: Pair | undefined, open: (pair: Pair) => void) {
  return html`
    <confusion-matrix
      .matrix=${evaluation.matrix}
      .opened=${opened}
      @open=${(event: CustomEvent<Pair>) => open(event.detail)}
    ></confusion-matrix>
  `;
}

/** The report; `copy` is told what goes to the clipboard. */
export function renderReport({ report, classes }: Evaluation, copy: (text: string) => void) {
  return html`
    <report-card
      .report=${report}
      .classes=${classes}
      @copytext=${(event: CustomEvent<string>) => copy(event.detail)}
    ></report-card>
  `;
}
