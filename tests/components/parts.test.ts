import { expect } from 'chai';
import '../../src/components/chart-card';
import '../../src/components/error-desk';
import '../../src/components/model-picker';
import '../../src/components/pixel-view';
import '../../src/components/probability-bars';
import '../../src/components/progress-ruler';
import '../../src/components/run-form';
import '../../src/components/run-table';
import '../../src/components/toast-list';
import type { ChartSeries } from '../../src/components/chart-style';
import type { RunRow } from '../../src/components/run-table';
import type { ModelVersionId, RunId } from '../../src/domain/ids';
import { findDraftErrors } from '../../src/domain/draft-errors';
import { newDraft, type RunDraft } from '../../src/domain/run-draft';

/** Puts an element on the page with some properties, and waits until it is rendered. */
async function mount<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
): Promise<HTMLElementTagNameMap[Name]> {
  const element = Object.assign(document.createElement(name), properties);
  document.body.append(element);
  await (element as unknown as { updateComplete: Promise<unknown> }).updateComplete;
  return element;
}

afterEach(() => document.body.replaceChildren());

/** All visible text of an element, with its white space folded. */
const textOf = (element: { shadowRoot: ShadowRoot | null }) =>
  [...element.shadowRoot!.children]
    .map((child) => child.textContent)
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();

/** Collects the details of an element's events. */
function collect<T>(element: EventTarget, name: string): T[] {
  const details: T[] = [];
  element.addEventListener(name, (event) => details.push((event as CustomEvent<T>).detail));
  return details;
}

describe('probability bars', () => {
  it('say each share, and mark the largest', async () => {
    const probabilities = Array.from({ length: 10 }, (_, digit) => (digit === 4 ? 0.91 : 0.01));
    const bars = await mount('probability-bars', { probabilities });
    expect(bars.renderRoot.querySelectorAll('li')).to.have.length(10);
    expect(bars.renderRoot.querySelector('.best')!.textContent).to.contain('4').and.to.contain('91.0%');
    expect(bars.renderRoot.querySelector('.best rect')!.getAttribute('width')).to.equal('91%');
  });

  it('stay empty without an answer', async () => {
    const bars = await mount('probability-bars');
    expect(bars.renderRoot.querySelector('.best')).to.equal(null);
    expect(textOf(bars)).not.to.contain('%');
  });
});

describe('the pixel view', () => {
  it('inks each square as dark as its byte', async () => {
    const pixels = new Uint8Array(784);
    pixels[28 * 3 + 5] = 255;
    pixels[28 * 3 + 6] = 51;
    const view = await mount('pixel-view', { pixels, label: 'Two squares' });
    const context = view.renderRoot.querySelector('canvas')!.getContext('2d')!;
    const alphas = [4, 5, 6].map((x) => context.getImageData(x, 3, 1, 1).data[3]);
    expect(alphas).to.deep.equal([0, 255, 51]);
  });
});

describe('the error desk', () => {
  it('says what happened, what was kept and what to do', async () => {
    const error = {
      code: 'invalid-input',
      message: 'It broke.',
      kept: 'All.',
      remedy: 'Try.',
      reason: 'X_Y',
    } as const;
    const desk = await mount('error-desk', { error });
    expect(textOf(desk))
      .to.contain('It broke.')
      .and.to.contain('Kept: All.')
      .and.to.contain('Try.')
      .and.to.contain('X_Y');
    expect(desk.renderRoot.querySelector('[role=alert]')).not.to.equal(null);
    const dismissed = collect(desk, 'dismiss');
    [...desk.renderRoot.querySelectorAll('button')]
      .find((button) => button.textContent!.includes('Put away'))!
      .click();
    expect(dismissed).to.have.length(1);
  });

  it('shows names as text, never as HTML', async () => {
    const error = { code: 'invalid-input', message: '<img src=x onerror=alert(1)>' } as const;
    const desk = await mount('error-desk', { error });
    expect(desk.renderRoot.querySelector('img')).to.equal(null);
    expect(textOf(desk)).to.contain('<img src=x');
  });

  it('is not there without an error', async () => {
    expect(textOf(await mount('error-desk'))).to.equal('');
  });
});

describe('the progress ruler', () => {
  it('tells screen readers how far it is, and has a tick per stage', async () => {
    const ruler = await mount('progress-ruler', { share: 0.42, stages: 5, label: 'Epoch 3 of 5' });
    const bar = ruler.renderRoot.querySelector('[role=progressbar]')!;
    expect(bar.getAttribute('aria-valuenow')).to.equal('42');
    expect(ruler.renderRoot.querySelectorAll('line')).to.have.length(6);
  });

  it('claims no value where nobody knows', async () => {
    const ruler = await mount('progress-ruler', { label: 'Getting ready' });
    expect(ruler.renderRoot.querySelector('[role=progressbar]')!.hasAttribute('aria-valuenow')).to.equal(
      false,
    );
  });
});

