import { AppError } from './errors';
import type { ShardedSplitName } from './shard-manifest';
import { splitInName } from './table-names';

interface Named {
  readonly name: string;
}

/** Images, the labels that belong to them, and where they go. */
export interface IdxPair<File extends Named> {
  readonly images: File;
  readonly labels: File;
  readonly split: ShardedSplitName;
}

/**
 * Pairs files of images with files of labels. Names that are the same but for `images` and `labels` belong
 * together, and so do any two that are alone; `t10k` or `test` in them means the test split, all else
 * training. Throws `invalid-input` with reason IDX_PAIR where a file has no partner, or more than one.
 */
export function pairIdxFiles<File extends Named>(
  images: readonly File[],
  labels: readonly File[],
): readonly IdxPair<File>[] {
  if (images.length === 1 && labels.length === 1) return [pairUp(images[0]!, labels[0]!)];
  const stray = [...images, ...labels].find(({ name }) => {
    const isSame = (file: File) => pairKey(file.name) === pairKey(name);
    return images.filter(isSame).length !== 1 || labels.filter(isSame).length !== 1;
  });
  if (stray) throw unpaired(`“${stray.name}” does not have exactly one partner.`);
  return images.map((file) =>
    pairUp(
      file,
      labels.find(({ name }) => pairKey(name) === pairKey(file.name))!,
    ),
  );
}

function pairUp<File extends Named>(images: File, labels: File): IdxPair<File> {
  const [split, other] = [splitInName(images.name), splitInName(labels.name)];
  if (split && other && split !== other) {
    throw unpaired(`“${images.name}” and “${labels.name}” do not belong together.`);
  }
  return { images, labels, split: split ?? other ?? 'train' };
}

/** What the names of two partners have in common. */
function pairKey(name: string): string {
  return name
    .toLowerCase()
    .replace(/\.gz$/, '')
    .replace(/(images?|labels?)(?!.*(image|label))/, '')
    .replace(/idx[13]/, 'idx');
}

function unpaired(message: string): AppError {
  return new AppError('invalid-input', message, {
    reason: 'IDX_PAIR',
    kept: 'Nothing was added.',
    remedy:
      'Choose each file of images together with its file of labels, such as train-images and train-labels.',
  });
}
