import type { ComparedGroup } from '../components/model-comparison';
import type { ComparedSetting } from '../domain/compare-runs';
import { formatDate } from '../components/format';
import type { Score } from '../domain/metrics';
import type { ModelVersion } from '../domain/model-version';
import { settingsOf, SHORT_HASH, type Setting } from '../domain/run-settings';
import { wordSize } from './model-words';
import { wordScore } from './run-words';

/** A model that is compared, with its scores. */
export interface ComparedModel {
  readonly version: ModelVersion;
  readonly test?: Score | undefined;
  readonly drawn?: Score | undefined;
}

const UNKNOWN = '–';

/** Models side by side: how well they read, what they are, how they were trained. */
export function compareModels(models: readonly ComparedModel[]): readonly ComparedGroup[] {
  const row = (
    name: string,
    valueOf: (model: ComparedModel) => string | undefined,
    isSetting = true,
  ): ComparedSetting => {
    const values = models.map((model) => valueOf(model) ?? UNKNOWN);
    return { name, values, differs: isSetting && new Set(values).size > 1 };
  };
  const score = (name: string, scoreOf: (model: ComparedModel) => Score | undefined) =>
    row(name, (model) => maybeScore(scoreOf(model)), false);
  return [
    {
      title: 'How well they read',
      rows: [
        score('Validation', ({ version }) => version.validation),
        score('MNIST test', ({ test }) => test),
        score('Drawn digits', ({ drawn }) => drawn),
      ],
    },
    {
      title: 'What they are',
      rows: [
        row('Size', ({ version }) => wordSize(version.architecture)),
        row('Network name', ({ version }) => version.architecture.name),
        row('Read from', ({ version }) => version.importedFrom),
        row('Tags', ({ version }) => version.tags?.join(', ')),
        row('Date', ({ version }) => formatDate(version.createdAt), false),
        row('Weights hash', ({ version }) => version.weightsHash.slice(0, 12)),
      ].filter(({ values }) => values.some((value) => value !== UNKNOWN)),
    },
    { title: 'How they were trained', rows: compareTraining(models) },
  ];
}

/** Every setting that one of them has; of a model from a file none is known. */
function compareTraining(models: readonly ComparedModel[]): readonly ComparedSetting[] {
  const lists = models.map(({ version }) => trainingOf(version));
  const names = [...new Set(lists.flat().map(({ name }) => name))];
  return names.map((name) => {
    const known = lists.map((list) => list.find((setting) => setting.name === name)?.value);
    const values = known.map((value) => value ?? UNKNOWN);
    // What is not known differs from nothing.
    return { name, values, differs: new Set(known.filter((value) => value !== undefined)).size > 1 };
  });
}

function trainingOf({ config, engine, dataHash }: ModelVersion): readonly Setting[] {
  if (!config) return [];
  const settings = settingsOf({ config, ...(engine ? { engine } : {}) });
  return settings.map((setting) =>
    setting.name === SHORT_HASH ? { ...setting, value: dataHash?.slice(0, 12) ?? UNKNOWN } : setting,
  );
}

function maybeScore(score: Score | undefined): string | undefined {
  return score && score.total > 0 ? wordScore(score) : undefined;
}
