import { html, nothing } from '../i18n/lit';
import type { Dataset } from '../domain/dataset';
import { warnOfSet, type DraftErrors } from '../domain/draft-errors';
import { addShare, changeShare, removeShare } from '../domain/draft-parts';
import { chooseDataset, MIXTURE, type RunDraft } from '../domain/run-draft';
import { MOST_PARTS } from '../domain/run-limits';
import { renderChoiceField, renderChoices, renderNumberField, type Choice } from './fields';
import { formatCount } from './format';

/** Where MNIST is, as far as it changes what the form says. */
export type MnistAvailability = 'stored' | 'offered' | 'absent';

/** What the fields of the data show, and whom they tell. */
export interface DataFields {
  readonly draft: RunDraft;
  readonly errors: DraftErrors;
  readonly mnist: MnistAvailability;
  readonly sets: readonly Dataset[];
  readonly locked: boolean;
  readonly isEpochsLocked: boolean;
  readonly change: (patch: Partial<RunDraft>) => void;
}

/** Which images a run learns from: one set, or several with their shares. */
export function renderDataFields(fields: DataFields) {
  const { draft, errors, sets, locked, change } = fields;
  return html`
    ${renderChoiceField({
      id: 'dataset',
      label: 'Data',
      choices: [...setChoices(fields), [MIXTURE, 'A mixture of several', setsThere(fields).length < 2]],
      chosen: draft.dataset,
      hint: wordDataset(fields),
      error: errors.dataset,
      disabled: locked,
      change: (dataset) => change(chooseDataset(offerMixture(fields), dataset, sets)),
    })}
    ${draft.dataset === MIXTURE ? renderMixture(fields) : nothing}
  `;
}

function setChoices({ mnist, sets }: DataFields): readonly Choice<string>[] {
  return [
    ['mnist', 'MNIST', mnist === 'absent'],
    ['generated', 'Generated digits'],
    ...sets.map(({ name, title }): Choice<string> => [name, title]),
  ];
}

/** The sets that can be had now. */
function setsThere(fields: DataFields): readonly string[] {
  return setChoices(fields).flatMap(([value, , isAbsent]) => (isAbsent ? [] : [value]));
}

/** The draft with a mixture that can be had: the one that was tried last, or the first two sets. */
function offerMixture(fields: DataFields): RunDraft {
  const { draft } = fields;
  const there = setsThere(fields);
  if (draft.mixture.every(({ set }) => there.includes(set))) return draft;
  return { ...draft, mixture: there.slice(0, 2).reduce<RunDraft['mixture']>(addShare, []) };
}

/** A set of one's own that a draft takes whole. */
export function ownSetOf({ draft, sets }: Pick<DataFields, 'draft' | 'sets'>): Dataset | undefined {
  return sets.find(({ name }) => name === draft.dataset);
}

function wordDataset(fields: DataFields): string {
  const { draft, mnist } = fields;
  const own = ownSetOf(fields);
  if (own) return warnOfSet(own) ?? 'A set of your own, on this device.';
  if (draft.dataset === MIXTURE) return 'Drawn from each set by the seed.';
  if (draft.dataset === 'generated') return 'Strokes written by a program, as many as you like.';
  if (mnist === 'stored') return '60,000 digits written by hand, on this device.';
  return '60,000 digits written by hand. 11 MB are fetched first, once.';
}

function renderMixture(fields: DataFields) {
  const { draft, locked, change } = fields;
  const { mixture } = draft;
  const choices = setChoices(fields);
  const unused = setsThere(fields).find((name) => !mixture.some(({ set }) => set === name));
  const isFull = unused === undefined || mixture.length >= MOST_PARTS;
  return html`
    <ul class="mixture" aria-label="Sets of the mixture">
      ${mixture.map((_, index) => renderShare(fields, index, choices))}
    </ul>
    <button
      type="button"
      class="quiet add"
      ?disabled=${locked || isFull}
      title=${isFull ? 'There is no other set to add.' : ''}
      @click=${() => change({ mixture: addShare(mixture, unused ?? '') })}
    >
      Add a set
    </button>
  `;
}

function renderShare(
  { draft: { mixture }, errors, locked, change }: DataFields,
  index: number,
  choices: readonly Choice<string>[],
) {
  const { set, share } = mixture[index]!;
  const place = index + 1;
  const replaceSet = (event: Event) => {
    const { value } = event.target as HTMLSelectElement;
    change({ mixture: mixture.map((part, at) => (at === index ? { ...part, set: value } : part)) });
  };
  return html`
    <li>
      <select aria-label=${`Set ${place}`} ?disabled=${locked} @change=${replaceSet}>
        ${renderChoices(choices, set)}
      </select>
      <input
        type="number"
        inputmode="numeric"
        aria-label=${`Share of set ${place}, in per cent`}
        aria-invalid=${errors.dataset ? 'true' : 'false'}
        aria-describedby="dataset-hint"
        .value=${Number.isNaN(share) ? '' : String(share)}
        ?disabled=${locked}
        @input=${(event: Event) =>
          change({ mixture: changeShare(mixture, index, (event.target as HTMLInputElement).valueAsNumber) })}
      />
      <span aria-hidden="true">%</span>
      <button
        type="button"
        class="quiet"
        aria-label=${`Take set ${place} out`}
        title="Take it out"
        ?disabled=${locked || mixture.length <= 2}
        @click=${() => change({ mixture: removeShare(mixture, index) })}
      >
        <ink-icon name="cross"></ink-icon>
      </button>
    </li>
  `;
}

/** How many images, and how often they are gone through. */
export function renderAmountFields(fields: DataFields) {
  const { draft, errors, locked, isEpochsLocked, change } = fields;
  return html`
    <div class="pair">
      ${renderNumberField({
        id: 'sampleCount',
        label: 'Images',
        value: draft.sampleCount,
        isWhole: true,
        hint: `${formatCount(draft.sampleCount / 12)} of them check`,
        error: errors.sampleCount,
        disabled: locked || ownSetOf(fields) !== undefined,
        change: (sampleCount) => change({ sampleCount }),
      })}
      ${renderNumberField({
        id: 'epochs',
        label: 'Epochs',
        term: 'epoch',
        value: draft.epochs,
        isWhole: true,
        hint: 'Times through all',
        error: errors.epochs,
        disabled: isEpochsLocked,
        change: (epochs) => change({ epochs }),
      })}
    </div>
  `;
}
