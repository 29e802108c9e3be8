import { chartAxis, chartFont, chartGround, SLOTS, type ChartDrawing, type ChartLook } from './chart-look';
import type { ChartAxis, ChartSeries } from './chart-lines';

/** Standing columns side by side, one of each series at each x. */
export interface ColumnChart {
  readonly kind: 'columns';
  readonly series: readonly ChartSeries[];
  readonly axis: ChartAxis;
}

/** Columns as Plotly takes them; hatched, so that a series is told without its colour. */
export function drawColumns({ series, axis }: ColumnChart, look: ChartLook): ChartDrawing {
  return {
    data: series.map((one) => columnTrace(one, look)),
    layout: {
      ...chartGround(look),
      margin: { l: 52, r: 12, t: 8, b: 56 },
      barmode: 'group',
      bargap: 0.15,
      hovermode: 'x unified',
      showlegend: true,
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
