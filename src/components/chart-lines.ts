import { spreadOut } from '../domain/spread-out';
import {
  chartAxis,
  chartFont,
  chartGround,
  SLOTS,
  type ChartDrawing,
  type ChartLook,
  type ChartSlot,
} from './chart-look';

/** A point of a line. */
export interface ChartPoint {
  readonly x: number;
  readonly y: number;
}

/** A line of a chart. Colour, dash and marker travel together. */
export interface ChartSeries {
  readonly name: string;
  readonly slot: ChartSlot;
  readonly points: readonly ChartPoint[];
  /** Thin and pale: what lies behind the smooth line. */
  readonly isRaw?: boolean;
  /** A marker at each point. */
  readonly hasMarkers?: boolean;
}

/** The axes: what they span and how. */
export interface ChartAxis {
  readonly x: {
    readonly range: readonly [number, number];
    /** The unit, behind each tick. */
    readonly suffix?: string;
  };
  readonly y: {
    readonly scale: 'linear' | 'log';
    /** Fixed ends, in the axis' own numbers; without them the data decide. */
    readonly range?: readonly [number, number];
    /** How ticks and values are written (d3-format). */
    readonly format?: string;
  };
}

/** Room around the plot, in pixels: at its right for the names of the lines. */
const MARGIN = { l: 52, r: 76, t: 16, b: 28 };
/** What a tick and its number take of the width, in pixels, and how many ticks there are at most and at least. */
const TICKS = { width: 44, most: 8, least: 3 };
/** What a line's name takes of the height, in pixels. */
const LABEL_HEIGHT = 16;

/** Lines over a common x axis, their names at their ends. */
export interface LineChart {
  readonly kind: 'lines';
  readonly series: readonly ChartSeries[];
  readonly axis: ChartAxis;
}

/** Lines as Plotly takes them: no legend, names at the ends of the lines, horizontal grid only. */
export function drawLines({ series, axis }: LineChart, look: ChartLook): ChartDrawing {
  return { data: series.map((line) => lineTrace(line, look)), layout: lineLayout(series, axis, look) };
}

function lineTrace({ name, slot, points, isRaw, hasMarkers }: ChartSeries, { colour }: ChartLook): object {
  return {
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
  };
}

function lineLayout(series: readonly ChartSeries[], { x, y }: ChartAxis, look: ChartLook): object {
  const axis = chartAxis(look);
  return {
    ...chartGround(look),
    margin: MARGIN,
    hovermode: 'x unified',
    xaxis: {
      ...axis,
      range: [...x.range],
      showgrid: false,
      showline: true,
      ticks: 'outside',
      nticks: ticksOn(look.width - MARGIN.l - MARGIN.r),
      tickangle: 0,
      ticksuffix: x.suffix ?? '',
    },
    yaxis: {
      ...axis,
      type: y.scale,
      gridcolor: look.colour('--chart-grid'),
      ...(y.range ? { range: y.range.map((end) => (y.scale === 'log' ? Math.log10(end) : end)) } : {}),
      ...(y.format ? { tickformat: y.format, hoverformat: y.format } : {}),
      ...(y.scale === 'log' ? { dtick: 'D2' } : {}),
    },
    annotations: endLabels(series, { x, y }, look),
  };
}

/** As many ticks as have room for their numbers: where there are more, Plotly turns them on their side. */
function ticksOn(width: number): number {
  return Math.min(TICKS.most, Math.max(TICKS.least, Math.floor(width / TICKS.width)));
}

/** The lines' names at their ends, pushed apart where they would lie on each other. */
function endLabels(series: readonly ChartSeries[], { y: axis }: ChartAxis, look: ChartLook): object[] {
  const scaled = (y: number) => (axis.scale === 'log' ? Math.log10(y) : y);
  const ends = series
    .filter(({ isRaw, points }) => !isRaw && points.length > 0)
    .map(({ name, points }) => ({ name, x: points.at(-1)!.x, y: scaled(points.at(-1)!.y) }))
    .sort((a, b) => a.y - b.y);
  const [low, high] = axis.range?.map(scaled) ?? [ends[0]?.y ?? 0, ends.at(-1)?.y ?? 1];
  const pixelsPerUnit = (look.height - MARGIN.t - MARGIN.b) / (high! - low! || 1);
  const heights = ends.map(({ y }) => y * pixelsPerUnit);
  const spread = spreadOut(heights, LABEL_HEIGHT);
  return ends.map(({ name, x, y }, at) => ({
    x,
    y,
    text: name,
    showarrow: false,
    xanchor: 'left',
    xshift: 8,
    yshift: spread[at]! - heights[at]!,
    // Where a line ends before the plot does, its name is not struck through by the axis.
    bgcolor: look.colour('--sheet'),
    font: chartFont(look, 'text'),
  }));
}
