import { expect } from 'chai';
import type { Architecture } from '../../../src/domain/architecture';
import { littleEndian } from '../../../src/domain/bytes';
import { AppError } from '../../../src/domain/errors';
import type { ModelOrigin } from '../../../src/domain/model-version';
import { PREPROCESS_VERSION } from '../../../src/domain/preprocess';
import { toSafetensors } from '../../../src/domain/safetensors';
import { toLayersModel } from '../../../src/domain/tfjs-model';
import { initialWeights } from '../../../src/domain/weights';
import { exportModel } from '../../../workers/ml/export-model';
import { importModel } from '../../../workers/ml/import-model';
import { reasonOf } from '../../helpers/tables';
import { zip, type ZipPart } from '../../helpers/zip-files';

const SMALL: Architecture = {
  name: 'own',
  layers: [
    { kind: 'conv', filters: 2, kernelSize: 3, stride: 2, padding: 'valid' },
    { kind: 'relu' },
    { kind: 'flatten' },
    { kind: 'dense', units: 10 },
  ],
};
const WEIGHTS = initialWeights(SMALL, 1);
const { json: JSON_TEXT, weights: BYTES } = toLayersModel(SMALL, WEIGHTS);
const FLOATS = BYTES.length / 4;

/** What `model.json` holds, to be spoilt: plain and without types, as it comes from outside. */
interface Plain {
  [key: string]: Plain;
}

function spoilt(change: (model: Plain) => void): string {
  const model = JSON.parse(JSON_TEXT) as Plain;
  change(model);
  return JSON.stringify(model);
}

/** Sets a value at a place such as `modelTopology.class_name`. */
function set(place: string, value: unknown): string {
  return spoilt((model) => {
    const keys = place.split('.');
    const last = keys.pop()!;
    const parent = keys.reduce<Plain>((node, key) => node[key]!, model);
    parent[last] = value as Plain;
  });
}

/** The list of layers, or that of the manifest's weights. */
function listAt(model: Plain, what: 'layers' | 'weights'): unknown[] {
  const list =
    what === 'layers'
      ? model['modelTopology']!['config']!['layers']
      : model['weightsManifest']![0]!['weights'];
  return list as unknown as unknown[];
}

async function asZip(json: string | Uint8Array<ArrayBuffer>, weights = BYTES, ...others: ZipPart[]) {
  const files = [
    { name: 'model.json', content: json },
    { name: 'weights.bin', content: weights },
  ];
  return new Blob([await zip([...files, ...others])]);
}

