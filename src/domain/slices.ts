/** How a model does on parts of what it was tested on, each held against the whole. */
import type { DatasetSource } from './dataset';
import type { EvaluatedData } from './evaluated-data';
import type { Facet } from './image-facets';
import { estimateShare, type Estimate } from './intervals';
import type { Score } from './metrics';
import { confidenceOf, isRight, type Readings } from './readings';

/** A part of the images, by its name. */
export interface Slice {
  readonly name: string;
  readonly score: Score;
  /** With Wilson's interval. */
  readonly accuracy: Estimate;
  /** How much higher than that of the whole, as a share. */
  readonly difference: number;
}

/** The parts of one division that have images. */
export interface SliceGroup {
  readonly title: string;
  /** `code` is the part's place among the names of the facet. */
  readonly slices: readonly (Slice & { readonly code: number })[];
}

/** A slice of its score, held against the accuracy of the whole. */
export function toSlice(name: string, score: Score, whole: number): Slice {
  const accuracy = estimateShare(score);
  return { name, score, accuracy, difference: accuracy.value - whole };
}

/** The parts of each division. What has one part only divides nothing, and is left out. */
export function sliceReadings(readings: Readings, facets: readonly Facet[]): readonly SliceGroup[] {
  let right = 0;
  for (let row = 0; row < readings.count; row++) right += Number(isRight(readings, row));
  const whole = right / Math.max(1, readings.count);
  const groups = facets.map(({ title, names, codes }) => {
    const scores = names.map(() => ({ correct: 0, total: 0 }));
    codes.forEach((code, row) => {
      scores[code]!.total += 1;
      scores[code]!.correct += Number(isRight(readings, row));
    });
    const all = scores.map((score, code) => ({ ...toSlice(names[code]!, score, whole), code }));
    return { title, slices: all.filter(({ score }) => score.total > 0) };
  });
  return groups.filter(({ slices }) => slices.length > 1);
}

/** The numbers of a part's images: the mistakes first, the surest of them at the top; then the least sure. */
export function rowsOfSlice(readings: Readings, { codes }: Facet, code: number): readonly number[] {
  const rows = [...codes.keys()].filter((row) => codes[row] === code);
  const badness = (row: number) => {
    const confidence = confidenceOf(readings, row);
    return isRight(readings, row) ? -confidence : 1 + confidence;
  };
  return rows.sort((a, b) => badness(b) - badness(a));
}

/** Where digits come from: a set's source, or the benchmark of drawn ones. */
export type SliceSource = DatasetSource | 'benchmark';

/** How a model does on all that there is of one set for testing. */
export interface SetScore {
  readonly data: EvaluatedData;
  readonly title: string;
  readonly source: SliceSource;
  readonly score: Score;
}

/** The sets of one source, and all of them together. */
export interface SourceSlices {
  readonly source: SliceSource;
  readonly together: Slice;
  readonly sets: readonly (Slice & { readonly data: EvaluatedData })[];
}

/** Sets by their source, each held against all images of all sets. */
export function sliceSets(scores: readonly SetScore[]): {
  readonly whole: Slice;
  readonly sources: readonly SourceSlices[];
} {
  const total = sumScores(scores.map(({ score }) => score));
  const whole = total.correct / Math.max(1, total.total);
  const sources = [...new Set(scores.map(({ source }) => source))].map((source): SourceSlices => {
    const sets = scores.filter((set) => set.source === source);
    return {
      source,
      together: toSlice(source, sumScores(sets.map(({ score }) => score)), whole),
      sets: sets.map(({ data, title, score }) => ({ ...toSlice(title, score, whole), data })),
    };
  });
  return { whole: toSlice('All', total, whole), sources };
}

function sumScores(scores: readonly Score[]): Score {
  return scores.reduce(
    (sum, { correct, total }) => ({ correct: sum.correct + correct, total: sum.total + total }),
    { correct: 0, total: 0 },
  );
}
