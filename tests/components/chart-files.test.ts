import { expect } from 'chai';
import type { ChartFile } from '../../src/components/chart-file';
import '../../src/components/chart-card';
import '../../src/components/class-bars';
import '../../src/components/class-images';
import '../../src/components/confusion-matrix';
import { sampleStatistics } from '../../src/domain/class-statistics';
import { generateDigits } from '../../src/domain/generated-digits';

type Card = 'class-bars' | 'class-images' | 'confusion-matrix';

afterEach(() => document.body.replaceChildren());

async function mount<Name extends Card>(name: Name, properties: Partial<HTMLElementTagNameMap[Name]>) {
  const card = Object.assign(document.createElement(name), { fileName: 'it', ...properties });
  card.style.width = '700px';
  for (const [token, colour] of Object.entries(COLOURS)) card.style.setProperty(token, colour);
  document.body.append(card);
  for (let turn = 0; turn < 4; turn++) await new Promise(requestAnimationFrame);
  return card;
}

/** Clicks on a button, and resolves to the file that is told of. */
async function save(card: HTMLElement, format: string): Promise<ChartFile> {
  const told = new Promise<ChartFile>((resolve) => {
    document.body.addEventListener('save', (event) => resolve((event as CustomEvent<ChartFile>).detail), {
      once: true,
    });
  });
  const buttons = [...card.shadowRoot!.querySelectorAll<HTMLElement>('.save button')];
  buttons.find((button) => button.textContent!.trim() === `Save ${format}`)!.click();
  return told;
}

const linesOf = async (card: HTMLElement) => (await (await save(card, 'CSV')).content.text()).split('\r\n');

const COUNTS = [12, 20, 12, 13, 14, 5, 16, 17, 18, 19];
const { classes } = sampleStatistics(generateDigits(2, 0, 40));
const MATRIX = Array.from({ length: 10 }, (_, label) =>
  Array.from({ length: 10 }, (_, answer) => (label === answer ? 30 : label === 4 && answer === 9 ? 10 : 0)),
);
/** Some of the app's colours, which a test page does without. */
const COLOURS = { '--sheet': '#fff', '--ink': '#111', '--hit-5': '#1d3789', '--on-deep': '#fff' };
const CARDS: Readonly<Record<string, () => Promise<HTMLElement>>> = {
  'how many of each': () => mount('class-bars', { series: [{ name: 'Images', slot: 1, values: COUNTS }] }),
  'average digits': () => mount('class-images', { classes }),
  'the confusion matrix': () => mount('confusion-matrix', { matrix: MATRIX }),
};

describe('what is shown of a test is saved', () => {
  for (const [what, make] of Object.entries(CARDS)) {
    it(`${what}: as a drawing, and as a picture that a browser reads`, async () => {
      const card = await make();
      const [svg, png] = [await save(card, 'SVG'), await save(card, 'PNG')];
      expect([svg.name, png.name]).to.deep.equal(['it.svg', 'it.png']);
      const text = await svg.content.text();
      expect(new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror')).to.equal(
        null,
      );
      const { width, height } = await createImageBitmap(png.content);
      expect(Math.min(width, height)).to.be.above(100);
      expect(new Set(await inksOf(png.content)).size, 'there is something on it').to.be.above(2);
    });
  }

  it('nothing moves when a curve has its first point: the buttons had their place, out of reach', async () => {
    const card = document.createElement('chart-card');
    card.fileName = 'it';
    card.series = [{ name: 'Loss', slot: 1, points: [] }];
    document.body.append(card);
    await card.updateComplete;
    const buttons = () => card.renderRoot.querySelector('.save')!;
    const [height, isVisible] = [card.offsetHeight, buttons().checkVisibility({ visibilityProperty: true })];
    card.series = [{ name: 'Loss', slot: 1, points: [{ x: 0, y: 1 }] }];
    await card.updateComplete;
    expect([isVisible, buttons().checkVisibility({ visibilityProperty: true })]).to.deep.equal([false, true]);
    expect(card.offsetHeight).to.equal(height);
  });

  it('how many of each: as numbers', async () => {
    const card = await CARDS['how many of each']!();
    expect((await linesOf(card)).slice(0, 3)).to.deep.equal(['"Digit","Images"', '0,12', '1,20']);
  });

  it('the confusion matrix: as the numbers that are shown, counts or shares', async () => {
    const card = await CARDS['the confusion matrix']!();
    expect((await linesOf(card))[5]).to.equal('4,0,0,0,0,30,0,0,0,0,10');
    card.shadowRoot!.querySelectorAll<HTMLElement>('.segments button')[1]!.click();
    expect((await linesOf(card))[5]).to.equal('4,0,0,0,0,0.75,0,0,0,0,0.25');
    card.shadowRoot!.querySelectorAll<HTMLElement>('.segments button')[2]!.click();
    expect((await linesOf(card))[5]).to.equal('4,0,0,0,0,1,0,0,0,0,0.25');
  });

  it('average digits: as the ink of each pixel, which their table shows digit by digit', async () => {
    const card = await mount('class-images', { classes });
    const lines = await linesOf(card);
    expect(lines).to.have.length(1 + 10 * 28 + 1);
    const ink = (digit: number, row: number, column: number) => classes[digit]!.mean[row * 28 + column]!;
    const cells = lines[1 + 3 * 28 + 14]!.split(',').map(Number);
    expect(cells.slice(0, 3)).to.deep.equal([3, classes[3]!.count, 14]);
    expect(cells[3 + 14]).to.equal(ink(3, 14, 14));
    [...card.shadowRoot!.querySelectorAll<HTMLElement>('.views button')].at(-1)!.click();
    await card.updateComplete;
    card.shadowRoot!.querySelectorAll<HTMLElement>('.digits button')[3]!.click();
    await card.updateComplete;
    const row = card.shadowRoot!.querySelectorAll('tbody tr')[14]!;
    expect(row.querySelectorAll('td')[14]!.textContent).to.equal(String(Math.round(100 * ink(3, 14, 14))));
  });
});

/** Some of the colours of a picture, each as one number. */
async function inksOf(picture: Blob): Promise<readonly number[]> {
  const bitmap = await createImageBitmap(picture);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  return [...new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer)];
}
