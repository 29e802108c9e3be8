import { html, type TemplateResult } from '../i18n/lit';

/** What the marks of a halftone mean: a filled square for, a hollow circle against. */
export function renderMarkKey(meaningFor: string, meaningAgainst: string): TemplateResult {
  return html`
    <p class="key">
      <span>
        <svg viewBox="0 0 12 12" aria-hidden="true"><rect x="1" y="1" width="10" height="10"></rect></svg>
        ${meaningFor}
      </span>
      <span>
        <svg viewBox="0 0 12 12" aria-hidden="true"><circle cx="6" cy="6" r="4.5"></circle></svg>
        ${meaningAgainst}
      </span>
    </p>
  `;
}
