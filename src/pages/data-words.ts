import type { DatasetRow } from '../components/dataset-table';
import { formatCount, formatEstimate, formatMegabytes } from '../components/format';
import { partsOf, sampleCount, SOURCE_TITLES, storedBytes, type Dataset } from '../domain/dataset';
import type { Run } from '../domain/run';
import type { Catalogue } from '../services/catalogue-service';
import type { ImportState } from '../services/import-service';
import { shownTitle } from './set-title';

/** The state of all sets in one sentence. */
export function wordCatalogue(sets: readonly Dataset[]): string {
  if (sets.length === 0) return 'No data on this device yet.';
  const images = sets.reduce((sum, set) => sum + sampleCount(set), 0);
  const count = sets.length === 1 ? 'one set' : `${sets.length} sets`;
  return `${formatCount(images)} ${images === 1 ? 'image' : 'images'} in ${count}, all on this device.`;
}

/** A set as a row of the table. */
export function toDatasetRow(set: Dataset, runs: readonly Run[]): DatasetRow {
  const test = sampleCount(set, 'test');
  const images = formatCount(sampleCount(set, 'train'));
  return {
    name: set.name,
    title: shownTitle(set),
    images: test > 0 ? `${images} + ${formatCount(test)} test` : images,
    from: set.origin ?? SOURCE_TITLES[set.source],
    usedBy: wordUse(set.name, runs),
    size: formatMegabytes(storedBytes(set)),
    canRename: set.source !== 'mnist',
  };
}

function wordUse(name: string, runs: readonly Run[]): string {
  const using = runs.filter(({ config: { dataset } }) =>
    partsOf(dataset).some((part) => (part.kind === 'stored' ? part.name === name : part.kind === name)),
  );
  const [newest] = using;
  if (!newest) return '–';
  return using.length === 1 ? `Run ${newest.id}` : `${using.length} runs, last Run ${newest.id}`;
}

/** How an import goes, and how long it still takes. */
export function wordImport(state: ImportState & { state: 'reading' }, waiting: number): string {
  const { progress, startedAt } = state;
  const next = waiting > 0 ? ` ${waiting} more ${waiting === 1 ? 'waits' : 'wait'}.` : '';
  if (!progress || progress.share === 0) return `Opening…${next}`;
  const left = ((Date.now() - startedAt) / progress.share) * (1 - progress.share);
  const amount =
    progress.total === undefined
      ? `${Math.round(progress.share * 100)} %`
      : `${formatCount(progress.done ?? 0)} of ${formatCount(progress.total)}`;
  return `${amount} read. About ${formatEstimate(left)} left.${next}`;
}

/** What is being made or written. */
export function wordWork({ kind, title, progress }: NonNullable<Catalogue['work']>): string {
  const share = progress ? ` ${Math.round(progress.share * 100)} %.` : '';
  return kind === 'export' ? `Writing “${title}” as a file.${share}` : `Making ${title}.${share}`;
}
