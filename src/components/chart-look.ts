/** What all charts have in common: colours and type from the theme, no legend, nothing that animates. */

/** The theme, as a chart sees it. */
export interface ChartLook {
  /** The colour that a token names, such as `--ink`. */
  colour(token: string): string;
  readonly font: string;
  /** The font of headings and digits. */
  readonly bookFont: string;
  /** Of the whole chart, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** What Plotly takes: traces and a layout. */
export interface ChartDrawing {
  readonly data: readonly object[];
  readonly layout: object;
}

/** Dash and marker of each colour: the three always travel together. */
export const SLOTS = {
  1: { dash: 'solid', symbol: 'circle', pattern: '' },
  2: { dash: '7px,5px', symbol: 'square', pattern: '/' },
  3: { dash: '2px,4.5px', symbol: 'diamond', pattern: '.' },
  4: { dash: 'dashdot', symbol: 'triangle-up', pattern: 'x' },
  5: { dash: '14px,5px', symbol: 'cross', pattern: '-' },
} as const;

/** One of the five colours of charts. */
export type ChartSlot = keyof typeof SLOTS;

/** Text of 12 pixels, or of the size of headings. */
export function chartFont({ colour, font, bookFont }: ChartLook, kind: 'text' | 'tick' | 'digit'): object {
  if (kind === 'digit') return { color: colour('--ink'), size: 17, family: bookFont };
  return { color: colour(kind === 'text' ? '--ink' : '--ink-2'), size: 12, family: font };
}

/** An axis that nobody can move. */
export function chartAxis(look: ChartLook): object {
  return {
    fixedrange: true,
    zeroline: false,
    linecolor: look.colour('--chart-axis'),
    tickfont: chartFont(look, 'tick'),
  };
}

/** The ground of a layout. */
export function chartGround(look: ChartLook): object {
  return {
    autosize: true,
    showlegend: false,
    paper_bgcolor: 'transparent',
    plot_bgcolor: 'transparent',
    hoverlabel: {
      bgcolor: look.colour('--sheet'),
      bordercolor: look.colour('--rule'),
      font: { color: look.colour('--ink'), family: look.font },
    },
  };
}
