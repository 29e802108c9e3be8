import { html, type TemplateResult } from '../i18n/lit';
import type { ComparedSetting } from '../domain/compare-runs';

/** A setting as a row of a table: its value in each column, marked where they differ. */
export function renderSetting({ name, values, differs }: ComparedSetting): TemplateResult {
  return html`
    <tr class=${differs ? 'differs' : ''}>
      <th scope="row">
        ${name}
        <span class="visually-hidden" ?hidden=${!differs}>, differs</span>
      </th>
      ${values.map(
        (value) => html`
          <td><bdi>${value}</bdi></td>
        `,
      )}
    </tr>
  `;
}
