import { chartAxis, chartFont, chartGround, SLOTS, type ChartDrawing, type ChartLook } from './chart-look';
import type { ChartSlot } from './chart-look';

/** One part of every bar. */
export interface BarSeries {
  readonly name: string;
  readonly slot: ChartSlot;
  /** One for each category. */
  readonly values: readonly number[];
}

/** Lying bars, one for each category, made of one part or several; the sum stands at the right. */
export interface BarChart {
  readonly kind: 'bars';
  readonly categories: readonly string[];
  readonly series: readonly BarSeries[];
  /** How a sum is written. */
  readonly format: (value: number) => string;
}

/** What each bar adds up to. */
export function barTotals({
  categories,
  series,
}: Pick<BarChart, 'categories' | 'series'>): readonly number[] {
  return categories.map((_, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));
}

/** Bars as Plotly takes them: on a track as long as the longest, no axis, sums at the right. */
export function drawBars(chart: BarChart, look: ChartLook): ChartDrawing {
  const totals = barTotals(chart);
  const longest = Math.max(1, ...totals);
  const rest = totals.map((total) => longest - total);
  return {
    data: [...chart.series.map((part) => barTrace(part, chart, look)), trackTrace(rest, chart, look)],
    layout: barLayout(chart, totals, longest, look),
  };
}

function barTrace({ name, slot, values }: BarSeries, { categories }: BarChart, look: ChartLook): object {
  const { pattern } = SLOTS[slot];
  const color = look.colour(`--c${slot}`);
  return {
    type: 'bar',
    orientation: 'h',
    name,
    x: [...values],
    y: [...categories],
    marker: {
      color,
      pattern: { shape: pattern, bgcolor: color, fgcolor: look.colour('--sheet'), size: 6, solidity: 0.25 },
    },
    hovertemplate: `%{x:,}<extra>${name}</extra>`,
  };
}

/** What is left of the track. */
function trackTrace(rest: readonly number[], { categories }: BarChart, look: ChartLook): object {
  const marker = { color: look.colour('--sunk') };
  return {
    type: 'bar',
    orientation: 'h',
    x: [...rest],
    y: [...categories],
    marker,
    hoverinfo: 'skip',
    showlegend: false,
  };
}

function barLayout(
  { categories, series, format }: BarChart,
  totals: readonly number[],
  longest: number,
  look: ChartLook,
): object {
  return {
    ...chartGround(look),
    barmode: 'stack',
    bargap: 0.5,
    hovermode: 'closest',
    margin: { l: 26, r: 56, t: 0, b: series.length > 1 ? 34 : 0 },
    showlegend: series.length > 1,
    legend: {
      orientation: 'h',
      traceorder: 'normal',
      x: 0,
      y: 0,
      yanchor: 'top',
      font: chartFont(look, 'text'),
      itemclick: false,
      itemdoubleclick: false,
    },
    xaxis: { ...chartAxis(look), range: [0, longest], visible: false },
    yaxis: {
      ...chartAxis(look),
      type: 'category',
      range: [categories.length - 0.5, -0.5],
      showgrid: false,
      showline: false,
      tickfont: chartFont(look, 'digit'),
      ticks: '',
      ticklabelstandoff: 6,
    },
    annotations: totals.map((total, at) => ({
      xref: 'paper',
      x: 1,
      y: categories[at],
      xshift: 56,
      xanchor: 'right',
      text: format(total),
      showarrow: false,
      font: chartFont(look, 'tick'),
    })),
  };
}