describe('the form of a run', () => {
  const field = (form: HTMLElementTagNameMap['run-form'], id: string) =>
    form.renderRoot.querySelector<HTMLInputElement>(`#${id}`)!;

  it('tells a change as a new draft', async () => {
    const form = await mount('run-form', { draft: newDraft() });
    const drafts = collect<RunDraft>(form, 'change');
    const epochs = field(form, 'epochs');
    epochs.value = '7';
    epochs.dispatchEvent(new Event('input'));
    expect(drafts.at(-1)!.epochs).to.equal(7);
  });

  it('says why a setting cannot be, beside it, and does not start', async () => {
    const draft = { ...newDraft(), epochs: 0 };
    const form = await mount('run-form', { draft, errors: findDraftErrors(draft) });
    expect(field(form, 'epochs').getAttribute('aria-invalid')).to.equal('true');
    const hint = form.renderRoot.querySelector('#epochs-hint')!;
    expect(hint.textContent!.trim()).to.equal('Use a whole number from 1 to 200.');
    expect(field(form, 'epochs').getAttribute('aria-describedby')).to.equal(hint.id);
    expect(form.renderRoot.querySelector<HTMLButtonElement>('button.primary')!.disabled).to.equal(true);
  });

  it('locks every setting while something is trained', async () => {
    const form = await mount('run-form', { draft: newDraft(), locked: true });
    for (const control of form.renderRoot.querySelectorAll('input, select, button.primary')) {
      expect(control.matches(':disabled'), control.id).to.equal(true);
    }
  });

  it('starts by the keyboard as well as by the button', async () => {
    const form = await mount('run-form', { draft: newDraft() });
    const starts = collect(form, 'start');
    form.renderRoot.querySelector('form')!.requestSubmit();
    expect(starts).to.have.length(1);
  });
});

describe('the table of runs', () => {
  const row: RunRow = {
    id: 3 as RunId,
    name: 'Run 3',
    recipe: 'Quick, 1 epoch',
    data: 'MNIST, 60,000',
    validation: '97.90%',
    time: '0:41',
    engine: 'CPU',
    state: { words: 'Finished', tone: 'plain' },
    canTest: true,
    canUse: true,
    canDelete: true,
    frees: '0.5 MB',
  };

  it('offers what can be done with a run, and tells it', async () => {
    const table = await mount('run-table', { rows: [row] });
    const told = ['select', 'test', 'use', 'remove'].map((name) => collect<number>(table, name));
    for (const button of table.renderRoot.querySelectorAll('button')) button.click();
    expect(told).to.deep.equal([[3], [3], [3], [3]]);
  });

  it('shows a score in place of the button', async () => {
    const table = await mount('run-table', {
      rows: [{ ...row, test: '98.91% (98.69–99.10)', canUse: false }],
    });
    expect(textOf(table)).to.contain('98.91% (98.69–99.10)').and.not.to.contain('Use on Draw');
  });

  it('says that there is nothing yet', async () => {
    expect(textOf(await mount('run-table'))).to.contain('No run yet');
  });
});

describe('the model picker', () => {
  it('tells the number of the model that was chosen', async () => {
    const options = [0, 2].map((id) => ({ id: id as ModelVersionId, label: `Model ${id}` }));
    const picker = await mount('model-picker', { options, chosen: 0 as ModelVersionId });
    const chosen = collect<number>(picker, 'choose');
    const select = picker.renderRoot.querySelector('select')!;
    expect(select.value).to.equal('0');
    select.value = '2';
    select.dispatchEvent(new Event('change'));
    expect(chosen).to.deep.equal([2]);
  });
});

describe('toasts', () => {
  it('show their text and link, and go when put away', async () => {
    const toasts = [{ id: 7, text: 'v2 answers now.', link: { label: 'Try it', href: '#/draw' } }];
    const list = await mount('toast-list', { toasts });
    expect(list.renderRoot.querySelector('a')!.getAttribute('href')).to.equal('#/draw');
    const dismissed = collect<number>(list, 'dismiss');
    list.renderRoot.querySelector('button')!.click();
    expect(dismissed).to.deep.equal([7]);
  });
});

describe('a chart card', () => {
  const series: readonly ChartSeries[] = [
    { name: 'Batches', slot: 1, isRaw: true, points: [{ x: 0.5, y: 0.9 }] },
    {
      name: 'Training',
      slot: 1,
      points: [
        { x: 0.5, y: 0.8 },
        { x: 1, y: 0.9 },
      ],
    },
    { name: 'Validation', slot: 2, hasMarkers: true, points: [{ x: 1, y: 0.95 }] },
  ];

  async function mountCard() {
    const card = await mount('chart-card', {
      heading: 'Accuracy',
      xTitle: 'Epoch',
      summary: 'Validation accuracy is 95%.',
      series,
      axis: { x: { range: [0, 2] }, y: { scale: 'linear', range: [0, 1] } },
      formatX: (x) => x.toFixed(2),
      formatY: (y) => y.toFixed(3),
    });
    return card;
  }

  it('draws its lines with Plotly, names at their ends, and a sentence for screen readers', async () => {
    const card = await mountCard();
    const chart = card.renderRoot.querySelector('plotly-chart')!;
    await chart.drawn;
    const root = chart.renderRoot;
    expect(root.querySelectorAll('.scatterlayer .trace')).to.have.length(3);
    expect(
      [...root.querySelectorAll('.annotation-text')].map(({ textContent }) => textContent),
    ).to.have.members(['Training', 'Validation']);
    expect(root.querySelector('[role=img]')!.getAttribute('aria-label')).to.equal(
      'Validation accuracy is 95%.',
    );
  });

  it('reads as a table, too', async () => {
    const card = await mountCard();
    [...card.renderRoot.querySelectorAll('button')]
      .find(({ textContent }) => textContent === 'Table')!
      .click();
    await card.updateComplete;
    const rows = [...card.renderRoot.querySelectorAll('tr')].map((row) =>
      [...row.children].map(({ textContent }) => textContent!.trim()),
    );
    expect(rows).to.deep.equal([
      ['Epoch', 'Training', 'Validation'],
      ['0.50', '0.800', ''],
      ['1.00', '0.900', '0.950'],
    ]);
  });
});