const refusalOf = async (json: string, weights = BYTES) => reasonOf(importModel(await asZip(json, weights)));
const CONV = 'modelTopology.config.layers.0';
const ENTRY = 'weightsManifest.0.weights.0';
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('a model that is not whole, or not one, is refused for what is wrong with it', () => {
  const rows: Readonly<
    Record<string, readonly [expected: string, json: string, weights?: Uint8Array<ArrayBuffer>]>
  > = {
    'weights that are not a number': [
      'MODEL_NONFINITE',
      JSON_TEXT,
      littleEndian(new Float32Array(FLOATS).fill(NaN)),
    ],
    'infinite weights': [
      'MODEL_NONFINITE',
      JSON_TEXT,
      littleEndian(new Float32Array(FLOATS).fill(-Infinity)),
    ],
    'bytes at the end': ['MODEL_LENGTH', JSON_TEXT, new Uint8Array(BYTES.length + 4)],
    'too few bytes': ['MODEL_LENGTH', JSON_TEXT, BYTES.slice(4)],
    'an odd number of bytes': ['MODEL_LENGTH', JSON_TEXT, BYTES.slice(1)],
    'weights of another shape': ['MODEL_SHAPE', set(`${ENTRY}.shape`, [3, 3, 2, 1])],
    'weights that are not listed': ['MODEL_SHAPE', spoilt((model) => void listAt(model, 'weights').pop())],
    'weights of no layer': ['MODEL_SHAPE', set(`${ENTRY}.name`, 'other/kernel')],
    'weights of one name': ['MODEL_INVALID', set(`${ENTRY}.name`, 'conv1/bias')],
    'another input': ['MODEL_SHAPE', set(`${CONV}.config.batch_input_shape`, [null, 32, 32, 3])],
    'no input at all': [
      'MODEL_SHAPE',
      spoilt(
        (model) => delete model['modelTopology']!['config']!['layers']![0]!['config']!['batch_input_shape'],
      ),
    ],
    'another number of answers': ['MODEL_SHAPE', set('modelTopology.config.layers.3.config.units', 9)],
    'two thousand million units': [
      'MODEL_TOO_LARGE',
      spoilt((model) => {
        const huge = { class_name: 'Dense', config: { name: 'huge', units: 2e9 } };
        listAt(model, 'layers').splice(3, 0, huge);
      }),
    ],
    'more filters than are taken': ['MODEL_LAYER', set(`${CONV}.config.filters`, 300)],
    'an unknown layer': ['MODEL_LAYER', set(`${CONV}.class_name`, 'Lambda')],
    '__proto__ as a layer': ['MODEL_LAYER', set(`${CONV}.class_name`, '__proto__')],
    'constructor as a layer': ['MODEL_LAYER', set(`${CONV}.class_name`, 'constructor')],
    'a functional model': ['MODEL_LAYER', set('modelTopology.class_name', 'Functional')],
    'ways between layers that lead nowhere': [
      'MODEL_LAYER',
      spoilt((model) => {
        const { modelTopology } = model;
        Object.assign(modelTopology!, { class_name: 'Model' });
        Object.assign(modelTopology!['config']!['layers']![0]!, { inbound_nodes: [[['none', 0, 0, {}]]] });
      }),
    ],
    'an activation that is not known': ['MODEL_LAYER', set(`${CONV}.config.activation`, 'tanh')],
    'channels first': ['MODEL_LAYER', set(`${CONV}.config.data_format`, 'channels_first')],
    'holes in the window': ['MODEL_LAYER', set(`${CONV}.config.dilation_rate`, [2, 2])],
    'a window that is no square': ['MODEL_LAYER', set(`${CONV}.config.kernel_size`, [3, 5])],
    'a softmax before the end': ['MODEL_LAYER', set(`${CONV}.config.activation`, 'softmax')],
    'a field __proto__': [
      'MODEL_INVALID',
      JSON_TEXT.replace('"config":{', '"config":{"__proto__":{"polluted":1},'),
    ],
    'a field prototype': ['MODEL_INVALID', set('prototype', {})],
    'a field constructor': ['MODEL_INVALID', set('constructor', 1)],
    'another type of numbers': ['MODEL_INVALID', set(`${ENTRY}.dtype`, 'int32')],
    'numbers of few bits': ['MODEL_INVALID', set(`${ENTRY}.quantization`, { dtype: 'uint8' })],
    'a negative side': ['MODEL_INVALID', set(`${ENTRY}.shape`, [-3, 3, 1, 2])],
    'half a filter': ['MODEL_INVALID', set(`${CONV}.config.filters`, 2.5)],
    'no topology': ['MODEL_INVALID', set('modelTopology', null)],
    'a topology that is a list': ['MODEL_INVALID', set('modelTopology', [])],
    'no layers': ['MODEL_INVALID', set('modelTopology.config.layers', {})],
    'a path out of the folder': ['MODEL_INVALID', set('weightsManifest.0.paths', ['../weights.bin'])],
    'an address': ['MODEL_INVALID', set('weightsManifest.0.paths', ['https://example.com/weights.bin'])],
    'weights in an address': ['MODEL_INVALID', set('weightsManifest.0.paths', ['data:,weights.bin'])],
    'a file that is not there': ['MODEL_LENGTH', set('weightsManifest.0.paths', ['other.bin'])],
    'JSON that is none': ['MODEL_INVALID', JSON_TEXT.slice(1)],
    'JSON that is nested deeply': ['MODEL_TOO_LARGE', set('signature', JSON.parse(nested(40)))],
    'JSON that is nested without end': ['MODEL_TOO_LARGE', nested(400_000)],
    'JSON that is very long': ['MODEL_TOO_LARGE', set('signature', 'x'.repeat(1_100_000))],
  };
  for (const [what, [expected, json, weights]] of Object.entries(rows)) {
    it(`${what}: ${expected}`, async () => expect(await refusalOf(json, weights)).to.equal(expected));
  }

  it('no JSON reaches the prototype of objects', async () => {
    await refusalOf(rows['a field __proto__']![1]);
    expect(({} as { polluted?: number }).polluted).to.equal(undefined);
  });

  it('says where in the JSON, what is kept and what to do', async () => {
    const archive = await asZip(set(`${ENTRY}.dtype`, 'int32'));
    const error = await importModel(archive).then(
      () => undefined,
      (reason: AppError) => reason,
    );
    expect(error?.message).to.contain('weightsManifest.0.weights.0.dtype');
    expect(error?.help.kept).to.contain('Your models');
    expect(error?.help.remedy).to.be.a('string');
  });
});

