import { expect } from 'chai';
import { weightSpecs, type Architecture, type Layer } from '../../src/domain/architecture';
import type { Engine } from '../../workers/engines/engine';
import { openEngine } from '../../workers/engines/open-engine';
import type { KernelBuild } from '../../workers/engines/simd/load-kernels';
import { openSimdEngine } from '../../workers/engines/simd/simd-engine';
import { batchOf, relativeError, withNetwork } from '../helpers/networks';

type Padding = 'valid' | 'same';

function conv(filters: number, kernelSize: number, stride: number, padding: Padding): Layer {
  return { kind: 'conv', filters, kernelSize, stride, padding };
}

const RELU: Layer = { kind: 'relu' };

/**
 * Two convolutions, so that the first one's gradients come through the second one's input gradient, and
 * what follows them. Between them all numbers of channels, kernels, strides and paddings that matter.
 */
const SHAPES: readonly (readonly [title: string, layers: readonly Layer[]])[] = [
  ['3 channels, 3 × 3, to 8', [conv(3, 3, 3, 'valid'), RELU, conv(8, 3, 1, 'valid')]],
  ['8 channels, 2 × 2 with stride 2, to 10', [conv(8, 5, 3, 'same'), RELU, conv(10, 2, 2, 'valid')]],
  ['10 channels, 3 × 3 same, to 17', [conv(10, 4, 4, 'valid'), RELU, conv(17, 3, 1, 'same')]],
  ['17 channels, 3 × 3 same with stride 2, to 3', [conv(17, 3, 3, 'same'), RELU, conv(3, 3, 2, 'same')]],
  ['64 channels, 1 × 1, to 3', [conv(64, 7, 5, 'valid'), RELU, conv(3, 1, 1, 'valid')]],
  ['1 channel, 5 × 5 same, to 64', [conv(1, 2, 4, 'same'), RELU, conv(64, 5, 1, 'same')]],
  ['a stride that leaves pixels out', [conv(3, 3, 2, 'valid'), RELU, conv(5, 2, 3, 'valid')]],
  ['a kernel as large as the image', [conv(8, 4, 4, 'valid'), RELU, conv(10, 7, 1, 'valid')]],
  ['without a ReLU between', [conv(5, 3, 3, 'valid'), conv(9, 3, 1, 'valid')]],
  [
    'max pools of 2 and 3, with a rest',
    [
      conv(6, 2, 1, 'valid'),
      RELU,
      { kind: 'max-pool', size: 2 },
      conv(11, 3, 1, 'valid'),
      { kind: 'max-pool', size: 3 },
    ],
  ],
  [
    'batch norms of 5 and 17 channels',
    [
      conv(5, 3, 3, 'valid'),
      { kind: 'batch-norm' },
      RELU,
      conv(17, 3, 2, 'same'),
      RELU,
      { kind: 'batch-norm' },
    ],
  ],
  ['a dense layer of 33', [conv(3, 5, 5, 'valid'), { kind: 'flatten' }, { kind: 'dense', units: 33 }, RELU]],
];

function architectureOf(title: string, layers: readonly Layer[]): Architecture {
  const isFlat = layers.some(({ kind }) => kind === 'flatten');
  const flatten: readonly Layer[] = isFlat ? [] : [{ kind: 'flatten' }];
  return { name: title, layers: [...layers, ...flatten, { kind: 'dense', units: 10 }] };
}

/** Loss and gradients of one batch: at a momentum of 0 the velocity is the gradient. */
function gradientsOf(engine: Engine, architecture: Architecture, images: number) {
  const setup = {
    optimizer: { kind: 'momentum', momentum: 0, weightDecay: 0 },
    labelSmoothing: 0,
    seed: 1,
  } as const;
  return withNetwork(
    engine,
    architecture,
    async (network) => {
      const logits = await network.logits(batchOf(9, images).pixels);
      const { loss } = await network.trainBatch(batchOf(9, images), 0);
      return { loss, logits, gradients: (await network.export()).optimizer.firstMoments };
    },
    setup,
  );
}

for (const build of ['relaxed', 'plain'] as const satisfies readonly KernelBuild[]) {
  describe(`the ${build} kernels’ gradients are those of TF.js, to 1e-4`, () => {
    let tfjs: Engine;
    let simd: Engine;
    before(async () => {
      [tfjs, simd] = await Promise.all([openEngine('cpu'), openSimdEngine({ build })]);
    });

    for (const [title, layers] of SHAPES) {
      for (const images of [1, 7, 128]) {
        it(`${title}; ${images === 1 ? '1 image' : `${images} images`}`, async () => {
          const architecture = architectureOf(title, layers);
          const expected = await gradientsOf(tfjs, architecture, images);
          const actual = await gradientsOf(simd, architecture, images);
          expect(relativeError([actual.loss], [expected.loss]), 'loss').to.be.below(1e-4);
          expect(relativeError(actual.logits, expected.logits), 'logits').to.be.below(1e-4);
          for (const { name, isTrainable } of weightSpecs(architecture)) {
            if (!isTrainable) continue;
            const [own, other] = [actual, expected].map(({ gradients }) => gradients[name]!);
            // A gradient that is zero but for rounding, such as that of a bias before a batch norm.
            if (other!.every((value) => Math.abs(value) < 1e-6)) continue;
            expect(relativeError(own!, other!), name).to.be.below(1e-4);
          }
        });
      }
    }
  });
}
