import { expect } from 'chai';
import '../../src/components/sample-grid';
import type { SampleGrid, SampleTile } from '../../src/components/sample-grid';
import { IMAGE_PIXELS } from '../../src/domain/sample';

const COUNT = 60_000;

/** Tile 7 is a corrected 3; tile 9 is not there yet; each digit has one black pixel, at its index. */
function tileAt(index: number): SampleTile | undefined {
  if (index === 9) return undefined;
  const pixels = new Uint8Array(IMAGE_PIXELS);
  pixels[index % IMAGE_PIXELS] = 255;
  const tile = { pixels, label: String(index % 10) };
  return index === 7 ? { ...tile, label: '3', note: 'was 7', isChanged: true } : tile;
}

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** Ten tiles in a row, seven rows and a bit in view. */
async function mountGrid(properties: Partial<SampleGrid> = {}): Promise<SampleGrid> {
  const grid = Object.assign(document.createElement('sample-grid'), { count: COUNT, tileAt, ...properties });
  grid.style.display = 'block';
  grid.style.width = '712px';
  grid.style.setProperty('--tile', '64px');
  grid.style.setProperty('--tile-gap', '8px');
  grid.style.setProperty('--tile-caption', '22px');
  document.body.append(grid);
  await settle(grid);
  // Events that a program makes belong to no real pointer that could be captured.
  scroller(grid).setPointerCapture = () => undefined;
  return grid;
}

/** Its size is known a frame later, and its tiles another. */
async function settle(grid: SampleGrid): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    await grid.updateComplete;
    await frame();
  }
}

afterEach(() => document.body.replaceChildren());

const scroller = (grid: SampleGrid) => grid.renderRoot.querySelector<HTMLElement>('[role=grid]')!;
const tile = (grid: SampleGrid, index: number) =>
  grid.renderRoot.querySelector<HTMLElement>(`#tile-${index}`)!;
/** What is read aloud: all text of a tile. */
const nameOf = (grid: SampleGrid, index: number) =>
  tile(grid, index)
    .shadowRoot!.querySelector('.caption')!
    .textContent!.trim()
    .replace(/\s*(,?)\s+/g, '$1 ');

function press(grid: SampleGrid, key: string, modifiers: KeyboardEventInit = {}): void {
  const event = new KeyboardEvent('keydown', { key, cancelable: true, ...modifiers });
  scroller(grid).dispatchEvent(event);
}

const activeIndex = (grid: SampleGrid) =>
  Number(scroller(grid).getAttribute('aria-activedescendant')!.slice('tile-'.length));

/** Sends a pointer event to the middle of a tile. */
function point(grid: SampleGrid, name: string, index: number, init: PointerEventInit = {}): void {
  const { left, top, width, height } = tile(grid, index).getBoundingClientRect();
  const place = { clientX: left + width / 2, clientY: top + height / 2 };
  const common = { pointerId: 1, bubbles: true, composed: true, cancelable: true, button: 0 };
  tile(grid, index).dispatchEvent(new PointerEvent(`pointer${name}`, { ...common, ...place, ...init }));
}

function click(grid: SampleGrid, index: number, init: PointerEventInit = {}): void {
  point(grid, 'down', index, init);
  point(grid, 'up', index, init);
}

const chosen = (grid: SampleGrid) => [...grid.selection].sort((a, b) => a - b);

