import { expect } from 'chai';
import '../../src/components/class-bars';
import '../../src/components/class-images';
import '../../src/components/data-map';
import type { DataMap } from '../../src/components/data-map';
import { mapMark } from '../../src/components/chart-map';
import { placeOnMap, pointAfterKey } from '../../src/components/map-steps';
import { sampleStatistics } from '../../src/domain/class-statistics';
import { generateDigits } from '../../src/domain/generated-digits';
import { imageAt } from '../../src/domain/sample';

async function mount<Name extends 'class-bars' | 'class-images' | 'data-map'>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]>,
): Promise<HTMLElementTagNameMap[Name]> {
  const element = Object.assign(document.createElement(name), properties);
  document.body.append(element);
  await element.updateComplete;
  return element;
}

afterEach(() => document.body.replaceChildren());

const textOf = (element: Element) => element.textContent!.replace(/\s+/g, ' ').trim();

const COUNTS = [12, 20, 12, 13, 14, 5, 16, 17, 18, 19];

describe('how many of each', () => {
  it('is said in a sentence, and drawn as a bar for each digit on its track', async () => {
    const bars = await mount('class-bars', { series: [{ name: 'Images', slot: 1, values: COUNTS }] });
    const chart = bars.renderRoot.querySelector('plotly-chart')!;
    await chart.drawn;
    expect(textOf(bars.renderRoot.querySelector('.hint')!)).to.equal('Fewest: 5 with 5. Most: 1 with 20.');
    expect(chart.summary).to.contain('Fewest: 5 with 5.');
    expect(chart.renderRoot.querySelectorAll('.barlayer .trace')).to.have.length(2);
    const sums = [...chart.renderRoot.querySelectorAll('.annotation-text')].map(textOf);
    expect(sums).to.deep.equal(COUNTS.map(String));
    expect(chart.renderRoot.querySelector('.legend')).to.equal(null);
  });

  it('has parts with a legend, and a table that adds them up', async () => {
    const series = [
      { name: 'Training', slot: 1, values: COUNTS },
      { name: 'Validation', slot: 2, values: COUNTS.map(() => 1000) },
    ] as const;
    const bars = await mount('class-bars', { series });
    const chart = bars.renderRoot.querySelector('plotly-chart')!;
    await chart.drawn;
    expect([...chart.renderRoot.querySelectorAll('.legendtext')].map(textOf)).to.deep.equal([
      'Training',
      'Validation',
    ]);
    bars.renderRoot.querySelectorAll<HTMLElement>('.segments button')[1]!.click();
    await bars.updateComplete;
    const rows = [...bars.renderRoot.querySelectorAll('tr')].map(textOf);
    expect(rows.slice(0, 2)).to.deep.equal(['Digit Training Validation Together', '0 12 1,000 1,012']);
  });

  it('may be nothing', async () => {
    const bars = await mount('class-bars', {});
    expect(textOf(bars.renderRoot.querySelector('.hint')!)).to.equal('No images yet.');
  });
});

