import { IMAGE_PIXELS, IMAGE_SIDE } from '../domain/sample';
import { chartFont, chartGround, type ChartDrawing, type ChartLook } from './chart-look';

/** Small images side by side, each on a sheet of its own with its name below. */
export interface ImageChart {
  readonly kind: 'images';
  readonly images: readonly { readonly name: string; readonly ink: ArrayLike<number> }[];
  /** How many lie side by side. */
  readonly columns: number;
  /** Size of the whole, in pixels. */
  readonly width: number;
}

const GAP = 8;
const CAPTION = 22;

/** How high images of these columns and this width become, in pixels. */
export function imagesHeight({ images, columns, width }: Omit<ImageChart, 'kind'>): number {
  const rows = Math.ceil(images.length / columns);
  return rows * (tileWidth(width, columns) + CAPTION + GAP) - GAP;
}

/** Images as Plotly takes them: smooth ink, as dark as the darkest place of all of them. */
export function drawImages(chart: ImageChart, look: ChartLook): ChartDrawing {
  const places = chart.images.map((_, index) => placeOf(chart, index));
  const darkest = Math.max(...chart.images.map(({ ink }) => Math.max(...Array.from(ink))), Number.MIN_VALUE);
  return {
    data: chart.images.map(({ ink }, index) => imageTrace(ink, index, darkest, look)),
    layout: {
      ...chartGround(look),
      width: chart.width,
      height: imagesHeight(chart),
      // The line of the last edge is half outside.
      margin: { l: 0, r: 1, t: 0, b: 1 },
      hovermode: false,
      ...Object.assign({}, ...places.map((place, index) => axesFor(place, index))),
      shapes: places.flatMap((place) => frames(place, look)),
      annotations: chart.images.map(({ name }, index) => caption(name, places[index]!, look)),
    },
  };
}

/** Where a tile lies, in shares of the whole from the lower left corner, as Plotly counts. */
interface Place {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  /** Between the image and its name. */
  readonly fold: number;
  readonly bottom: number;
}

function tileWidth(width: number, columns: number): number {
  return (width - GAP * (columns - 1)) / columns;
}

function placeOf(chart: ImageChart, index: number): Place {
  const { columns, width } = chart;
  const height = imagesHeight(chart);
  const side = tileWidth(width, columns);
  const left = (index % columns) * (side + GAP);
  const top = Math.floor(index / columns) * (side + CAPTION + GAP);
  const fromBelow = (y: number) => Math.min(1, Math.max(0, 1 - y / height));
  return {
    left: left / width,
    right: Math.min(1, (left + side) / width),
    top: fromBelow(top),
    fold: fromBelow(top + side),
    bottom: fromBelow(top + side + CAPTION),
  };
}

const axisName = (letter: 'x' | 'y', index: number) => `${letter}${index === 0 ? '' : index + 1}`;

function axesFor({ left, right, top, fold }: Place, index: number): object {
  const [x, y] = [axisName('x', index), axisName('y', index)];
  const bare = { visible: false, fixedrange: true };
  // Half a pixel on each side belongs to the outermost ones.
  const ends = [-0.5, IMAGE_SIDE - 0.5];
  return {
    [x.replace('x', 'xaxis')]: { ...bare, domain: [left, right], range: ends, anchor: y },
    [y.replace('y', 'yaxis')]: { ...bare, domain: [fold, top], range: ends.toReversed(), anchor: x },
  };
}

function imageTrace(ink: ArrayLike<number>, index: number, darkest: number, look: ChartLook): object {
  return {
    type: 'heatmap',
    z: rowsOf(ink),
    xaxis: axisName('x', index),
    yaxis: axisName('y', index),
    zmin: 0,
    zmax: darkest,
    zsmooth: 'best',
    showscale: false,
    colorscale: [
      [0, look.colour('--sheet')],
      [1, look.colour('--ink')],
    ],
  };
}

function rowsOf(ink: ArrayLike<number>): readonly (readonly number[])[] {
  const flat = Array.from({ length: IMAGE_PIXELS }, (_, at) => ink[at] ?? 0);
  return Array.from({ length: IMAGE_SIDE }, (_, row) => flat.slice(row * IMAGE_SIDE, (row + 1) * IMAGE_SIDE));
}

/** The edge of a sheet and the fold above the name. */
function frames({ left, right, top, fold, bottom }: Place, look: ChartLook): readonly object[] {
  const line = { color: look.colour('--rule'), width: 1 };
  const onPaper = { xref: 'paper', yref: 'paper', layer: 'above', line };
  return [
    { ...onPaper, type: 'rect', x0: left, x1: right, y0: bottom, y1: top },
    { ...onPaper, type: 'line', x0: left, x1: right, y0: fold, y1: fold },
  ];
}

function caption(text: string, { left, right, fold, bottom }: Place, look: ChartLook): object {
  return {
    xref: 'paper',
    yref: 'paper',
    x: (left + right) / 2,
    y: (fold + bottom) / 2,
    xanchor: 'center',
    yanchor: 'middle',
    text,
    showarrow: false,
    font: { ...chartFont(look, 'text'), weight: 600 },
  };
}
