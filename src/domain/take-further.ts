/** "Take it further": a model, digits and a program, in one archive, for any machine and any number of them. */
import { MNIST } from './mnist';
import type { RunConfig } from './run';

/** The files of the archive, all in one folder. */
export const FURTHER_FILES = {
  readme: 'README.txt',
  script: 'train.py',
  onnx: 'version.onnx',
  weights: 'version.safetensors',
  /** The weights that the recipe goes on from. */
  start: 'start.safetensors',
  data: 'data/',
} as const;

/** What is in an archive, for whoever opens it. */
export interface FurtherContent {
  /** In plain letters. */
  readonly title: string;
  /** The title of the set; undefined where there is none. */
  readonly data?: string | undefined;
  readonly hasStart: boolean;
}

/**
 * True where the first images of a set are what a run learned from: all of MNIST's or of one's own set, or the
 * first ones of MNIST's.
 */
export function isLearnedFrom(config: RunConfig | undefined, dataset: string | undefined): boolean {
  if (!config || dataset === undefined) return false;
  if (config.dataset.kind === 'mnist') return dataset === MNIST;
  return config.dataset.kind === 'stored' && config.dataset.name === dataset;
}

/** Where what a file is begins, in the text that lists them. */
const NAME_COLUMNS = 21;

/** The text that stands beside the program. */
export function furtherReadme({ title, data, hasStart }: FurtherContent): string {
  const { script, onnx, weights, start } = FURTHER_FILES;
  const files: readonly (readonly [file: string, what: string])[] = [
    [script, 'trains the same network by the same recipe, with PyTorch'],
    [weights, "the model's weights, as they are"],
    [onnx, 'the model for ONNX Runtime: pixels [N, 1, 28, 28], 0 to 1, to logits [N, 10]'],
    ...(hasStart ? [[start, 'the weights that the recipe goes on from'] as const] : []),
    [
      FURTHER_FILES.data,
      data === undefined
        ? "is missing: make it, and put MNIST's four files into it, or your own of that kind"
        : `the digits of ${data}, as MNIST's kind of files (IDX)`,
    ],
  ];
  return `${title}, from Inkling

${files.map(([file, what]) => `${file.padEnd(NAME_COLUMNS)}${what}`).join('\n')}

What you need: Python 3, PyTorch 1.10 or newer, NumPy. On Debian: apt install python3-torch

Train on this machine, with two processes:

    torchrun --nproc_per_node=2 ${script}

On several machines, the same command on each; HOST is one of them:

    torchrun --nnodes=4 --nproc_per_node=8 --rdzv_id=1 --rdzv_backend=c10d \\
        --rdzv_endpoint=HOST:29500 ${script}

With one process: python3 ${script}

Go on from the model as it is, more gently or with more digits:

    torchrun --nproc_per_node=2 ${script} --start ${weights} --epochs 3

Where torchrun ends in "'NoneType' object has no attribute 'get'" (PyTorch 1.13 under Python 3.11, as
Debian 12 has them), add -r 9:3 -t 9:3 before ${script}.

When it ends it prints the accuracy and writes model.safetensors. Choose that file in Inkling with
Models, Import a model. It answers nothing before you have chosen it.

${script} says at its beginning what it does otherwise than Inkling.
`;
}
