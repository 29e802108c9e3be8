import { html } from '../i18n/lit';

/** What is said of a link that filled the form. */
export interface LinkNotes {
  /** What could not be taken, as sentences. */
  readonly problems: readonly string[];
  /** What a teacher called it, where the link is a lesson. */
  readonly lesson?: string;
}

/** Says that a link filled the form, and what of it could not be taken. */
export function renderLinkNotes({ problems, lesson }: LinkNotes, putAway: () => void) {
  return html`
    <div class="notes ${problems.length > 0 ? 'partial' : ''}" role="status">
      ${lesson === undefined ? renderFilled() : renderLesson(lesson)}
      <ul ?hidden=${problems.length === 0}>
        ${problems.map(
          (problem) => html`
            <li>${problem}</li>
          `,
        )}
      </ul>
      <button type="button" class="quiet" @click=${putAway}>
        ${lesson === undefined ? 'Put away' : 'Unlock'}
      </button>
    </div>
  `;
}

function renderFilled() {
  return html`
    <p>A link filled in this form. Look it over, then start.</p>
  `;
}

function renderLesson(lesson: string) {
  return html`
    <p>
      Lesson:
      <strong><bdi translate="no">${lesson}</bdi></strong>
    </p>
    <p>Set up by your teacher. What is grey stays as it is.</p>
  `;
}
