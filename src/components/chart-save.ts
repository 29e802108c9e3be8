import { css, html } from '../i18n/lit';
import type { ChartFile } from './chart-file';
import type { PlotlyChart } from './plotly-chart';

/** What a chart can be saved as: its numbers, or its picture. */
export type ChartFormat = 'csv' | 'svg' | 'png';

/** The buttons below a chart that save it. */
export const chartSaveStyles = css`
  .save {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--s-2);
    /* The words stand under the chart's edge, not the buttons' invisible borders. */
    margin-block: 0 -8px;
    margin-inline: calc(-1px - var(--s-2));
  }
  @media (max-width: 360px) {
    .save {
      gap: 0;
      margin-inline: -6px;
    }
    .save button.quiet {
      padding: 0 5px;
    }
  }
`;

/** Renders the buttons: its numbers always, and its picture while it is drawn. */
export function renderChartSave(heading: string, isDrawn: boolean, save: (format: ChartFormat) => void) {
  const formats: readonly ChartFormat[] = isDrawn ? ['csv', 'svg', 'png'] : ['csv'];
  return html`
    <div class="save" role="group" aria-label=${`Save ${heading.toLowerCase()} as`}>
      ${formats.map(
        (format) => html`
          <button class="quiet" @click=${() => save(format)}>Save ${format.toUpperCase()}</button>
        `,
      )}
    </div>
  `;
}

/** What a card has to hand over. */
export interface ChartFiles {
  readonly toNumbers: () => string;
  /** Without it the picture is that of the chart which is drawn in the card. */
  readonly toPicture?: (format: 'svg' | 'png') => Promise<Blob>;
}

/** Tells `save` with a ChartFile, out of a card. Nothing is told where a picture is asked for and none is drawn. */
export async function tellChartSave(
  card: Element,
  fileName: string,
  format: ChartFormat,
  { toNumbers, toPicture }: ChartFiles,
): Promise<void> {
  const chart = card.shadowRoot?.querySelector<PlotlyChart>('plotly-chart');
  const picture = (kind: 'svg' | 'png') => toPicture?.(kind) ?? chart?.toPicture(kind);
  const content = format === 'csv' ? new Blob([toNumbers()], { type: 'text/csv' }) : await picture(format);
  if (!content) return;
  const detail: ChartFile = { name: `${fileName}.${format}`, content };
  card.dispatchEvent(new CustomEvent('save', { detail, bubbles: true, composed: true }));
}
