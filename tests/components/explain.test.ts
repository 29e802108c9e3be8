import { expect } from 'chai';
import { withArticle } from '../../src/components/article';
import '../../src/components/change-view';
import '../../src/components/halftone-map';
import '../../src/components/layer-maps';
import { strongestPlace, wordAlike, wordChange, wordLooking } from '../../src/components/explanation-words';

/** Puts an element on the page with some properties, and waits until it is rendered. */
async function mount<Name extends 'change-view' | 'halftone-map' | 'layer-maps'>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]>,
): Promise<HTMLElementTagNameMap[Name]> {
  const element = Object.assign(document.createElement(name), properties);
  document.body.append(element);
  await element.updateComplete;
  return element;
}

afterEach(() => document.body.replaceChildren());

describe('a halftone map', () => {
  it('draws squares for and circles against, and says in a sentence what it shows', async () => {
    const map = await mount('halftone-map', { values: [1, -1, 0, 1], columns: 2, label: 'Two for' });
    expect(map.renderRoot.querySelectorAll('rect')).to.have.length(2);
    expect(map.renderRoot.querySelectorAll('circle')).to.have.length(1);
    expect(map.renderRoot.querySelector('[role=img]')!.getAttribute('aria-label')).to.equal('Two for');
  });
});

describe('the layers’ maps', () => {
  const conv = {
    name: 'conv1',
    kind: 'conv',
    shape: [2, 2, 3],
    values: Float32Array.from({ length: 12 }, (_, at) => at % 3),
  } as const;
  const next = { ...conv, name: 'conv2' };
  const filters = { values: new Float32Array(12).fill(1), side: 2, count: 3 };

  it('enlarge the one under the pointer, with its filter', async () => {
    const maps = await mount('layer-maps', { pictures: { layers: [conv, next], filters } });
    const buttons = maps.renderRoot.querySelectorAll('.maps button');
    buttons[2]!.dispatchEvent(new PointerEvent('pointerenter'));
    await maps.updateComplete;
    expect(maps.renderRoot.querySelector('.detail h3')!.textContent).to.contain('Map 3 of 3');
    expect(maps.renderRoot.querySelector('.filter')).not.to.equal(null);
  });

  it('show no filter as a picture where it does not look at the pixels', async () => {
    const maps = await mount('layer-maps', { pictures: { layers: [conv, next], filters } });
    maps.renderRoot.querySelectorAll<HTMLElement>('.layers button')[1]!.click();
    await maps.updateComplete;
    expect(maps.renderRoot.querySelector('.filter')).to.equal(null);
    expect(maps.renderRoot.querySelector('.detail')!.textContent).to.contain('all maps of the layer before');
  });

  it('stay in range where another model has fewer layers and maps', async () => {
    const maps = await mount('layer-maps', { pictures: { layers: [conv, next], filters } });
    maps.renderRoot.querySelectorAll<HTMLElement>('.layers button')[1]!.click();
    maps.renderRoot.querySelectorAll('.maps button')[2]!.dispatchEvent(new PointerEvent('pointerenter'));
    maps.pictures = { layers: [{ ...conv, shape: [2, 2, 1], values: new Float32Array(4) }] };
    await maps.updateComplete;
    expect(maps.renderRoot.querySelector('.detail h3')!.textContent).to.contain('Map 1 of 1');
  });
});

describe('a change', () => {
  const original = new Uint8Array(784);

  it('is shown before, after and as a difference', async () => {
    const after = original.slice();
    after[30] = 255;
    const view = await mount('change-view', {
      original,
      digit: 4,
      change: { target: 9, after, probability: 0.6 },
    });
    expect(view.renderRoot.querySelectorAll('figure')).to.have.length(3);
    expect(view.renderRoot.textContent).to.contain(
      '1 of 784 pixels change (all get ink), and the likeliest is a 9, at 60.0%.',
    );
  });

  it('that was not found is not made up', async () => {
    const view = await mount('change-view', { original, digit: 4, change: { target: 8 } });
    expect(view.renderRoot.querySelectorAll('figure')).to.have.length(0);
    expect(view.renderRoot.textContent).to.contain('Nothing small was found that makes it an 8.');
  });
});

describe('words of an explanation', () => {
  it('name the strongest place of either sign, within what is marked', () => {
    const values = [0, 0, 0, 0, 5, 1, 1, 0, 1, 1, 1, 0, 1, 1, -9, 0];
    expect(strongestPlace(values, 4)).to.equal('the upper left');
    expect(strongestPlace(values, 4, -1)).to.equal('the lower right');
    expect(strongestPlace([0, -1], 2)).to.equal(undefined);
  });

  it('count pixels that lose ink apart from those that get it', () => {
    const before = new Uint8Array(784);
    before[1] = 255;
    const after = new Uint8Array(784);
    after[0] = 255;
    expect(wordChange({ target: 1, after, probability: 0.5 }, before)).to.contain('(1 get ink, 1 lose it)');
    expect(withArticle(8)).to.equal('an 8');
  });

  it('say when there is nothing to say', () => {
    expect(wordAlike({ samples: [], compared: 0 }, 4)).to.equal('This set has no digits to train with.');
    const evidence = { digit: 4, rival: 9, covering: new Float32Array(784) };
    expect(wordLooking(evidence)).to.contain('no convolution');
  });
});
