import { expect } from 'chai';
import { ARCHITECTURES } from '../../../src/domain/architecture';
import { littleEndian } from '../../../src/domain/bytes';
import { toLayersModel } from '../../../src/domain/tfjs-model';
import { initialWeights } from '../../../src/domain/weights';
import { importModel } from '../../../workers/ml/import-model';
import { zip } from '../../helpers/zip-files';

describe('models that Keras wrote are read', () => {
  const dtype = {
    module: 'keras',
    class_name: 'DTypePolicy',
    config: { name: 'float32' },
    registered_name: null,
  };
  const layer = (className: string, config: object) => ({
    class_name: className,
    config: { dtype, ...config },
  });
  /** The seed's network, as its own notebook has it: activations inside of the layers, a softmax at the end. */
  const layers = (input: object) => [
    layer('InputLayer', { name: 'input', ...input }),
    layer('Conv2D', {
      name: 'conv2d',
      filters: 32,
      kernel_size: [3, 3],
      strides: [1, 1],
      padding: 'valid',
      activation: 'relu',
    }),
    layer('MaxPooling2D', { name: 'pool', pool_size: [2, 2], strides: [2, 2], padding: 'valid' }),
    layer('Conv2D', {
      name: 'conv2d_1',
      filters: 64,
      kernel_size: [3, 3],
      activation: 'relu',
      use_bias: true,
    }),
    layer('MaxPooling2D', { name: 'pool_1', pool_size: [2, 2], strides: null }),
    layer('Flatten', { name: 'flatten' }),
    layer('Dense', { name: 'dense', units: 64, activation: 'relu' }),
    layer('Dense', { name: 'dense_1', units: 10, activation: 'softmax' }),
  ];
  const weights = initialWeights(ARCHITECTURES.seed, 3);
  const bytes = toLayersModel(ARCHITECTURES.seed, weights).weights;
  const manifest = (prefix: string, suffix: string) => [
    {
      paths: ['group1-shard1of2.bin', 'group1-shard2of2.bin'],
      weights: [
        ['conv2d', [3, 3, 1, 32]],
        ['conv2d_1', [3, 3, 32, 64]],
        ['dense', [1600, 64]],
        ['dense_1', [64, 10]],
      ].flatMap(([name, shape]) => [
        { name: `${prefix}${String(name)}/kernel${suffix}`, shape, dtype: 'float32' },
        {
          name: `${prefix}${String(name)}/bias${suffix}`,
          shape: (shape as number[]).slice(-1),
          dtype: 'float32',
        },
      ]),
    },
  ];
  async function read(model: object) {
    const files = [
      { name: 'my model/model.json', content: JSON.stringify(model) },
      { name: 'my model/group1-shard1of2.bin', content: bytes.slice(0, 1000) },
      { name: 'my model/group1-shard2of2.bin', content: bytes.slice(1000) },
    ];
    return importModel(new Blob([await zip(files)]));
  }
  const expected = { architecture: ARCHITECTURES.seed, weights };

  it('Keras 2, through its converter, in two parts and in a folder', async () => {
    const config = { name: 'sequential', layers: layers({ batch_input_shape: [null, 28, 28, 1] }) };
    const modelTopology = { keras_version: '2.15.0', model_config: { class_name: 'Sequential', config } };
    expect(await read({ modelTopology, weightsManifest: manifest('', '') })).to.deep.equal(expected);
  });

  it('Keras 3, with its input layer and longer names', async () => {
    const config = { name: 'sequential', layers: layers({ batch_shape: [null, 28, 28, 1] }) };
    const sequential = { class_name: 'Sequential', config, module: 'keras', registered_name: null };
    const modelTopology = { keras_version: '3.10.0', backend: 'tensorflow', model_config: sequential };
    const model = { modelTopology, weightsManifest: manifest('sequential/', ':0') };
    expect(await read(model)).to.deep.equal(expected);
  });

  it('a bias, a scale or a centre that is left out counts as what changes nothing', async () => {
    const input = { batch_input_shape: [null, 28, 28, 1] };
    const config = [
      layer('Conv2D', { name: 'a', filters: 1, kernel_size: 11, strides: 4, use_bias: false, ...input }),
      layer('BatchNormalization', { name: 'b', axis: [3], epsilon: 0.001, center: false, scale: false }),
      layer('Flatten', { name: 'c' }),
      layer('Dense', { name: 'd', units: 10, use_bias: false }),
    ];
    const shapes = {
      'a/kernel': [11, 11, 1, 1],
      'b/moving_mean': [1],
      'b/moving_variance': [1],
      'd/kernel': [25, 10],
    };
    const entries = Object.entries(shapes).map(([name, shape]) => ({ name, shape, dtype: 'float32' }));
    const model = {
      modelTopology: { class_name: 'Sequential', config },
      weightsManifest: [{ paths: ['w'], weights: entries }],
    };
    const files = [
      { name: 'model.json', content: JSON.stringify(model) },
      { name: 'w', content: littleEndian(new Float32Array(121 + 2 + 250).fill(0.5)) },
    ];
    const read = await importModel(new Blob([await zip(files)]));
    expect([...read.weights['conv1/bias']!]).to.deep.equal([0]);
    expect([...read.weights['batch-norm1/gamma']!]).to.deep.equal([1]);
    expect([...read.weights['batch-norm1/beta']!]).to.deep.equal([0]);
    expect([...read.weights['dense1/bias']!]).to.deep.equal(Array.from({ length: 10 }, () => 0));
  });
});