describe('a file that is no model is refused', () => {
  const files: Readonly<Record<string, readonly [expected: string, file: () => Promise<Blob>]>> = {
    'an empty file': ['MODEL_UNKNOWN', async () => new Blob([])],
    text: ['MODEL_UNKNOWN', async () => new Blob(['Hello, this is a letter.'])],
    'a ZIP without model.json': [
      'MODEL_UNKNOWN',
      async () => new Blob([await zip([{ name: '0/1.png', content: 'x' }])]),
    ],
    'a torn ZIP': ['ZIP_TRUNCATED', async () => (await asZip(JSON_TEXT)).slice(0, 300)],
    'text that is not UTF-8': ['MODEL_INVALID', () => asZip(Uint8Array.of(0x7b, 0xff, 0xfe))],
    'a very large file': ['MODEL_TOO_LARGE', async () => new Blob([new Uint8Array(33_000_000)])],
    'a ZIP that unpacks to more than it may': [
      'ZIP_BOMB',
      () => asZip(JSON_TEXT, BYTES, { name: 'more', content: new Uint8Array(2_000_000), isDeflated: true }),
    ],
  };
  for (const [what, [expected, file]] of Object.entries(files)) {
    it(`${what}: ${expected}`, async () =>
      expect(await reasonOf(importModel(await file()))).to.equal(expected));
  }
});