describe('the grid of samples', () => {
  it('says how large it is, and holds only what is in view', async () => {
    const grid = await mountGrid();
    expect(scroller(grid).getAttribute('aria-colcount')).to.equal('10');
    expect(scroller(grid).getAttribute('aria-rowcount')).to.equal('6000');
    expect(scroller(grid).scrollHeight).to.equal(6000 * 94 + 12);
    expect(grid.renderRoot.querySelectorAll('digit-tile').length).to.be.within(70, 110);
  });

  it('names each tile', async () => {
    const grid = await mountGrid({ selection: new Set([4]) });
    expect(nameOf(grid, 3)).to.equal('3, number 4');
    expect(nameOf(grid, 4)).to.equal('4, number 5, chosen');
    expect(nameOf(grid, 7)).to.equal('3, number 8, was 7, corrected');
    expect(nameOf(grid, 9)).to.equal('on its way, number 10');
    expect(tile(grid, 4).getAttribute('aria-selected')).to.equal('true');
    expect(tile(grid, 12).getAttribute('aria-colindex')).to.equal('3');
  });

  it('inks the pixels of a tile, and leaves blank what is not there yet', async () => {
    const grid = await mountGrid();
    const inked = (index: number) => {
      const context = tile(grid, index).shadowRoot!.querySelector('canvas')!.getContext('2d')!;
      const { data } = context.getImageData(0, 0, 28, 28);
      return Array.from({ length: IMAGE_PIXELS }, (_, at) => at).filter((at) => data[4 * at + 3]! > 0);
    };
    expect([inked(5), inked(9)]).to.deep.equal([[5], []]);
  });

  it('tells what it needs as it comes into view', async () => {
    const ranges: { first: number; end: number }[] = [];
    const grid = document.createElement('sample-grid');
    grid.addEventListener('needrange', (event) => ranges.push((event as CustomEvent).detail));
    document.body.append(Object.assign(grid, { count: COUNT, tileAt }));
    await settle(grid);
    const columns = Number(scroller(grid).getAttribute('aria-colcount'));
    expect(ranges.at(-1)!.first).to.equal(0);
    expect(ranges.at(-1)!.end).to.be.greaterThan(columns);
    grid.show(30_000);
    await settle(grid);
    expect(ranges.at(-1)!.first).to.be.within(29_000, 30_000);
    expect(ranges.at(-1)!.end).to.be.greaterThan(30_000);
  });

  it('moves by keys as any grid does', async () => {
    const grid = await mountGrid();
    const steps: [string, KeyboardEventInit, number][] = [
      ['ArrowRight', {}, 1],
      ['ArrowDown', {}, 11],
      ['ArrowLeft', {}, 10],
      ['End', {}, 19],
      ['Home', {}, 10],
      ['ArrowUp', {}, 0],
      ['ArrowUp', {}, 0],
      ['PageDown', {}, 60],
      ['PageUp', {}, 0],
      ['End', { ctrlKey: true }, COUNT - 1],
      ['ArrowRight', {}, COUNT - 1],
      ['Home', { ctrlKey: true }, 0],
    ];
    for (const [key, modifiers, target] of steps) {
      press(grid, key, modifiers);
      await grid.updateComplete;
      expect(activeIndex(grid), key).to.equal(target);
      expect(tile(grid, target).hasAttribute('active'), key).to.equal(true);
    }
  });

  it('chooses by keys: Space one, Shift a stretch, Control A all, Escape none', async () => {
    const grid = await mountGrid();
    press(grid, ' ');
    press(grid, 'ArrowRight');
    press(grid, 'ArrowRight');
    press(grid, ' ');
    expect(chosen(grid)).to.deep.equal([0, 2]);
    press(grid, 'ArrowRight', { shiftKey: true });
    expect(chosen(grid)).to.deep.equal([0, 2, 3]);
    press(grid, 'a', { ctrlKey: true });
    expect(grid.selection.size).to.equal(COUNT);
    press(grid, 'Escape');
    expect(grid.selection.size).to.equal(0);
  });

  it('chooses by mouse: one, one more, a stretch, and what was dragged over', async () => {
    const grid = await mountGrid();
    click(grid, 3);
    click(grid, 12, { ctrlKey: true });
    expect(chosen(grid)).to.deep.equal([3, 12]);
    click(grid, 14, { shiftKey: true });
    expect(chosen(grid)).to.deep.equal([3, 12, 13, 14]);
    point(grid, 'down', 21);
    point(grid, 'move', 22);
    point(grid, 'move', 24);
    point(grid, 'move', 23);
    point(grid, 'up', 23);
    expect(chosen(grid)).to.deep.equal([21, 22, 23]);
  });

  it('tells each change of what is chosen, once', async () => {
    const grid = await mountGrid();
    const told: number[] = [];
    grid.addEventListener('selectionchange', (event) => told.push((event as CustomEvent).detail.size));
    click(grid, 3);
    click(grid, 3);
    press(grid, ' ');
    expect(told).to.deep.equal([1, 0]);
  });

  it('opens by Enter, a double click, and the tap of a finger', async () => {
    const grid = await mountGrid();
    const opened: number[] = [];
    grid.addEventListener('open', (event) => opened.push((event as CustomEvent).detail));
    press(grid, 'ArrowRight');
    press(grid, 'Enter');
    const { left, top } = tile(grid, 5).getBoundingClientRect();
    const place = { clientX: left + 9, clientY: top + 9, bubbles: true, composed: true };
    tile(grid, 5).dispatchEvent(new MouseEvent('dblclick', place));
    click(grid, 8, { pointerType: 'touch' });
    expect(opened).to.deep.equal([1, 5, 8]);
    expect(grid.selection.size).to.equal(0);
  });

  it('lets a finger scroll, and choose once something is chosen', async () => {
    const grid = await mountGrid();
    point(grid, 'down', 1, { pointerType: 'touch' });
    point(grid, 'move', 21, { pointerType: 'touch' });
    point(grid, 'up', 21, { pointerType: 'touch' });
    expect(grid.selection.size).to.equal(0);
    grid.selection = new Set([2]);
    click(grid, 4, { pointerType: 'touch' });
    expect(chosen(grid)).to.deep.equal([2, 4]);
  });

  it('chooses what a finger passes after it has rested', async () => {
    const grid = await mountGrid();
    const begun = new Promise((resolve) => grid.addEventListener('selectionchange', resolve, { once: true }));
    point(grid, 'down', 1, { pointerType: 'touch' });
    await begun;
    point(grid, 'move', 3, { pointerType: 'touch' });
    const touch = new Event('touchmove', { cancelable: true, bubbles: true, composed: true });
    tile(grid, 3).dispatchEvent(touch);
    expect(touch.defaultPrevented).to.equal(true);
    point(grid, 'up', 3, { pointerType: 'touch' });
    expect(chosen(grid)).to.deep.equal([1, 2, 3]);
  });

  it('keeps to the tiles that are left when there are fewer', async () => {
    const grid = await mountGrid();
    press(grid, 'End', { ctrlKey: true });
    grid.count = 25;
    await settle(grid);
    expect(activeIndex(grid)).to.equal(24);
    expect(grid.renderRoot.querySelectorAll('digit-tile').length).to.equal(25);
    expect(grid.renderRoot.querySelectorAll('[role=row]').length).to.equal(3);
  });
});
