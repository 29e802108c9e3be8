/** Curves as SVG, drawn by ourselves: a report holds nothing that has to run. */
import { markup, type Markup } from './markup';
import { spreadOut } from './spread-out';

/** A line of a chart: `style` is a class of the report's style sheet. */
export interface ReportLine {
  readonly name: string;
  readonly style: 'training' | 'validation';
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** A chart with a title that is read aloud. */
export interface ReportChart {
  readonly title: string;
  readonly lines: readonly ReportLine[];
  /** The last x of the axis; the first is 0. */
  readonly end: number;
  readonly scale: 'linear' | 'log';
  /** The ends of the axis; without them the lines decide. What lies beyond is left out. */
  readonly range?: readonly [number, number];
  readonly format: (y: number) => string;
}

const WIDTH = 560;
const HEIGHT = 260;
const PLOT = { left: 52, right: WIDTH - 84, top: 10, bottom: HEIGHT - 26 };
const TICKS = 5;
const NAME_HEIGHT = 15;

/** Draws a chart. Without any point it is empty. */
export function drawReportChart(chart: ReportChart): Markup {
  const lines = chart.lines.map((line) => ({ ...line, points: line.points.filter(isWithin(chart)) }));
  const values = lines.flatMap(({ points }) => points.map(({ y }) => y));
  if (values.length === 0) return markup`<p>No epoch has ended.</p>`;
  const toScale = (y: number) => (chart.scale === 'log' ? Math.log10(Math.max(1e-6, y)) : y);
  const [low, high] = chart.range?.map(toScale) ?? spread(values.map(toScale));
  const place = ({ x, y }: { x: number; y: number }) => ({
    x: PLOT.left + (x / chart.end) * (PLOT.right - PLOT.left),
    y: PLOT.bottom - ((toScale(y) - low!) / (high! - low!)) * (PLOT.bottom - PLOT.top),
  });
  return markup`<figure><figcaption>${chart.title}</figcaption><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${chart.title}">
${drawGrid(chart, low!, high!)}${lines.map((line) => drawLine(line, place))}${drawNames(lines, place)}</svg></figure>`;
}

function isWithin({ range }: ReportChart): (point: { readonly y: number }) => boolean {
  const [low, high] = range ?? [-Infinity, Infinity];
  return ({ y }) => Number.isFinite(y) && y >= low && y <= high;
}

/** The ends of the axis, with a little room; never the same. */
function spread(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || Math.abs(high) || 1) * 0.05;
  return [low - room, high + room];
}

function drawGrid({ end, scale, format }: ReportChart, low: number, high: number): Markup {
  const rows = Array.from({ length: TICKS }, (_, tick) => {
    const share = tick / (TICKS - 1);
    const y = round(PLOT.bottom - share * (PLOT.bottom - PLOT.top));
    const value = low + share * (high - low);
    const text = format(scale === 'log' ? 10 ** value : value);
    return markup`<path class="grid" d="M${PLOT.left} ${y}H${PLOT.right}"/><text x="${PLOT.left - 8}" y="${y + 4}" class="end">${text}</text>`;
  });
  const step = Math.max(1, Math.ceil(end / 8));
  const columns = Array.from({ length: Math.floor(end / step) + 1 }, (_, at) => {
    const x = round(PLOT.left + ((at * step) / end) * (PLOT.right - PLOT.left));
    return markup`<text x="${x}" y="${HEIGHT - 8}" class="middle">${at * step}</text>`;
  });
  return markup`${rows}${columns}`;
}

type Place = (point: { readonly x: number; readonly y: number }) => {
  readonly x: number;
  readonly y: number;
};

function drawLine({ style, points }: ReportLine, place: Place): Markup {
  if (points.length === 0) return markup``;
  const places = points.map(place);
  const path = places.map(({ x, y }) => `${round(x)} ${round(y)}`).join('L');
  const marks = style === 'validation' ? places.map(drawMark) : [];
  return markup`<path class="${style}" d="M${path}"/>${marks}`;
}

/** The names at the ends of the lines, apart where the lines end together. */
function drawNames(lines: readonly ReportLine[], place: Place): readonly Markup[] {
  const ends = lines
    .filter(({ points }) => points.length > 0)
    .map(({ name, points }) => ({ name, ...place(points.at(-1)!) }))
    .sort((a, b) => a.y - b.y);
  const heights = spreadOut(
    ends.map(({ y }) => y),
    NAME_HEIGHT,
  );
  return ends.map(
    ({ name, x }, at) => markup`<text x="${round(x) + 8}" y="${round(heights[at]!) + 4}">${name}</text>`,
  );
}

function drawMark({ x, y }: { x: number; y: number }): Markup {
  return markup`<rect class="mark" x="${round(x - 3)}" y="${round(y - 3)}" width="6" height="6"/>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
