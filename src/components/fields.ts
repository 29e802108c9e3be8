import { html, nothing, type TemplateResult } from '../i18n/lit';
import type { TermId } from '../domain/glossary';
import './term-hint';

/** What every field has: a name, a line below, and the error that takes its place. */
interface FieldBase {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly disabled?: boolean;
  /** A word of the label that is explained beside it. */
  readonly term?: TermId;
}

/** A field for a number. */
export interface NumberField extends FieldBase {
  readonly value: number;
  /** Only whole numbers make sense. */
  readonly isWhole?: boolean;
  readonly change: (value: number) => void;
}

/** A choice of a field: its value, what it says, and whether it cannot be had now. */
export type Choice<Value extends string> = readonly [value: Value, title: string, isAbsent?: boolean];

/** A field for one of several things. */
export interface ChoiceField<Value extends string> extends FieldBase {
  readonly choices: readonly Choice<Value>[];
  readonly chosen: Value;
  readonly change: (value: Value) => void;
}

/** Renders a field for a number. What is no number is told as NaN. */
export function renderNumberField(field: NumberField): TemplateResult {
  const { id, value, isWhole = false, error, disabled = false, change } = field;
  return html`
    <div class="field">
      ${renderLabel(field)}
      <input
        id=${id}
        type="number"
        inputmode=${isWhole ? 'numeric' : 'decimal'}
        step=${isWhole ? '1' : 'any'}
        .value=${toText(value)}
        ?disabled=${disabled}
        aria-invalid=${error ? 'true' : 'false'}
        aria-describedby=${`${id}-hint`}
        @input=${(event: Event) => change((event.target as HTMLInputElement).valueAsNumber)}
      />
      ${renderHint(field)}
    </div>
  `;
}

/** A field that somebody has just emptied stays empty. */
function toText(value: number): string {
  return Number.isNaN(value) ? '' : String(value);
}

/** Renders a field for one of several things. */
export function renderChoiceField<Value extends string>(field: ChoiceField<Value>): TemplateResult {
  const { id, error, disabled = false, change } = field;
  return html`
    <div class="field">
      ${renderLabel(field)}
      <select
        id=${id}
        ?disabled=${disabled}
        aria-invalid=${error ? 'true' : 'false'}
        aria-describedby=${`${id}-hint`}
        @change=${(event: Event) => change((event.target as HTMLSelectElement).value as Value)}
      >
        ${renderChoices(field.choices, field.chosen)}
      </select>
      ${renderHint(field)}
    </div>
  `;
}

/** The options of a select. */
export function renderChoices<Value extends string>(choices: readonly Choice<Value>[], chosen: Value) {
  return choices.map(
    ([value, title, isAbsent = false]) => html`
      <option value=${value} .selected=${value === chosen} ?disabled=${isAbsent}>${title}</option>
    `,
  );
}

/** The explanation stands beside the label, not in it: it is no part of the field's name. */
function renderLabel({ id, label, term }: FieldBase) {
  if (!term) {
    return html`
      <label for=${id}>${label}</label>
    `;
  }
  return html`
    <span class="label">
      <label for=${id}>${label}</label>
      <term-hint .term=${term}></term-hint>
    </span>
  `;
}

/** The line below a field. It is there without words, too: what describes the field keeps its place. */
function renderHint({ id, hint, error }: FieldBase) {
  return html`
    <span id=${`${id}-hint`} class=${error ? 'field-error' : 'hint'}>${error ?? hint ?? nothing}</span>
  `;
}
