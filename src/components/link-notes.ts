import { html } from 'lit';

/** What is said of a link that filled the form. */
export interface LinkNotes {
  /** What could not be taken, as sentences. */
  readonly problems: readonly string[];
}

/** Says that a link filled the form, and what of it could not be taken. */
export function renderLinkNotes({ problems }: LinkNotes, putAway: () => void) {
  return html`
    <div class="notes ${problems.length > 0 ? 'partial' : ''}" role="status">
      <p>A link filled in this form. Look it over, then start.</p>
      <ul ?hidden=${problems.length === 0}>
        ${problems.map(
          (problem) => html`
            <li>${problem}</li>
          `,
        )}
      </ul>
      <button type="button" class="quiet" @click=${putAway}>Put away</button>
    </div>
  `;
}
