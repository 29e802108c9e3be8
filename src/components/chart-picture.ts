/** Screen pixels of a picture for each of the chart: sharp on paper, too. */
const SCALE = 2;

/**
 * A drawn chart as a picture, on the given ground. Plotly has a way of its own, which Trusted Types refuse: it
 * goes through HTML.
 */
export async function pictureOf(root: HTMLElement, format: 'svg' | 'png', ground: string): Promise<Blob> {
  const { clientWidth: width, clientHeight: height } = root;
  // Plotly lays the plot and its labels over each other, as drawings of the same size.
  const layers = [...root.querySelectorAll('svg.main-svg')].map((layer) =>
    new XMLSerializer().serializeToString(layer),
  );
  const text = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="100%" height="100%" fill="${ground}"/>`,
    ...layers,
    '</svg>',
  ].join('\n');
  const drawing = new Blob([text], { type: 'image/svg+xml' });
  return format === 'svg' ? drawing : toPng(drawing, width, height);
}

/** A drawing of this size, SVG, as PNG. */
export async function toPng(drawing: Blob, width: number, height: number): Promise<Blob> {
  const url = URL.createObjectURL(drawing);
  try {
    const image = Object.assign(new Image(), { src: url });
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), {
      width: SCALE * width,
      height: SCALE * height,
    });
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new RangeError('The picture is too large'))));
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
