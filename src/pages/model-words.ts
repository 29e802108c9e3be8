import { formatAccuracy, formatCount, formatDate, formatMegabytes } from '../components/format';
import type { ModelFacts, ModelRow } from '../components/model-rows';
import { parameterCount, sizeOf, weightSpecs, type Architecture } from '../domain/architecture';
import { choiceTitle } from '../domain/dataset';
import { ENGINE_TITLES } from '../domain/engine';
import { runName, SHIPPED_MODEL, versionName, type ModelVersionId } from '../domain/ids';
import { accuracyOf, type Score } from '../domain/metrics';
import { filterModels, type ModelFilter } from '../domain/model-list';
import type { ModelCard, ModelVersion } from '../domain/model-version';
import type { ModelCatalogue } from '../services/model-service';
import { wordScore } from './run-words';
import { asIs } from '../i18n/as-is';
import { dateLocale } from '../i18n/speech';

const UNKNOWN = '–';

/** What a person calls a version: its name, or its number where it has none. For files, and to be looked for. */
export function modelName({ id, name }: Pick<ModelVersion, 'id' | 'name'>): string {
  if (id === SHIPPED_MODEL) return 'Shipped';
  return name ?? versionName(id);
}

/** The same, to be shown: a name that a person gave is the same in every language. */
export function modelTitle(version: Pick<ModelVersion, 'id' | 'name'>): string {
  const title = modelName(version);
  return title === version.name ? asIs(title) : title;
}

/** The models that a filter lets through, as rows: the newest first, unless it says otherwise. */
export function toModelRows(catalogue: ModelCatalogue, filter: ModelFilter): readonly ModelRow[] {
  const { versions, shipped, champion } = catalogue;
  const all = shipped ? [...versions, withNumber(shipped)] : versions;
  const scores = new Map(all.map(({ id }) => [id, testScoreOf(catalogue, id)] as const));
  return filterModels(all, scores, filter).map((version) =>
    toModelRow(version, scores.get(version.id), champion),
  );
}

/** How a model did on MNIST's test set, where that is known. */
export function testScoreOf({ shipped, testScores }: ModelCatalogue, id: ModelVersionId): Score | undefined {
  return id === SHIPPED_MODEL ? shipped?.test : testScores.get(id);
}

/** The card in the app's files has no number; it is that of the shipped model. */
export function withNumber(card: ModelCard): ModelCard {
  return { ...card, id: SHIPPED_MODEL };
}

function toModelRow(version: ModelVersion, test: Score | undefined, champion: ModelVersionId): ModelRow {
  const { id, config, validation, createdAt, tags = [] } = version;
  const title = modelTitle(version);
  const number = id === SHIPPED_MODEL || title === versionName(id) ? [] : [versionName(id)];
  const day = new Date(createdAt).toLocaleDateString(dateLocale(), { dateStyle: 'medium' });
  return {
    id,
    title,
    number: [...number, day].join(', '),
    recipe: config?.recipe.title ?? 'From a file',
    data: config ? `${choiceTitle(config.dataset)}, ${formatCount(config.dataset.sampleCount)}` : '',
    parent: config?.startFrom ? parentTitle(config.startFrom.versionId) : UNKNOWN,
    validation: wordAccuracy(validation),
    test: wordAccuracy(test),
    isChampion: id === champion,
    tags,
  };
}

function parentTitle(id: ModelVersionId): string {
  return id === SHIPPED_MODEL ? 'Shipped' : versionName(id);
}

/** An accuracy; a dash where nobody looked. */
function wordAccuracy(score: Score | undefined): string {
  return score && score.total > 0 ? formatAccuracy(accuracyOf(score)) : UNKNOWN;
}

/** The model of that number, the shipped one among them; undefined where there is none. */
export function findVersion(
  { versions, shipped }: ModelCatalogue,
  id: ModelVersionId,
): ModelVersion | undefined {
  if (id === SHIPPED_MODEL) return shipped && withNumber(shipped);
  return versions.find((version) => version.id === id);
}

/** Everything that is known of a version, in words. */
export function toModelFacts(version: ModelVersion, test: Score | undefined): ModelFacts {
  const { architecture, config, engine, validation, runId } = version;
  const known = (name: string, value: string | undefined): ModelFacts =>
    value === undefined ? [] : [[name, value]];
  return [
    ...known('Read from', version.importedFrom),
    ...known(
      'Recipe',
      config && `${config.recipe.title}, ${wordEpochs(config.recipe.epochs)}, seed ${config.seed}`,
    ),
    ...known('Run', version.id !== SHIPPED_MODEL && runId !== undefined ? runName(runId) : undefined),
    ...known(
      'Learned from',
      config && `${choiceTitle(config.dataset)}, ${formatCount(config.dataset.sampleCount)} images`,
    ),
    ...known('Parent', config?.startFrom ? versionName(config.startFrom.versionId) : undefined),
    ...known('Validation', validation.total > 0 ? wordScore(validation) : undefined),
    ...known('MNIST test', test ? wordScore(test) : undefined),
    ...known('Network', `${architecture.name}, ${formatCount(parameterCount(architecture))} parameters`),
    ...known('Size', wordSize(architecture)),
    ...known(
      'Temperature',
      version.temperature === undefined
        ? undefined
        : `${version.temperature}, from images that it did not learn from`,
    ),
    ...known('Engine', engine && ENGINE_TITLES[engine]),
    ...known('Date', formatDate(version.createdAt)),
    ...known('Inkling', version.appVersion),
    ...known('Data hash', version.dataHash),
    ...known('Weights hash', version.weightsHash),
  ];
}

function wordEpochs(epochs: number): string {
  return epochs === 1 ? '1 epoch' : `${epochs} epochs`;
}

/** What its weights take. */
export function wordSize(architecture: Architecture): string {
  return formatMegabytes(weightBytes(architecture));
}

function weightBytes(architecture: Architecture): number {
  const floats = weightSpecs(architecture).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  return floats * Float32Array.BYTES_PER_ELEMENT;
}

/** The name of a model's file: letters, digits and dashes alone, so that every system takes it. */
export function modelFileName(version: Pick<ModelVersion, 'id' | 'name'>, suffix: string): string {
  const words = modelName(version)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const number = version.id === SHIPPED_MODEL || words === versionName(version.id) ? '' : `-v${version.id}`;
  return `inkling-${words || 'model'}${number}${suffix}`;
}
