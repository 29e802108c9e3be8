/** How charts look: lines as data, made into what Plotly takes. */

/** A point of a line. */
export interface ChartPoint {
  readonly x: number;
  readonly y: number;
}

/** A line of a chart. Colour, dash and marker travel together. */
export interface ChartSeries {
  readonly name: string;
  readonly slot: 1 | 2 | 3 | 4 | 5;
  readonly points: readonly ChartPoint[];
  /** Thin and pale: what lies behind the smooth line. */
  readonly isRaw?: boolean;
  /** A marker at each point. */
  readonly hasMarkers?: boolean;
}

/** The axes: what they span and how. */
export interface ChartAxis {
  readonly x: { readonly range: readonly [number, number] };
  readonly y: {
    readonly scale: 'linear' | 'log';
    /** Fixed ends, in the axis' own numbers; without them the data decide. */
    readonly range?: readonly [number, number];
    /** How ticks and values are written (d3-format). */
    readonly format?: string;
  };
}

type Colour = (token: string) => string;

const SLOTS = {
  1: { dash: 'solid', symbol: 'circle' },
  2: { dash: '7px,5px', symbol: 'square' },
  3: { dash: '2px,4.5px', symbol: 'diamond' },
  4: { dash: 'dashdot', symbol: 'triangle-up' },
  5: { dash: '14px,5px', symbol: 'cross' },
} as const;

/** Plotly's traces for some lines. */
export function chartTraces(series: readonly ChartSeries[], colour: Colour): object[] {
  return series.map(({ name, slot, points, isRaw, hasMarkers }) => ({
    type: 'scatter',
    mode: hasMarkers ? 'lines+markers' : 'lines',
    name,
    x: points.map(({ x }) => x),
    y: points.map(({ y }) => y),
    line: { color: colour(`--c${slot}`), width: isRaw ? 1 : 2, dash: SLOTS[slot].dash },
    marker: { color: colour(`--c${slot}`), size: 7, symbol: SLOTS[slot].symbol },
    opacity: isRaw ? 0.4 : 1,
    // The last marker lies on the edge of the plot; half of it would be cut off.
    cliponaxis: !hasMarkers,
    hoverinfo: isRaw ? 'skip' : undefined,
  }));
}

/** Plotly's layout: no legend, names at the ends of the lines, horizontal grid only. */
export function chartLayout(
  series: readonly ChartSeries[],
  { x, y }: ChartAxis,
  colour: Colour,
  font: string,
): object {
  const axis = {
    fixedrange: true,
    zeroline: false,
    linecolor: colour('--chart-axis'),
    tickfont: { color: colour('--ink-2'), size: 12, family: font },
  };
  return {
    autosize: true,
    showlegend: false,
    margin: { l: 46, r: 76, t: 8, b: 28 },
    paper_bgcolor: 'transparent',
    plot_bgcolor: 'transparent',
    hovermode: 'x unified',
    hoverlabel: {
      bgcolor: colour('--sheet'),
      bordercolor: colour('--rule'),
      font: { color: colour('--ink'), family: font },
    },
    xaxis: { ...axis, range: [...x.range], showgrid: false, showline: true, ticks: 'outside', nticks: 8 },
    yaxis: {
      ...axis,
      type: y.scale,
      gridcolor: colour('--chart-grid'),
      ...(y.range ? { range: y.range.map((end) => (y.scale === 'log' ? Math.log10(end) : end)) } : {}),
      ...(y.format ? { tickformat: y.format, hoverformat: y.format } : {}),
      ...(y.scale === 'log' ? { dtick: 'D2' } : {}),
    },
    annotations: endLabels(series, y.scale, colour, font),
  };
}

/** The lines' names at their ends, pushed apart where they would lie on each other. */
function endLabels(series: readonly ChartSeries[], scale: 'linear' | 'log', colour: Colour, font: string) {
  const ends = series
    .filter(({ isRaw, points }) => !isRaw && points.length > 0)
    .map(({ name, points }) => ({ name, ...points.at(-1)! }))
    .sort((a, b) => b.y - a.y);
  return ends.map(({ name, x, y }, index) => ({
    x,
    y: scale === 'log' ? Math.log10(y) : y,
    text: name,
    showarrow: false,
    xanchor: 'left',
    xshift: 8,
    yshift: ends.length > 1 ? (index === 0 ? 8 : -8) : 0,
    font: { color: colour('--ink'), size: 12, family: font },
  }));
}
