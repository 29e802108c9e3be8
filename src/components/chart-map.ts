import {
  chartFont,
  chartGround,
  SLOTS,
  type ChartDrawing,
  type ChartLook,
  type ChartSlot,
} from './chart-look';

/** A point of a map. */
export interface MapPoint {
  readonly x: number;
  readonly y: number;
  /** Which group it belongs to: 0 … 9. */
  readonly group: number;
}

/** Points on a plane, coloured and shaped by their group, whose name stands in its middle. */
export interface MapChart {
  readonly kind: 'map';
  readonly points: readonly MapPoint[];
  /** How a group is called. */
  readonly nameOf: (group: number) => string;
}

/** Free on each side of the points, in pixels. */
export const MAP_MARGIN = 8;

/** The corners of a map, in its own numbers. */
export interface MapBounds {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** What a map spans: all points, and a little more. */
export function mapBounds(points: readonly MapPoint[]): MapBounds {
  const span = (values: readonly number[]): readonly [number, number] => {
    const low = values.reduce((least, value) => Math.min(least, value), Infinity);
    const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
    const room = (high - low) * 0.02 || 1;
    return values.length === 0 ? [0, 1] : [low - room, high + room];
  };
  return { x: span(points.map(({ x }) => x)), y: span(points.map(({ y }) => y)) };
}

/** The colour and the shape of a group: five colours, filled for 0 to 4 and hollow for 5 to 9. */
export function mapMark(group: number): { readonly slot: ChartSlot; readonly symbol: string } {
  const slot = ((group % 5) + 1) as ChartSlot;
  return { slot, symbol: `${SLOTS[slot].symbol}${group < 5 ? '' : '-open'}` };
}

/** Points as Plotly takes them: no axes, for what they measure has no name. */
export function drawMap({ points, nameOf }: MapChart, look: ChartLook): ChartDrawing {
  const bounds = mapBounds(points);
  const groups = [...new Set(points.map(({ group }) => group))].sort((a, b) => a - b);
  const bare = { visible: false, fixedrange: true };
  const margin = { l: MAP_MARGIN, r: MAP_MARGIN, t: MAP_MARGIN, b: MAP_MARGIN };
  return {
    data: groups.map((group) => groupTrace(points, group, look)),
    layout: {
      ...chartGround(look),
      margin,
      hovermode: 'closest',
      hoverdistance: 12,
      dragmode: false,
      xaxis: { ...bare, range: [...bounds.x] },
      yaxis: { ...bare, range: [...bounds.y] },
      annotations: groups.map((group) => groupLabel(points, group, nameOf(group), look)),
    },
  };
}

function groupTrace(points: readonly MapPoint[], group: number, { colour }: ChartLook): object {
  const indices = [...points.keys()].filter((index) => points[index]!.group === group);
  const { slot, symbol } = mapMark(group);
  const color = colour(`--c${slot}`);
  return {
    type: 'scatter',
    mode: 'markers',
    x: indices.map((index) => points[index]!.x),
    y: indices.map((index) => points[index]!.y),
    customdata: indices,
    marker: { color, size: 5, symbol, opacity: 1, line: { width: 1, color } },
    // Of the group, not of each marker: thousands of layers would slow down the whole page.
    opacity: 0.8,
    // The digit itself is shown beside the map; the event comes nevertheless.
    hoverinfo: 'none',
  };
}

/** The name of a group on a scrap of sheet, in the middle of its points. */
function groupLabel(points: readonly MapPoint[], group: number, text: string, look: ChartLook): object {
  const members = points.filter((point) => point.group === group);
  const middle = (of: (point: MapPoint) => number) => {
    const sorted = members.map(of).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)];
  };
  return {
    x: middle(({ x }) => x),
    y: middle(({ y }) => y),
    text,
    showarrow: false,
    bgcolor: look.colour('--sheet'),
    bordercolor: look.colour(`--c${mapMark(group).slot}`),
    borderpad: 2,
    opacity: 0.92,
    font: chartFont(look, 'digit'),
  };
}
