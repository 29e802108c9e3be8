import { chartAxis, chartFont, chartGround, SLOTS, type ChartDrawing, type ChartLook } from './chart-look';
import type { ChartAxis, ChartSeries } from './chart-lines';

/** Standing columns side by side, one of each series at each x. */
export interface ColumnChart {
  readonly kind: 'columns';
  readonly series: readonly ChartSeries[];
  readonly axis: ChartAxis;
}

/** Room around the plot, in pixels. */
const MARGIN = { l: 52, r: 12, t: 8, b: 28 };
/** What a tick and its number take of the width, in pixels, and each letter of the unit behind it. */
const TICK = { number: 36, letter: 8 };

/** As many ticks as have room for their numbers: where there are more, Plotly turns them on their side. */
function ticksOn(width: number, suffix = ''): number {
  return Math.max(2, Math.floor(width / (TICK.number + TICK.letter * suffix.length)));
}

/** Columns as Plotly takes them; hatched, so that a series is told without its colour. */
export function drawColumns({ series, axis }: ColumnChart, look: ChartLook): ChartDrawing {
  // One series is what the heading says.
  const hasKey = series.length > 1;
  return {
    data: series.map((one) => columnTrace(one, look)),
    layout: {
      ...chartGround(look),
      margin: { ...MARGIN, b: hasKey ? 56 : MARGIN.b },
      barmode: 'group',
      bargap: 0.15,
      hovermode: 'x unified',
      showlegend: hasKey,
      legend: {
        orientation: 'h',
        x: 0,
        y: -0.16,
        yanchor: 'top',
        font: chartFont(look, 'text'),
        itemclick: false,
        itemdoubleclick: false,
      },
      xaxis: {
        ...chartAxis(look),
        range: [...axis.x.range],
        showgrid: false,
        showline: true,
        ticks: 'outside',
        nticks: ticksOn(look.width - MARGIN.l - MARGIN.r, axis.x.suffix),
        tickangle: 0,
        ticksuffix: axis.x.suffix ?? '',
      },
      yaxis: {
        ...chartAxis(look),
        type: axis.y.scale,
        gridcolor: look.colour('--chart-grid'),
        ...(axis.y.range
          ? { range: axis.y.range.map((end) => (axis.y.scale === 'log' ? Math.log10(end) : end)) }
          : {}),
        ...(axis.y.format ? { tickformat: axis.y.format, hoverformat: axis.y.format } : {}),
        ...(axis.y.scale === 'log' ? { dtick: 1 } : {}),
      },
    },
  };
}

function columnTrace({ name, slot, points }: ChartSeries, look: ChartLook): object {
  const color = look.colour(`--c${slot}`);
  return {
    type: 'bar',
    name,
    x: points.map(({ x }) => x),
    y: points.map(({ y }) => y),
    marker: {
      color,
      pattern: {
        shape: SLOTS[slot].pattern,
        bgcolor: color,
        fgcolor: look.colour('--sheet'),
        size: 6,
        solidity: 0.25,
      },
    },
  };
}
