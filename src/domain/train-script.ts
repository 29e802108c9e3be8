/** A program for PyTorch that trains a network by a recipe: what is filled into `workers/ml/train-template.py`. */
import { planLayers, type Architecture, type LayerPlan } from './architecture';
import { BATCH_NORM_EPSILON, BATCH_NORM_MOMENTUM } from './architecture';
import { isVaried } from './augment';
import { NO_AUGMENTATION } from './augmentation';
import { partsOf } from './dataset';
import { LESSON_RECIPE } from './lesson';
import { ADAM } from './optimizer';
import type { Recipe } from './recipe';
import type { RunConfig } from './run';

/** What a program is to train. */
export interface TrainSubject {
  /** What a person calls the model; for the heading alone. */
  readonly title: string;
  readonly architecture: Architecture;
  readonly preprocessVersion: number;
  /** How it was trained; of a model that came as a file nobody knows. */
  readonly config?: RunConfig | undefined;
  /** The file of weights beside the program that the recipe goes on from; without it, from scratch. */
  readonly start?: string | undefined;
  /** The set in the folder `data`, by its title; undefined where there is none. */
  readonly data?: string | undefined;
  /** That set is the one that the recipe's images are the first ones of. */
  readonly isLearnedFrom?: boolean;
}

/** Where nobody knows how a model was trained: what mostly works. */
const ORDINARY: Omit<Recipe, 'architecture'> = {
  id: 'ordinary',
  title: 'Ordinary',
  epochs: 5,
  batchSize: 64,
  optimizer: ADAM,
  learningRate: 0.001,
  schedule: 'cosine',
  labelSmoothing: 0,
  augmentation: NO_AUGMENTATION,
};

/** Columns of a comment. */
const COLUMNS = 100;

/** Fills the template. What comes out is ASCII, and nothing in it is a person's words but the title, made plain. */
export function trainScript(template: string, subject: TrainSubject): string {
  const parts: Readonly<Record<string, string>> = {
    HEADING: wrap(
      `Trains the network of ${plainTitle(subject.title)}, a model of Inkling's, with PyTorch.`,
      '',
    ),
    NOTES: differences(subject)
      .map((sentence) => wrap(sentence, '- '))
      .join('\n'),
    RECIPE: recipeLines(subject).join('\n'),
    LAYERS: JSON.stringify(JSON.stringify(subject.architecture.layers)),
    PREPROCESS: String(subject.preprocessVersion),
    NETWORK: planLayers(subject.architecture).flatMap(networkLines).join('\n'),
  };
  return template.replace(/@@([A-Z]+)@@/g, (mark, name: string) => {
    const part = parts[name];
    if (part === undefined) throw new RangeError(`${mark} has nothing to be filled with`);
    return part;
  });
}

/** A title that can stand in any comment and any file name of Python's. */
export function plainTitle(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9 ._-]+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return plain || 'a model';
}

function recipeLines({ architecture, config, start, isLearnedFrom }: TrainSubject): readonly string[] {
  const recipe: Recipe = config?.recipe ?? { ...ORDINARY, architecture };
  const { optimizer, augmentation, earlyStopping } = recipe;
  const { blur = 0, contrast = 0 } = augmentation;
  const momentum = optimizer.kind === 'momentum' ? optimizer.momentum : 0;
  const limit = isLearnedFrom && config?.dataset.kind === 'mnist' ? config.dataset.sampleCount : 0;
  return [
    `EPOCHS = ${recipe.epochs}`,
    `EXTRA_EPOCHS = ${config?.extraEpochs ?? 0}  # the last ones, at a twentieth of the rate`,
    `BATCH_SIZE = ${recipe.batchSize}`,
    `OPTIMIZER = ${JSON.stringify(optimizer.kind)}`,
    `MOMENTUM = ${momentum}`,
    `WEIGHT_DECAY = ${optimizer.weightDecay}  # of kernels alone, as a share of the rate`,
    `LEARNING_RATE = ${recipe.learningRate}`,
    `SCHEDULE = ${JSON.stringify(recipe.schedule)}`,
    `LABEL_SMOOTHING = ${recipe.labelSmoothing}`,
    `AUGMENTATION = ${JSON.stringify({ ...augmentation, blur, contrast })}`,
    `PATIENCE = ${earlyStopping?.patience ?? 'None'}  # epochs without a smaller validation loss`,
    `SEED = ${config?.seed ?? 1}`,
    `SAMPLES = ${limit}  # the first so many images; 0 is all of them`,
    `START = ${start === undefined ? 'None' : JSON.stringify(start)}`,
  ];
}

