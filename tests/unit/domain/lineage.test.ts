import { expect } from 'chai';
import { ARCHITECTURES } from '../../../src/domain/architecture';
import type { ModelVersionId } from '../../../src/domain/ids';
import { LESSON_RECIPE } from '../../../src/domain/lesson';
import { traceLineage, type LineageNode } from '../../../src/domain/lineage';
import type { ModelCard, ModelVersion } from '../../../src/domain/model-version';
import { findRecipe } from '../../../src/domain/recipe';
import type { StartingPoint } from '../../../src/domain/run';

const QUICK = findRecipe('quick')!;
const id = (number: number) => number as ModelVersionId;

function version(number: number, more: Partial<ModelVersion> = {}): ModelVersion {
  return {
    id: id(number),
    createdAt: number,
    architecture: ARCHITECTURES.fast,
    preprocessVersion: 2,
    appVersion: '0',
    weightsHash: `hash-${number}`,
    validation: { correct: 1, total: 2 },
    ...more,
  };
}

function trained(number: number, startFrom?: StartingPoint, recipeId = 'quick'): ModelVersion {
  const config = {
    dataset: { kind: 'mnist', sampleCount: 1000 },
    recipe: { ...QUICK, id: recipeId },
    seed: 1,
    engine: 'auto',
    ...(startFrom ? { startFrom } : {}),
  } as const;
  return version(number, { config });
}

const from = (number: number): StartingPoint => ({ versionId: id(number), weightsHash: `hash-${number}` });
const imported = (number: number, more: Partial<ModelVersion> = {}) =>
  version(number, { importedFrom: 'x.safetensors', ...more });
const SHIPPED = { ...trained(0), weightsHash: 'hash-0' } as unknown as ModelCard;

/** "v2: fine-tuned, v1 @ 1,0": what a model came of, and where it stands. */
function words(nodes: readonly (LineageNode & { readonly column?: number; readonly row?: number })[]) {
  return nodes.map(({ key, descent, parent, column, row }) => {
    const place = column === undefined ? '' : ` @ ${column},${row}`;
    return `${key}: ${descent}${parent === undefined ? '' : `, ${parent}`}${place}`;
  });
}

describe('the lineage of models', () => {
  it('tells runs, lessons and files apart, and what each came of', () => {
    const { placed, alone } = traceLineage(
      [
        imported(7, { origin: { kind: 'trained', weightsHash: 'hash-2' } }),
        imported(6, { origin: { kind: 'copy', weightsHash: 'hash-0' } }),
        imported(5),
        trained(4, from(0), LESSON_RECIPE),
        trained(3),
        trained(2, from(1)),
        trained(1),
      ],
      SHIPPED,
    );
    expect(words(placed)).to.deep.equal([
      'shipped: shipped @ 0,0',
      'v4: taught, shipped @ 1,0',
      'v6: copy, shipped @ 1,1',
      'v1: scratch @ 0,2',
      'v2: fine-tuned, v1 @ 1,2',
      'v7: elsewhere, v2 @ 2,2',
    ]);
    expect(words(alone)).to.deep.equal(['v3: scratch', 'v5: imported']);
  });

  it('a file of the same weights is a copy, also where it does not say so', () => {
    const { placed } = traceLineage([imported(2, { weightsHash: 'hash-1' }), trained(1)], undefined);
    expect(words(placed)).to.deep.equal(['v1: scratch @ 0,0', 'v2: copy, v1 @ 1,0']);
  });

  it('a parent that was deleted keeps its place, as one that is gone', () => {
    const { placed } = traceLineage([trained(5, from(3)), trained(4, from(3))], SHIPPED);
    expect(words(placed)).to.deep.equal([
      'v3-gone: gone @ 0,0',
      'v4: fine-tuned, v3-gone @ 1,0',
      'v5: fine-tuned, v3-gone @ 1,1',
    ]);
    expect(placed[0]!.version).to.equal(undefined);
  });

  it('a shipped model that an update replaced is not taken for the one of today', () => {
    const { placed, alone } = traceLineage([trained(1, { versionId: id(0), weightsHash: 'older' })], SHIPPED);
    expect(placed.map(({ title }) => title)).to.deep.equal(['Earlier shipped', 'v1']);
    expect(words(alone)).to.deep.equal(['shipped: shipped']);
  });

  it('no circle comes of what files say of each other', () => {
    const { placed, alone } = traceLineage(
      [
        imported(2, { origin: { kind: 'copy', weightsHash: 'hash-1' } }),
        imported(1, { origin: { kind: 'copy', weightsHash: 'hash-2' } }),
      ],
      undefined,
    );
    expect(words(placed)).to.deep.equal(['v1: imported @ 0,0', 'v2: copy, v1 @ 1,0']);
    expect(alone).to.deep.equal([]);
  });

  it('no two of 40 models stand in one place, and none is lost', () => {
    const versions = Array.from({ length: 40 }, (_, at) =>
      trained(at + 1, at % 3 === 0 ? undefined : from(Math.ceil(at / 2))),
    ).toReversed();
    const { placed, alone, rows, columns } = traceLineage(versions, SHIPPED);
    expect(new Set(placed.map(({ column, row }) => `${column} ${row}`)).size).to.equal(placed.length);
    expect(placed.length + alone.length).to.equal(41);
    for (const { column, row } of placed) expect(column < columns && row < rows).to.equal(true);
  });
});