describe('average digits', () => {
  const { classes } = sampleStatistics(generateDigits(2, 0, 40));

  it('are ten images with their names, ten in a row where there is room', async () => {
    const images = await mount('class-images', { classes });
    const drawn = async (width: string) => {
      images.style.width = width;
      for (let turn = 0; turn < 4; turn++) await new Promise(requestAnimationFrame);
      const chart = images.renderRoot.querySelector('plotly-chart')!;
      await chart.drawn;
      return chart;
    };
    const wide = await drawn('900px');
    expect(wide.renderRoot.querySelectorAll('.heatmaplayer image')).to.have.length(10);
    const names = [...wide.renderRoot.querySelectorAll('.annotation-text')].map(textOf);
    expect(names).to.deep.equal(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    const height = wide.getBoundingClientRect().height;
    expect((await drawn('360px')).getBoundingClientRect().height).to.be.greaterThan(height);
  });

  it('show their spread when asked', async () => {
    const images = await mount('class-images', { classes });
    images.style.width = '600px';
    images.renderRoot.querySelectorAll<HTMLElement>('.segments button')[1]!.click();
    await images.updateComplete;
    expect(images.renderRoot.querySelector('.hint')!.textContent).to.contain('differ');
  });
});

describe('the map of digits', () => {
  const { pixels, labels } = generateDigits(2, 0, 5);
  /** A cross: one point in the middle, one on each side. */
  const POINTS = [
    [0, 0],
    [-2, 0],
    [2, 0.5],
    [0, 2],
    [0.5, -2],
  ].map(([x, y], number) => ({ x: x!, y: y!, group: number, index: 100 + number }));

  async function mountMap(): Promise<DataMap> {
    const tileAt = (index: number) => ({
      pixels: imageAt(pixels, index - 100),
      label: String(labels[index - 100]),
    });
    const map = await mount('data-map', { points: POINTS, tileAt });
    await map.renderRoot.querySelector('plotly-chart')!.drawn;
    return map;
  }

  function listen(map: DataMap): [string, number][] {
    const told: [string, number][] = [];
    for (const name of ['pointhover', 'open']) {
      map.addEventListener(name, (event) => told.push([name, (event as CustomEvent<number>).detail]));
    }
    return told;
  }

  it('draws each point once, and the name of each group', async () => {
    const { renderRoot } = (await mountMap()).renderRoot.querySelector('plotly-chart')!;
    expect(renderRoot.querySelectorAll('.scatterlayer .point')).to.have.length(5);
    expect([...renderRoot.querySelectorAll('.annotation-text')].map(textOf)).to.deep.equal([
      '0',
      '1',
      '2',
      '3',
      '4',
    ]);
  });

  it('gives no two digits the same colour and shape', () => {
    const marks = POINTS.concat(POINTS).map((_, digit) => JSON.stringify(mapMark(digit)));
    expect(new Set(marks).size).to.equal(10);
  });

  it('is walked by arrows, shows the digit, and opens it by Enter', async () => {
    const map = await mountMap();
    const told = listen(map);
    const plane = map.renderRoot.querySelector<HTMLElement>('[role=application]')!;
    plane.focus();
    for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'Enter']) {
      plane.dispatchEvent(new KeyboardEvent('keydown', { key }));
    }
    await map.updateComplete;
    expect(told).to.deep.equal([
      ['pointhover', 100],
      ['pointhover', 102],
      ['pointhover', 100],
      ['pointhover', 103],
      ['open', 103],
    ]);
    expect(textOf(map.renderRoot.querySelector('[aria-live]')!)).to.equal(`${labels[3]} Number 104`);
    expect(map.renderRoot.querySelector('pixel-view')!.pixels).to.deep.equal(imageAt(pixels, 3));
  });

  it('follows the pointer', async () => {
    const map = await mountMap();
    const told = listen(map);
    const chart = map.renderRoot.querySelector('plotly-chart')!;
    chart.dispatchEvent(new CustomEvent('pointhover', { detail: 2 }));
    chart.dispatchEvent(new CustomEvent('pointhover', { detail: 2 }));
    chart.dispatchEvent(new CustomEvent('pointclick', { detail: 4 }));
    await map.updateComplete;
    expect(told).to.deep.equal([
      ['pointhover', 102],
      ['pointhover', 104],
      ['open', 104],
    ]);
    expect(map.renderRoot.querySelector('.ring')!.hasAttribute('hidden')).to.equal(false);
  });

  it('places its ring upon the very point', async () => {
    const map = await mountMap();
    const plane = map.renderRoot.querySelector<HTMLElement>('[role=application]')!;
    plane.focus();
    plane.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp' }));
    await map.updateComplete;
    const middle = (element: Element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return [left + width / 2, top + height / 2] as const;
    };
    const points = map.renderRoot.querySelector('plotly-chart')!.renderRoot.querySelectorAll('.point');
    const [x, y] = middle(points[3]!);
    const [ringX, ringY] = middle(map.renderRoot.querySelector('.ring')!);
    expect(ringX).to.be.closeTo(x, 1.5);
    expect(ringY).to.be.closeTo(y, 1.5);
  });

  it('knows where an arrow leads', () => {
    const bounds = { x: [-2, 2], y: [-2, 2] } as const;
    expect(placeOnMap({ x: 1, y: 1, group: 0 }, bounds)).to.deep.equal({ right: 0.75, down: 0.25 });
    const lead = (key: string, from: number) => pointAfterKey(key, from, POINTS, bounds);
    expect(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].map((key) => lead(key, 0))).to.deep.equal([
      1, 2, 3, 4,
    ]);
    expect(lead('ArrowLeft', 1)).to.equal(1);
    expect(lead('x', 0)).to.equal(undefined);
  });
});
