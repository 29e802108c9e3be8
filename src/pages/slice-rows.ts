import { toCsv } from '../components/chart-file';
import type { SliceRows } from '../components/slice-table';
import { SOURCE_TITLES } from '../domain/dataset';
import { dataKey } from '../domain/evaluated-data';
import type { SliceGroup, SliceSource, sliceSets } from '../domain/slices';
import { mayBeLearned } from './evaluation-words';

/** What a part is called in the events of a table. */
export function parseFacetKey(key: string): { readonly title: string; readonly code: number } {
  const at = key.lastIndexOf(':');
  return { title: key.slice(0, at), code: Number(key.slice(at + 1)) };
}

/** The parts of a test's images as rows. */
export function facetRows(groups: readonly SliceGroup[]): readonly SliceRows[] {
  return groups.map(({ title, slices }) => ({
    title,
    rows: slices.map((slice) => ({ ...slice, key: `${title}:${slice.code}` })),
  }));
}

/** Sets as rows under their source; a source of several sets has a row for all of them. */
export function setRows({ sources }: ReturnType<typeof sliceSets>): readonly SliceRows[] {
  return sources.map(({ source, together, sets }) => ({
    title: titleOf(source),
    rows: [
      ...(sets.length > 1 ? [{ ...together, name: 'All of them' }] : []),
      ...sets.map((set) => ({
        ...set,
        key: dataKey(set.data),
        isInner: sets.length > 1,
        ...(mayBeLearned(set.data) ? { note: 'It may have learned from some of them.' } : {}),
      })),
    ],
  }));
}

function titleOf(source: SliceSource): string {
  return source === 'benchmark' ? 'Drawn by other hands' : SOURCE_TITLES[source];
}

/** Rows as CSV, shares 0 … 1. */
export function slicesCsv(groups: readonly SliceRows[]): string {
  return toCsv(
    ['Division', 'Part', 'Images', 'Right', 'Accuracy', 'Low', 'High', 'Difference'],
    groups.flatMap(({ title, rows }) =>
      rows.map(({ name, score, accuracy, difference }) => [
        title,
        name,
        score.total,
        score.correct,
        accuracy.value,
        accuracy.low,
        accuracy.high,
        difference,
      ]),
    ),
  );
}
