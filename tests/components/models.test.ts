import { expect } from 'chai';
import '../../src/components/lineage-graph';
import '../../src/components/model-comparison';
import '../../src/components/model-further';
import type { LineageGraph } from '../../src/components/lineage-graph';
import { ARCHITECTURES } from '../../src/domain/architecture';
import type { ModelVersionId } from '../../src/domain/ids';
import { traceLineage } from '../../src/domain/lineage';
import type { ModelVersion } from '../../src/domain/model-version';
import { compareModels } from '../../src/pages/compared-models';

/** A chain of three files, of which the second and fourth are copies of the first, and one that stands alone. */
const FILES = (['a', 'a', 'b', 'a'] as const).map((weightsHash, at): ModelVersion => ({
  id: (at + 1) as ModelVersionId,
  createdAt: at,
  architecture: ARCHITECTURES.fast,
  preprocessVersion: 2,
  appVersion: '0',
  weightsHash,
  validation: { correct: 0, total: 0 },
  importedFrom: 'x.safetensors',
  ...(at === 0 ? { name: '<b>First</b> of all the models' } : {}),
}));

describe('the lineage of models', () => {
  let graph: LineageGraph;
  let chosen: number[];

  beforeEach(async () => {
    chosen = [];
    graph = document.createElement('lineage-graph');
    graph.lineage = traceLineage(FILES.toReversed(), undefined);
    graph.chosen = FILES[0]!.id;
    graph.addEventListener('select', (event) => chosen.push((event as CustomEvent<number>).detail));
    document.body.append(graph);
    await graph.updateComplete;
  });
  afterEach(() => graph.remove());

  const nodes = () => [...graph.renderRoot.querySelectorAll<SVGGElement>('[role=treeitem]')];
  const press = async (key: string) => {
    const target = graph.renderRoot.querySelector('[role=treeitem][tabindex="0"]')!;
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await graph.updateComplete;
  };

  it('is one stop of the Tab key; arrows go from model to model, Enter chooses', async () => {
    expect(nodes().filter(({ tabIndex }) => tabIndex === 0)).to.have.length(1);
    await press('ArrowRight');
    expect((graph.shadowRoot!.activeElement as SVGGElement).dataset['key']).to.equal('v2');
    await press('ArrowDown');
    await press('Enter');
    expect(chosen).to.deep.equal([4]);
    await press('ArrowLeft');
    await press(' ');
    expect(chosen).to.deep.equal([4, 1]);
    await press('ArrowLeft');
    expect((graph.shadowRoot!.activeElement as SVGGElement).dataset['key']).to.equal('v1');
  });

  it('says in words what the lines show, and which model is chosen', () => {
    const labels = nodes().map((node) => node.querySelector('title')!.textContent);
    expect(labels).to.deep.equal([
      '<b>First</b> of all the models, from a file',
      'v2, a copy, from a file, of <b>First</b> of all the models',
      'v4, a copy, from a file, of <b>First</b> of all the models',
    ]);
    const levels = nodes().map((node) => node.getAttribute('aria-level'));
    expect(levels).to.deep.equal(['1', '2', '2']);
    expect(nodes().map((node) => node.getAttribute('aria-selected'))).to.deep.equal([
      'true',
      'false',
      'false',
    ]);
    expect(graph.renderRoot.querySelector('b')).to.equal(null);
  });

  it('is a list, too: children in their parents, those on their own last', async () => {
    const [, list] = graph.renderRoot.querySelectorAll<HTMLButtonElement>('.segments button');
    list!.click();
    await graph.updateComplete;
    const titles = (within: string) =>
      [...graph.renderRoot.querySelectorAll(`${within} > li > .line bdi`)].map((bdi) => bdi.textContent);
    expect(titles('.tree')).to.deep.equal(['<b>First</b> of all the models', 'v3']);
    expect(titles('.tree ul')).to.deep.equal(['v2', 'v4']);
    graph.renderRoot.querySelector<HTMLButtonElement>('.tree ul button')!.click();
    expect(chosen).to.deep.equal([2]);
  });
});

describe('taking a model further', () => {
  it('goes with the first set unless somebody chooses another one, also where the sets arrive late', async () => {
    const panel = document.createElement('model-further');
    const asked: string[] = [];
    panel.addEventListener('further', (event) => asked.push((event as CustomEvent<string>).detail));
    document.body.append(panel);
    await panel.updateComplete;
    panel.sets = [
      { name: 'mnist', title: 'MNIST' },
      { name: 'mine', title: 'Mine' },
    ];
    await panel.updateComplete;
    const select = panel.renderRoot.querySelector('select')!;
    const make = () => panel.renderRoot.querySelector<HTMLButtonElement>('button')!.click();
    expect(select.value).to.equal('mnist');
    make();
    for (const value of ['mine', '']) {
      select.value = value;
      select.dispatchEvent(new Event('change'));
      await panel.updateComplete;
      make();
    }
    expect(asked).to.deep.equal(['mnist', 'mine', '']);
    panel.remove();
  });
});

describe('models side by side', () => {
  it('differences are marked among what is known, and scores have their intervals', async () => {
    const config = { dataset: { kind: 'mnist', sampleCount: 10 }, seed: 1, engine: 'auto' } as const;
    const recipe = {
      id: 'x',
      title: 'X',
      architecture: ARCHITECTURES.fast,
      epochs: 1,
      batchSize: 8,
      optimizer: { kind: 'adam', weightDecay: 0 },
      learningRate: 0.01,
      schedule: 'constant',
      labelSmoothing: 0,
      augmentation: { shift: 0, rotation: 0, scale: 0, shear: 0, thickness: 0, elastic: 0 },
    } as const;
    const trained = (epochs: number): ModelVersion => ({
      ...FILES[1]!,
      config: { ...config, recipe: { ...recipe, epochs } },
    });
    const comparison = document.createElement('model-comparison');
    comparison.names = ['v1', 'v2', 'v3'];
    comparison.groups = compareModels([
      { version: trained(1), test: { correct: 9900, total: 10_000 } },
      { version: trained(2) },
      { version: FILES[0]! },
    ]);
    document.body.append(comparison);
    await comparison.updateComplete;
    const rows = [...comparison.renderRoot.querySelectorAll('tbody tr')].map((row) => ({
      words: (row as HTMLElement).innerText.replace(/\s+/g, ' ').trim(),
      differs: row.classList.contains('differs'),
    }));
    const find = (name: string) => rows.find(({ words }) => words.startsWith(name));
    expect(find('Epochs')).to.deep.equal({ words: 'Epochs , differs 1 2 –', differs: true });
    expect(find('Batch size')).to.deep.equal({ words: 'Batch size 8 8 –', differs: false });
    expect(find('MNIST test')!.words).to.equal('MNIST test 99.00% (98.79–99.18) – –');
    comparison.remove();
  });
});
