/** How charts look: what they show as data, made into what Plotly takes. One file for each kind. */
import { drawBars, type BarChart } from './chart-bars';
import { drawColumns, type ColumnChart } from './chart-columns';
import { drawImages, type ImageChart } from './chart-images';
import { drawLines, type LineChart } from './chart-lines';
import type { ChartDrawing, ChartLook } from './chart-look';
import { drawMap, type MapChart } from './chart-map';

export type { ChartAxis, ChartPoint, ChartSeries } from './chart-lines';
export type { ChartSlot } from './chart-look';

/** Whatever can be drawn. */
export type Chart = LineChart | ColumnChart | BarChart | ImageChart | MapChart;

/** A chart as Plotly takes it. */
export function drawChart(chart: Chart, look: ChartLook): ChartDrawing {
  switch (chart.kind) {
    case 'lines':
      return drawLines(chart, look);
    case 'columns':
      return drawColumns(chart, look);
    case 'bars':
      return drawBars(chart, look);
    case 'images':
      return drawImages(chart, look);
    case 'map':
      return drawMap(chart, look);
  }
}
