import { html, nothing } from '../i18n/lit';
import type { DraftErrors } from '../domain/draft-errors';
import type { ModelVersionId } from '../domain/ids';
import { freshSets, newStart, type Replay, type RunDraft, type StartDraft } from '../domain/run-draft';
import { renderChoiceField, renderNumberField, type Choice } from './fields';
import type { ModelOption } from './model-picker';

/** What the fields of a run's beginning show, and whom they tell. */
export interface StartFields {
  readonly draft: RunDraft;
  readonly errors: DraftErrors;
  readonly models: readonly ModelOption[];
  readonly isMnistAbsent: boolean;
  readonly locked: boolean;
  readonly change: (patch: Partial<RunDraft>) => void;
}

/** The value of the choice to go on from no model. */
const SCRATCH = 'scratch';

/** From random weights, or from a model; then also how many old images are mixed in. */
export function renderStartFields(fields: StartFields) {
  const { draft, errors, models, isMnistAbsent, locked, change } = fields;
  const { startFrom } = draft;
  const chosen = startFrom ? String(startFrom.versionId) : SCRATCH;
  const options = models.map(({ id, label }): Choice<string> => [String(id), label]);
  const isGone = startFrom !== undefined && !models.some(({ id }) => id === startFrom.versionId);
  const choose = (value: string) =>
    change({
      startFrom:
        value === SCRATCH
          ? undefined
          : { ...(startFrom ?? newStart(draft, isMnistAbsent)), versionId: Number(value) as ModelVersionId },
    });
  return html`
    ${renderChoiceField({
      id: 'startFrom',
      label: 'Start from',
      choices: [
        [SCRATCH, 'Scratch: random weights'],
        ...options,
        ...(isGone ? [[chosen, 'A model that is gone', true] as const] : []),
      ],
      chosen,
      hint: startFrom
        ? 'The model learns on, with its own network. A lower learning rate keeps more of what it knows.'
        : 'Nothing is known before.',
      error: errors.startFrom,
      disabled: locked,
      change: choose,
    })}
    ${startFrom ? renderReplay(fields, startFrom) : nothing}
  `;
}

function renderReplay({ draft, errors, isMnistAbsent, locked, change }: StartFields, startFrom: StartDraft) {
  const fresh = freshSets(draft);
  const patch = (next: Partial<StartDraft>) => change({ startFrom: { ...startFrom, ...next } });
  return html`
    <div class="pair">
      ${renderChoiceField<Replay>({
        id: 'replay',
        label: 'Old images',
        choices: [
          ['none', 'None'],
          ['mnist', 'MNIST', isMnistAbsent || fresh.includes('mnist')],
          ['generated', 'Generated', fresh.includes('generated')],
        ],
        chosen: startFrom.replay,
        hint: 'Mixed in, so that it does not forget',
        error: errors.replay,
        disabled: locked,
        change: (replay) => patch({ replay }),
      })}
      ${
        startFrom.replay === 'none'
          ? nothing
          : renderNumberField({
              id: 'replayShare',
              label: 'Their share, %',
              value: startFrom.replayShare,
              isWhole: true,
              hint: 'Of all images',
              error: errors.replayShare,
              disabled: locked,
              change: (replayShare) => patch({ replayShare }),
            })
      }
    </div>
  `;
}