describe('a safetensors file is taken only whole, and only from Inkling', () => {
  const whole = toSafetensors(SMALL, WEIGHTS, PREPROCESS_VERSION);
  const length = Number(new DataView(whole.buffer).getBigUint64(0, true));
  const header = new TextDecoder().decode(whole.subarray(8, 8 + length));
  const OWN_PREPROCESS = `"preprocess":"${PREPROCESS_VERSION}"`;

  /** Puts another header in front of the same numbers. */
  function withHeader(text: string, body = whole.subarray(8 + length)): Blob {
    const start = new DataView(new ArrayBuffer(8));
    start.setBigUint64(0, BigInt(text.length), true);
    return new Blob([start.buffer, text, body.slice()]);
  }
  const replaced = (from: string, to: string) => {
    expect(header).to.contain(from);
    return withHeader(header.replace(from, to));
  };

  const files: Readonly<Record<string, readonly [expected: string, file: () => Blob]>> = {
    'of another program': ['MODEL_UNKNOWN', () => replaced('"inkling"', '"pt"')],
    'of a newer preprocessing': ['MODEL_PREPROCESS', () => replaced(OWN_PREPROCESS, '"preprocess":"9"')],
    'of an older preprocessing': ['MODEL_PREPROCESS', () => replaced(OWN_PREPROCESS, '"preprocess":"1"')],
    'of a preprocessing that is no number': [
      'MODEL_PREPROCESS',
      () => replaced(OWN_PREPROCESS, '"preprocess":"x"'),
    ],
    'with bytes at the end': ['MODEL_LENGTH', () => new Blob([whole, 'more'])],
    'with too few bytes': ['MODEL_LENGTH', () => new Blob([whole.slice(0, -4)])],
    'with a header longer than itself': ['MODEL_UNKNOWN', () => new Blob([whole.slice(0, 100)])],
    'with another type': ['MODEL_INVALID', () => replaced('"F32"', '"F16"')],
    'with another shape': ['MODEL_SHAPE', () => replaced('"shape":[3,3,1,2]', '"shape":[3,3,2,1]')],
    'with arrays that lie over one another': [
      'MODEL_INVALID',
      () => replaced('"data_offsets":[72,80]', '"data_offsets":[0,8]'),
    ],
    'with an array of no layer': ['MODEL_SHAPE', () => replaced('"conv1/bias"', '"conv9/bias"')],
    'with an unknown layer': ['MODEL_LAYER', () => replaced('\\"relu\\"', '\\"tanh\\"')],
    'with a huge layer': ['MODEL_TOO_LARGE', () => replaced('\\"filters\\":2', '\\"filters\\":2000000000')],
    'with weights that are not finite': [
      'MODEL_NONFINITE',
      () => withHeader(header, littleEndian(new Float32Array(FLOATS).fill(NaN))),
    ],
  };
  for (const [what, [expected, file]] of Object.entries(files)) {
    it(`${what}: ${expected}`, async () => expect(await reasonOf(importModel(file()))).to.equal(expected));
  }
});

describe('a safetensors file says which model it comes from', () => {
  const hash = 'c0ffee'.padEnd(64, '0');
  const read = (origin?: ModelOrigin) =>
    importModel(new Blob([toSafetensors(SMALL, WEIGHTS, PREPROCESS_VERSION, origin ? { origin } : {})]));

  for (const kind of ['copy', 'trained'] as const) {
    it(`and that comes back: ${kind}`, async () => {
      expect((await read({ kind, weightsHash: hash })).origin).to.deep.equal({ kind, weightsHash: hash });
    });
  }

  it('and how sure it may be, unless that is no temperature', async () => {
    const readAt = async (temperature: number) => {
      const bytes = toSafetensors(SMALL, WEIGHTS, PREPROCESS_VERSION, { temperature });
      return (await importModel(new Blob([bytes]))).temperature;
    };
    expect(await readAt(0.53)).to.equal(0.53);
    for (const wrong of [0, -1, 1e9, NaN]) expect(await readAt(wrong), `${wrong}`).to.equal(undefined);
  });

  it('or says nothing, and what is no hash counts as nothing', async () => {
    expect((await read()).origin).to.equal(undefined);
    expect((await read({ kind: 'copy', weightsHash: '<b>v1</b>' })).origin).to.equal(undefined);
  });
});

describe('a damaged model is refused, or is a whole one', () => {
  const small = { architecture: SMALL, weights: WEIGHTS, preprocessVersion: PREPROCESS_VERSION };
  for (const format of ['tfjs', 'safetensors'] as const) {
    it(`${format}: whichever byte is damaged`, async () => {
      const whole = new Uint8Array(await (await exportModel(small, format)).arrayBuffer());
      for (let at = 0; at < Math.min(whole.length, 1500); at += 3) {
        const damaged = whole.slice();
        damaged[at]! ^= 1 << (at % 8);
        const outcome = await importModel(new Blob([damaged])).then(
          ({ weights }) => Object.values(weights).every((values) => values.every(Number.isFinite)),
          (error: unknown) => error instanceof AppError && error.code === 'invalid-input',
        );
        expect(outcome, `byte ${at}`).to.equal(true);
      }
    });
  }
});
