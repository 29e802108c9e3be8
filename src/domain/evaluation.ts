import { binByConfidence, calibrationOf, type Calibration, type ReliabilityBin } from './calibration';
import { classificationReport, type ClassificationReport } from './classification-report';
import type { SampleStatistics } from './class-statistics';
import { columnTotal, countAt, matrixScore, rowTotal, type ConfusionMatrix } from './confusion-matrix';
import type { PreprocessVersions } from './evaluated-notes';
import type { Facet } from './image-facets';
import { averageEstimates, estimateF1, estimateShare, type Estimate } from './intervals';
import { findLabelSuspects, type LabelSuspect } from './label-suspects';
import type { Score } from './metrics';
import { rankClass, type ClassRanking } from './ranking-curves';
import { hardestRows, logLossOf, matrixOf, surestMistakes, topScore, type Readings } from './readings';
import { refusalCurve, type Refusal } from './refusal';
import { CLASS_COUNT } from './sample';

/** The figures of one digit with their 95 % intervals. */
export interface ClassEstimates {
  readonly digit: number;
  readonly precision: Estimate;
  readonly recall: Estimate;
  readonly f1: Estimate;
}

/** All that is told of a model on some images. Images are named by their row. */
export interface Evaluation {
  readonly score: Score;
  readonly accuracy: Estimate;
  /** How often the label is among the two likeliest digits. */
  readonly topTwo: Estimate;
  /** Mean cross-entropy in nats. */
  readonly logLoss: number;
  /** Of the digits that there are. */
  readonly classes: readonly ClassEstimates[];
  /** Means over the classes. */
  readonly macro: Omit<ClassEstimates, 'digit'>;
  readonly matrix: ConfusionMatrix;
  readonly report: ClassificationReport;
  readonly calibration: Calibration;
  /** How many answers there are of each confidence, right and wrong. */
  readonly confidences: readonly ReliabilityBin[];
  readonly rankings: readonly ClassRanking[];
  readonly refusals: readonly Refusal[];
  readonly hardest: readonly number[];
  readonly surestMistakes: readonly number[];
  readonly suspects: readonly LabelSuspect[];
}

/** What an evaluation found, and what it is about. */
export interface Examined {
  readonly evaluation: Evaluation;
  readonly readings: Readings;
  /** [count, 28, 28] bytes. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** The place of each image among the stored ones of its split; empty where the set is not stored. */
  readonly places: Uint32Array<ArrayBuffer>;
  /** So many of the images come first and are of the stored training split; the others are for testing. */
  readonly trainCount: number;
  /** Ways to divide the images. */
  readonly facets: readonly Facet[];
  /** How many there are of each digit, and what they look like on average. */
  readonly statistics: SampleStatistics;
  readonly preprocess: PreprocessVersions;
}

const HISTOGRAM_BINS = 20;
const MOST_HARD = 60;
const MOST_SUSPECTS = 200;

/** Derives everything from what was read. */
export function evaluateReadings(readings: Readings): Evaluation {
  const matrix = matrixOf(readings);
  const report = classificationReport(readings.labels, readings.digits);
  const classes = report.classes.map(({ digit }) => estimateClass(matrix, digit));
  const score = matrixScore(matrix);
  const average = (name: 'precision' | 'recall' | 'f1') => averageEstimates(classes.map((one) => one[name]));
  return {
    score,
    accuracy: estimateShare(score),
    topTwo: estimateShare(topScore(readings, 2)),
    logLoss: logLossOf(readings),
    classes,
    macro: { precision: average('precision'), recall: average('recall'), f1: average('f1') },
    matrix,
    report,
    calibration: calibrationOf(readings),
    confidences: binByConfidence(readings, HISTOGRAM_BINS),
    rankings: Array.from({ length: CLASS_COUNT }, (_, digit) => rankClass(readings, digit)),
    refusals: refusalCurve(readings),
    hardest: hardestRows(readings, MOST_HARD),
    surestMistakes: surestMistakes(readings, MOST_HARD),
    suspects: findLabelSuspects(readings, MOST_SUSPECTS),
  };
}

function estimateClass(matrix: ConfusionMatrix, digit: number): ClassEstimates {
  const correct = countAt(matrix, { label: digit, answer: digit });
  const labelled = rowTotal(matrix, digit);
  const answered = columnTotal(matrix, digit);
  return {
    digit,
    precision: estimateShare({ correct, total: answered }),
    recall: estimateShare({ correct, total: labelled }),
    f1: estimateF1({ correct, total: labelled + answered - correct }),
  };
}
