import { expect } from 'chai';
import '../../src/components/confusion-matrix';
import '../../src/components/filter-view';
import '../../src/components/hard-samples';
import '../../src/components/parallel-axes';
import '../../src/components/run-table';
import '../../src/components/settings-table';
import { emptyMatrix, type Pair } from '../../src/domain/confusion-matrix';
import type { RunId } from '../../src/domain/ids';
import { IMAGE_PIXELS } from '../../src/domain/sample';

type Name =
  'confusion-matrix' | 'hard-samples' | 'filter-view' | 'settings-table' | 'parallel-axes' | 'run-table';

async function mount<Tag extends Name>(
  name: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
): Promise<HTMLElementTagNameMap[Tag]> {
  const element = Object.assign(document.createElement(name), properties);
  document.body.append(element);
  await element.updateComplete;
  return element;
}

afterEach(() => document.body.replaceChildren());

const textOf = (element: Element | null) => element!.textContent!.replace(/\s+/g, ' ').trim();

describe('the confusion matrix', () => {
  const matrix = emptyMatrix();
  matrix[5]![5] = 868;
  matrix[5]![3] = 13;
  matrix[5]![2] = 1;

  const cell = (element: HTMLElement, label: number, answer: number) =>
    element.shadowRoot!.querySelector<HTMLElement>(`[data-label="${label}"][data-answer="${answer}"]`)!;
  const press = (element: HTMLElement, key: string, more: KeyboardEventInit = {}) =>
    element
      .shadowRoot!.querySelector('[role=grid]')!
      .dispatchEvent(new KeyboardEvent('keydown', { key, ...more }));

  it('says each cell in words', async () => {
    const element = await mount('confusion-matrix', { matrix });
    const names = [5, 3, 2, 0].map((answer) => cell(element, 5, answer).getAttribute('aria-label'));
    expect(names).to.deep.equal([
      '5 read as 5: 868 images, 98.4% of them',
      '5 read as 3: 13 images, 1.5% of them',
      '5 read as 2: 1 image, 0.1% of them',
      '5 read as 0: no image',
    ]);
    expect(textOf(element.renderRoot.querySelector('.hint'))).to.equal('14 of 882 digits read wrongly.');
  });

  it('is one stop for Tab, in which arrows, Home and End move', async () => {
    const element = await mount('confusion-matrix', { matrix });
    const stops = () => [...element.renderRoot.querySelectorAll<HTMLElement>('.cell[tabindex="0"]')];
    cell(element, 0, 0).focus();
    const keys: readonly [string, KeyboardEventInit, string][] = [
      ['ArrowDown', {}, '1 read as 0: no image'],
      ['ArrowRight', {}, '1 read as 1: no image'],
      ['End', {}, '1 read as 9: no image'],
      ['ArrowRight', {}, '1 read as 9: no image'],
      ['Home', { ctrlKey: true }, '0 read as 0: no image'],
      ['ArrowUp', {}, '0 read as 0: no image'],
    ];
    for (const [key, modifiers, name] of keys) {
      press(element, key, modifiers);
      await element.updateComplete;
      expect(stops()).to.have.length(1);
      expect(element.shadowRoot!.activeElement!.getAttribute('aria-label'), key).to.equal(name);
    }
  });

  it('opens a cell by Enter and by a click', async () => {
    const element = await mount('confusion-matrix', { matrix });
    const opened: Pair[] = [];
    element.addEventListener('open', (event) => opened.push((event as CustomEvent<Pair>).detail));
    cell(element, 5, 3).focus();
    press(element, 'Enter');
    cell(element, 5, 2).click();
    expect(opened).to.deep.equal([
      { label: 5, answer: 3 },
      { label: 5, answer: 2 },
    ]);
  });

  it('counts, or tells shares', async () => {
    const element = await mount('confusion-matrix', { matrix });
    expect(textOf(cell(element, 5, 3))).to.equal('13');
    element.renderRoot.querySelectorAll<HTMLElement>('.segments button')[1]!.click();
    await element.updateComplete;
    expect(textOf(cell(element, 5, 3))).to.equal('1.5');
    expect(textOf(cell(element, 5, 0)), 'nothing is a dot').to.equal('·');
  });
});

describe('the hardest images', () => {
  const sample = (label: number, answer: number) => ({
    pixels: new Uint8Array(IMAGE_PIXELS),
    label,
    answer,
    probability: 0.93,
    loss: 3,
  });

  it('say what they are and what they were read as, and mark the wrong ones and the chosen pair', async () => {
    const samples = [sample(5, 3), sample(4, 4)];
    const element = await mount('hard-samples', { samples, pair: { label: 5, answer: 3 } });
    const tiles = [...element.renderRoot.querySelectorAll('digit-tile')];
    expect(tiles.map((tile) => tile.getAttribute('aria-label'))).to.deep.equal([
      'A 5, read as 3 with 93.0%',
      'A 4, read as 4 with 93.0%',
    ]);
    expect(tiles.map(({ wrong, chosen }) => [wrong, chosen])).to.deep.equal([
      [true, true],
      [false, false],
    ]);
    expect(textOf(element.renderRoot.querySelector('.hint'))).to.equal('1 of these is a 5 read as 3.');
  });
});

