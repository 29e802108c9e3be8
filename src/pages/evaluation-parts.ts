/** Parts of Evaluate that only show what was found. */
import { html } from '../i18n/lit';
import '../components/estimate-figure';
import '../components/work-line';
import { notesOnImages } from '../domain/evaluated-notes';
import type { Evaluation, Examined } from '../domain/evaluation';
import { versionName } from '../domain/ids';
import type { Estimate } from '../domain/intervals';
import type { DoneEvaluation } from '../services/evaluation-service';
import { evaluationFacts } from './evaluation-words';
import type { ProgressWords } from './run-words';

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

/** What is under way, how far it is, and a way to call it off. */
export function renderWork({ statement, rest, share }: ProgressWords, cancel: () => void) {
  return html`
    <section class="plate work" aria-label="Progress">
      <work-line .statement=${statement} .rest=${rest} .share=${share} @cancel=${cancel}></work-line>
    </section>
  `;
}

/** What stands there before the first test. */
export function renderNothing(hasOwnModel: boolean) {
  return html`
    <section class="plate" aria-label="Nothing tested yet">
      <h2>Nothing tested yet</h2>
      <p>
        ${hasOwnModel ? '' : 'Nothing was trained here yet, but the model that came with Inkling can be tested.'}
        Testing takes a few seconds.
      </p>
      <p ?hidden=${hasOwnModel}><a href="#/train">Train a model of your own</a></p>
    </section>
  `;
}

/** What has to be known to read the figures rightly. */
export function renderNotes({ statistics, preprocess }: Examined) {
  const counts = statistics.classes.map(({ count }) => count);
  return notesOnImages(counts, preprocess).map(
    (note) => html`
      <p class="plate note" role="note">${note}</p>
    `,
  );
}
