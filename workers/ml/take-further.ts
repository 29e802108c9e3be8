import { encodeAscii } from '../../src/domain/bytes';
import { SHIPPED_MODEL, versionName, type ModelVersionId } from '../../src/domain/ids';
import type { RunConfig } from '../../src/domain/run';
import { FURTHER_FILES, furtherReadme, isLearnedFrom } from '../../src/domain/take-further';
import { plainTitle, trainScript } from '../../src/domain/train-script';
import { AppError } from '../../src/domain/errors';
import { isSame } from '../../src/domain/is-same';
import type { SampleBlock } from '../../src/domain/sample';
import type { WorkOptions } from '../../src/platform/pace';
import { writeArchive, type ArchiveEntry } from '../../src/platform/zip/write-archive';
import type { ShardRepository } from '../../src/storage/shard-repository';
import { loadBothSplits } from './dataset-views';
import { idxEntries } from './export-dataset';
import { exportModel } from './export-model';
import type { LoadedModel, LoadModel } from './load-model';
import template from './train-template.py?raw';

/** The share of the work after which the digits are packed, where there are some. */
const DATA_SHARE = 0.8;

/** Which model to take further, and with which digits. */
export interface FurtherQuestion {
  readonly versionId: ModelVersionId;
  /** What the model is called. */
  readonly title: string;
  /** The name of a stored set; without it the archive has no digits. */
  readonly dataset?: string;
}

/** What goes into an archive, read and ready. */
export interface FurtherParts {
  readonly title: string;
  readonly model: LoadedModel;
  /** The model that its recipe goes on from. */
  readonly start?: LoadedModel | undefined;
  readonly data?: {
    readonly name: string;
    readonly title: string;
    readonly splits: Readonly<Record<'train' | 'test', SampleBlock>>;
  };
}

/**
 * Writes the archive of a model and a set. Throws `not-found` where one of them is not here, `invalid-input`
 * (EXPORT_EMPTY) where the set has no digits, and `aborted`.
 */
export async function takeFurther(
  { versionId, title, dataset }: FurtherQuestion,
  loadModel: LoadModel,
  shards: ShardRepository,
  options: WorkOptions = {},
): Promise<Blob> {
  const model = await loadModel(versionId);
  const start = await loadStart(model.config, loadModel);
  const record = dataset === undefined ? undefined : await shards.findDataset(dataset);
  if (dataset !== undefined && !record) throw setGone();
  return packFurther(
    {
      title: versionId === SHIPPED_MODEL ? versionName(versionId) : title,
      model,
      start,
      ...(record
        ? {
            data: {
              name: record.name,
              title: record.title,
              splits: await loadBothSplits(shards, record.name),
            },
          }
        : {}),
    },
    options,
  );
}

/** Writes the archive: the same parts give the same bytes, in the same browser. */
export async function packFurther(
  { title, model, start, data }: FurtherParts,
  { signal, onProgress }: WorkOptions = {},
): Promise<Blob> {
  const plain = plainTitle(title);
  const folder = `inkling-${plain.toLowerCase().replace(/[ .]+/g, '-')}/`;
  const plainData = data && plainTitle(data.title);
  const script = trainScript(template, {
    title: plain,
    architecture: model.architecture,
    preprocessVersion: model.preprocessVersion,
    config: model.config,
    start: start && FURTHER_FILES.start,
    data: plainData,
    isLearnedFrom: isLearnedFrom(model.config, data?.name),
  });
  const readme = furtherReadme({ title: plain, data: plainData, hasStart: start !== undefined });
  const entry = async (path: string, content: Uint8Array<ArrayBuffer> | Blob): Promise<ArchiveEntry> => ({
    path: folder + path,
    content: content instanceof Blob ? new Uint8Array(await content.arrayBuffer()) : content,
  });
  const packed = data
    ? await idxEntries(data.splits, { signal, onProgress: (share) => onProgress?.(DATA_SHARE * share) })
    : [];
  const entries = [
    await entry(FURTHER_FILES.readme, encodeAscii(readme)),
    await entry(FURTHER_FILES.script, encodeAscii(script)),
    await entry(FURTHER_FILES.weights, await exportModel(model, 'safetensors')),
    await entry(FURTHER_FILES.onnx, await exportModel(model, 'onnx')),
    ...(start ? [await entry(FURTHER_FILES.start, await exportModel(start, 'safetensors'))] : []),
    ...packed.map((file) => ({ ...file, path: `${folder}${FURTHER_FILES.data}${file.path}` })),
  ];
  const before = data ? DATA_SHARE : 0;
  return writeArchive(entries, {
    signal,
    onProgress: (share) => onProgress?.(before + (1 - before) * share),
  });
}

/** The model that a recipe goes on from, where it is still here and still the same. */
async function loadStart(
  config: RunConfig | undefined,
  loadModel: LoadModel,
): Promise<LoadedModel | undefined> {
  if (!config?.startFrom) return undefined;
  const { versionId, weightsHash } = config.startFrom;
  try {
    const model = await loadModel(versionId);
    const isTheOne =
      model.weightsHash === weightsHash && isSame(model.architecture, config.recipe.architecture);
    return isTheOne ? model : undefined;
  } catch (error) {
    // Deleted since: the program says so, and begins from scratch.
    if (error instanceof AppError && error.code === 'not-found') return undefined;
    throw error;
  }
}

function setGone(): AppError {
  return new AppError('not-found', 'This set is no longer on this device.', {
    reason: 'SET_GONE',
    kept: 'Your models are as they were.',
    remedy: 'Choose another set, or none.',
  });
}