describe('the first filters', () => {
  it('tell for and against by shape, and how many they are', async () => {
    const filters = { side: 2, values: Float32Array.of(1, -1, 0, 0.5, 0, 0, 0, 0) };
    const element = await mount('filter-view', { filters });
    expect(element.renderRoot.querySelector('[role=img]')!.getAttribute('aria-label')).to.equal(
      '2 filters of 2 × 2 squares',
    );
    const [first, second] = [...element.renderRoot.querySelectorAll('svg')];
    const marks = (svg: Element, kind: string) => svg.querySelector(`.${kind}`)!.getAttribute('d')!;
    expect(marks(first!, 'for').match(/M/g), 'two squares').to.have.length(2);
    expect(marks(first!, 'against').match(/M/g), 'one circle').to.have.length(1);
    expect(marks(second!, 'for') + marks(second!, 'against')).to.equal('');
  });
});

describe('settings side by side', () => {
  const columns = [
    { name: 'Run 1', slot: 1 },
    { name: 'Run 2', slot: 2 },
  ] as const;
  const settings = [
    { name: 'Epochs', values: ['4', '12'], differs: true },
    { name: 'Seed', values: ['1', '1'], differs: false },
  ];

  it('mark what differs, for ears as well, and can leave out the rest', async () => {
    const element = await mount('settings-table', { columns, settings });
    expect(textOf(element.renderRoot.querySelector('.hint'))).to.equal('They differ in epochs.');
    expect(textOf(element.renderRoot.querySelector('.differs'))).to.equal('Epochs , differs 4 12');
    element.renderRoot.querySelectorAll<HTMLElement>('.segments button')[0]!.click();
    await element.updateComplete;
    expect(element.renderRoot.querySelectorAll('tbody tr')).to.have.length(1);
  });

  it('show a hostile title as text', async () => {
    const hostile = [{ name: 'Data', values: ['<img src=x onerror=alert(1)>', 'MNIST'], differs: true }];
    const element = await mount('settings-table', { columns, settings: hostile });
    expect(element.renderRoot.querySelector('img')).to.equal(null);
  });
});

describe('parallel axes', () => {
  const columns = [1, 2, 3, 4].map((slot) => ({ name: `Run ${slot}`, slot: slot as 1 | 2 | 3 | 4 }));
  const axes = [
    { name: 'Epochs', values: [1, 2, 3, 4], format: String },
    { name: 'Accuracy', values: [0.9, 0.8, undefined, 0.95], format: (share: number) => `${share * 100}%` },
  ];

  it('have a line for each run that has numbers, and say which is best and what it had', async () => {
    const element = await mount('parallel-axes', { columns, axes });
    expect(textOf(element.renderRoot.querySelector('.hint'))).to.equal(
      'The best is Run 4: epochs 4, accuracy 95%.',
    );
    expect(element.renderRoot.querySelectorAll('.run line')).to.have.length(3);
    expect(element.renderRoot.querySelectorAll('.run circle')).to.have.length(7);
  });

  it('bring one run out by the keyboard', async () => {
    const element = await mount('parallel-axes', { columns, axes });
    const button = element.renderRoot.querySelectorAll<HTMLElement>('.legend button')[1]!;
    button.click();
    await element.updateComplete;
    expect(button.getAttribute('aria-pressed')).to.equal('true');
    expect(element.renderRoot.querySelectorAll('.run.pale')).to.have.length(3);
  });
});

describe('choosing runs to compare', () => {
  const rows = [1, 2, 3, 4, 5, 6].map((id) => ({
    id: id as RunId,
    name: `Run ${id}`,
    recipe: 'Quick, 1 epoch',
    data: 'MNIST, 60,000',
    validation: '97.90%',
    time: '0:41',
    engine: 'CPU',
    state: { words: 'Finished', tone: 'plain' } as const,
    canTest: false,
    canUse: false,
    canDelete: true,
    frees: '0.5 MB',
  }));
  const ticked = (count: number) =>
    new Map(rows.slice(0, count).map(({ id }) => [id, id as number as 1 | 2 | 3 | 4 | 5] as const));
  const compareButton = (table: HTMLElementTagNameMap['run-table']) =>
    table.renderRoot.querySelector<HTMLButtonElement>('header button')!;

  it('takes two or more', async () => {
    const table = await mount('run-table', { rows, ticked: ticked(1) });
    expect(compareButton(table).disabled).to.equal(true);
    table.ticked = ticked(2);
    await table.updateComplete;
    expect(textOf(compareButton(table))).to.equal('Compare 2 runs');
  });

  it('refuses a sixth, and says why', async () => {
    const table = await mount('run-table', { rows, ticked: ticked(5) });
    const told: number[] = [];
    table.addEventListener('tick', (event) => told.push((event as CustomEvent<number>).detail));
    const boxes = table.renderRoot.querySelectorAll<HTMLInputElement>('input[type=checkbox]');
    boxes[5]!.click();
    await table.updateComplete;
    expect(told).to.deep.equal([]);
    expect(boxes[5]!.checked).to.equal(false);
    expect(textOf(table.renderRoot.querySelector('[role=status]'))).to.equal(
      'Five runs fit in one chart. Untick one to add another.',
    );
    boxes[0]!.click();
    expect(told).to.deep.equal([1]);
  });
});
