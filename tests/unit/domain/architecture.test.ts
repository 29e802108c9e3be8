import { expect } from 'chai';
import {
  ARCHITECTURES,
  parameterCount,
  planLayers,
  weightSpecs,
  type Layer,
} from '../../../src/domain/architecture';
import { AppError } from '../../../src/domain/errors';
import { initialWeights, packWeights, requireFinite, unpackWeights } from '../../../src/domain/weights';
import { expectSameBytes } from '../../helpers/bytes';

const { best, fast, seed } = ARCHITECTURES;

describe('architectures', () => {
  it('the seed network has its 121,930 parameters', () => {
    expect(parameterCount(seed)).to.equal(121_930);
  });

  it('the fast network has 29,546', () => {
    expect(parameterCount(fast)).to.equal(29_546);
  });

  it('the best network has 52,058', () => {
    expect(parameterCount(best)).to.equal(52_058);
  });

  it('shapes follow from the layers', () => {
    const outputs = planLayers(fast).map(({ name, output }) => `${name} ${output.join('×')}`);
    expect(outputs).to.include.members(['conv1 12×12×16', 'conv2 5×5×32', 'conv3 3×3×64', 'dense1 10']);
  });

  it('same padding keeps the size, whatever the kernel', () => {
    const conv: Layer = { kind: 'conv', filters: 2, kernelSize: 5, stride: 3, padding: 'same' };
    const layers: Layer[] = [conv, { kind: 'flatten' }, { kind: 'dense', units: 10 }];
    expect(planLayers({ name: 'test', layers })[0]!.output).to.deep.equal([10, 10, 2]);
  });

  const misfits: readonly [string, readonly Layer[]][] = [
    ['no logits', [{ kind: 'flatten' }]],
    ['a dense layer on an image', [{ kind: 'dense', units: 10 }]],
    ['a convolution after a flatten layer', [{ kind: 'flatten' }, { kind: 'max-pool', size: 2 }]],
    ['a window larger than the image', [{ kind: 'max-pool', size: 29 }]],
    [
      'a last layer without negative logits',
      [{ kind: 'flatten' }, { kind: 'dense', units: 10 }, { kind: 'relu' }],
    ],
  ];
  for (const [name, layers] of misfits) {
    it(`refuses ${name}`, () => {
      expect(() => planLayers({ name: 'test', layers })).to.throw(AppError);
    });
  }
});

describe('weights', () => {
  it('begin the same for the same seed, with the deviation of He', () => {
    const weights = initialWeights(seed, 4);
    expect(initialWeights(seed, 4)).to.deep.equal(weights);
    const kernel = weights['conv2/kernel']!;
    const variance = kernel.reduce((sum, value) => sum + value * value, 0) / kernel.length;
    expect(Math.sqrt(variance)).to.be.closeTo(Math.sqrt(2 / (3 * 3 * 32)), 0.002);
    expect(new Set(weights['conv2/bias'])).to.deep.equal(new Set([0]));
    expect(new Set(initialWeights(fast, 4)['batch-norm1/gamma'])).to.deep.equal(new Set([1]));
  });

  it('survive packing', () => {
    const weights = initialWeights(fast, 5);
    const packed = packWeights(fast, weights);
    expect(packed.length).to.equal(
      4 * weightSpecs(fast).reduce((n, { shape }) => n + shape.reduce((a, b) => a * b), 0),
    );
    expectSameBytes(packWeights(fast, unpackWeights(fast, packed)), packed);
  });

  it('are read as float16, too', () => {
    const packed = new Uint8Array(packWeights(fast, initialWeights(fast, 5)).length / 2);
    const bits = [0x3c00, 0xc000, 0x3555, 0x0001, 0x83ff, 0x7bff, 0x8000];
    const view = new DataView(packed.buffer);
    bits.forEach((value, at) => view.setUint16(2 * at, value, true));
    const kernel = unpackWeights(fast, packed)['conv1/kernel']!;
    const values = [1, -2, 1365 / 4096, 2 ** -24, -1023 * 2 ** -24, 65_504, -0];
    expect([...kernel.subarray(0, bits.length)]).to.deep.equal(values);
    view.setUint16(0, 0x7c00, true);
    expect(() => unpackWeights(fast, packed)).to.throw(AppError);
  });

  it('that are too short, too long or not numbers are refused by name', () => {
    const packed = packWeights(fast, initialWeights(fast, 5));
    const reason = (bytes: Uint8Array) => {
      try {
        unpackWeights(fast, bytes);
      } catch (error) {
        return (error as AppError).help.reason;
      }
      return 'none';
    };
    expect(reason(packed.subarray(4))).to.equal('MODEL_LENGTH');
    expect(reason(Uint8Array.of(...packed, 0))).to.equal('MODEL_LENGTH');
    const infinite = Uint8Array.from(packed);
    infinite.set([0, 0, 0x80, 0x7f], 400);
    expect(reason(infinite)).to.equal('MODEL_NONFINITE');
    expect(() => requireFinite({ a: Float32Array.of(1, NaN) })).to.throw(AppError);
  });
});