function networkLines(plan: LayerPlan): readonly string[] {
  const { layer, name, input } = plan;
  const line = (words: string, suffix = '') => `        (${JSON.stringify(name + suffix)}, ${words}),`;
  switch (layer.kind) {
    case 'conv': {
      const { filters, kernelSize, stride } = layer;
      const pads = layer.padding === 'same' ? samePads(plan) : [0];
      const conv = line(`nn.Conv2d(${input[2]}, ${filters}, ${kernelSize}, stride=${stride})`);
      return pads.some(Boolean) ? [line(`nn.ZeroPad2d((${pads.join(', ')}))`, '-pad'), conv] : [conv];
    }
    case 'batch-norm': {
      const momentum = Number((1 - BATCH_NORM_MOMENTUM).toPrecision(6));
      const dimensions = input.length === 3 ? '2d' : '1d';
      const words = `eps=${BATCH_NORM_EPSILON}, momentum=${momentum}`;
      return [line(`nn.BatchNorm${dimensions}(${input.at(-1)}, ${words})`)];
    }
    case 'relu':
      return [line('nn.ReLU()')];
    case 'max-pool':
      return [line(`nn.MaxPool2d(${layer.size})`)];
    case 'dropout':
      return [line(`nn.Dropout(${layer.rate})`)];
    case 'flatten':
      return [line('Flatten()')];
    case 'dense':
      return [line(`nn.Linear(${input[0]}, ${layer.units})`)];
  }
}

/** Zeros on the left, right, top and bottom, as Inkling lays them: an odd one at the end. */
function samePads({ layer, input }: LayerPlan): readonly number[] {
  if (layer.kind !== 'conv') return [0];
  const { kernelSize, stride } = layer;
  const [height, width] = input.map((side) => {
    const zeros = Math.max(0, (Math.ceil(side / stride) - 1) * stride + kernelSize - side);
    return [Math.floor(zeros / 2), Math.ceil(zeros / 2)] as const;
  });
  return [...width!, ...height!];
}

/** What the program does otherwise than Inkling did, in sentences. */
function differences(subject: TrainSubject): readonly string[] {
  const { config, data, start, isLearnedFrom } = subject;
  const recipe = config?.recipe;
  const hasBatchNorm = subject.architecture.layers.some(({ kind }) => kind === 'batch-norm');
  const hasDropout = subject.architecture.layers.some(({ kind }) => kind === 'dropout');
  const isVarying = recipe !== undefined && isVaried(recipe.augmentation);
  return [
    config
      ? 'The recipe is that of the model: network, optimizer, schedule, batch, epochs, augmentation.'
      : 'The model came as a file, and nobody knows how it was trained. The recipe is an ordinary one.',
    `PyTorch draws other random numbers than Inkling from the same seed: ${listWords([
      ...(start ? [] : ['the weights it begins with']),
      'the order of the images',
      ...(isVarying ? ['how they are varied'] : []),
      ...(hasDropout ? ['what dropout takes away'] : []),
    ])} are others, and so is what comes out, a little.`,
    ...(isVarying
      ? [
          'Varied images are computed as floats here, and rounded to bytes in Inkling. All else of it is the same.',
        ]
      : []),
    ...(hasBatchNorm ? [BATCH_NORM_NOTE] : []),
    ...(data === undefined
      ? ['There are no digits in this archive: put your own into data/, see README.txt.']
      : []),
    ...(data !== undefined && config && !isLearnedFrom ? [otherData(config)] : []),
    ...(config?.startFrom && !start
      ? ['It went on from another model, which is not on the device any more. This begins from scratch.']
      : []),
    ...(recipe?.id === LESSON_RECIPE
      ? ['It was a lesson: corrections were repeated among old images. Here every image counts once.']
      : []),
  ];
}

const BATCH_NORM_NOTE =
  'Batch norm keeps a running variance that PyTorch computes as that of a sample, n - 1, and Inkling as it is, n. ' +
  'With several processes and no CUDA device each one sees the mean of its own share of a batch; their running ' +
  'statistics are averaged after each epoch.';

function otherData({ dataset }: RunConfig): string {
  const kinds = new Set(partsOf(dataset).map(({ kind }) => DATA_WORDS[kind]));
  return `The model learned from ${dataset.sampleCount} images of ${listWords([...kinds])}; what is in data/ is another choice.`;
}

const DATA_WORDS = { mnist: 'MNIST', generated: 'generated digits', stored: 'a set of its own' } as const;

function listWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function wrap(sentence: string, mark: string): string {
  const lines: string[] = [];
  let line = mark;
  for (const word of sentence.split(' ')) {
    const next = line === mark || line.trim() === '' ? `${line}${word}` : `${line} ${word}`;
    if (next.length <= COLUMNS) line = next;
    else {
      lines.push(line);
      line = `${' '.repeat(mark.length)}${word}`;
    }
  }
  return [...lines, line].join('\n');
}
