/**
 * Precision, recall and F1 as scikit-learn's `classification_report` computes and prints them
 * (sklearn/metrics/_classification.py): the text is the same to the character.
 */
import { CLASS_COUNT } from './sample';

/** The figures of a class, or of an average over classes. What cannot be divided is 0. */
export interface ClassFigures {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Images of the class. */
  readonly support: number;
}

/** A report. `classes` are in the order of the digits. */
export interface ClassificationReport {
  readonly classes: readonly (ClassFigures & { readonly digit: number })[];
  /** The share read rightly; undefined where the report is about other digits than those there are. */
  readonly accuracy?: number;
  /** In place of the accuracy, where there is none. */
  readonly micro?: ClassFigures;
  readonly macro: ClassFigures;
  readonly weighted: ClassFigures;
  /** False where no answer is right, to any digit. */
  readonly isAnyRight: boolean;
}

/** Counts of one class. */
interface Counts {
  readonly digit: number;
  readonly hits: number;
  readonly labelled: number;
  readonly answered: number;
}

/**
 * The report of some answers. It is about all digits that are labels or answers, in order, unless `digits`
 * says which; those may also be missing, and then have a support of 0.
 */
export function classificationReport(
  labels: ArrayLike<number>,
  answers: ArrayLike<number>,
  digits?: readonly number[],
): ClassificationReport {
  const counted = countClasses(labels, answers);
  const present = counted.filter(({ labelled, answered }) => labelled + answered > 0);
  const chosen = digits ? digits.map((digit) => counted[digit]!) : present;
  const classes = chosen.map((counts) => ({ digit: counts.digit, ...figuresOf(counts) }));
  const isWhole = chosen.length === present.length && present.every((counts) => chosen.includes(counts));
  const micro = figuresOf({
    hits: sumInPairs(chosen.map(({ hits }) => hits)),
    labelled: sumInPairs(chosen.map(({ labelled }) => labelled)),
    answered: sumInPairs(chosen.map(({ answered }) => answered)),
  });
  return {
    classes,
    ...(isWhole ? { accuracy: micro.f1 } : { micro }),
    macro: { ...averageOf(classes, () => 1), support: micro.support },
    weighted: { ...averageOf(classes, ({ support }) => support), support: micro.support },
    isAnyRight: counted.some(({ hits }) => hits > 0),
  };
}

function countClasses(labels: ArrayLike<number>, answers: ArrayLike<number>): readonly Counts[] {
  const counts = Array.from({ length: CLASS_COUNT }, (_, digit) => ({
    digit,
    hits: 0,
    labelled: 0,
    answered: 0,
  }));
  for (let row = 0; row < labels.length; row++) {
    counts[labels[row]!]!.labelled += 1;
    counts[answers[row]!]!.answered += 1;
    if (labels[row] === answers[row]) counts[labels[row]!]!.hits += 1;
  }
  return counts;
}

function figuresOf({ hits, labelled, answered }: Omit<Counts, 'digit'>): ClassFigures {
  return {
    precision: divide(hits, answered),
    recall: divide(hits, labelled),
    f1: divide(2 * hits, labelled + answered),
    support: labelled,
  };
}

function averageOf(
  classes: readonly ClassFigures[],
  weightOf: (figures: ClassFigures) => number,
): Omit<ClassFigures, 'support'> {
  const total = sumInPairs(classes.map(weightOf));
  const average = (name: 'precision' | 'recall' | 'f1') =>
    divide(sumInPairs(classes.map((figures) => figures[name] * weightOf(figures))), total);
  return { precision: average('precision'), recall: average('recall'), f1: average('f1') };
}

/** Adds in NumPy's order (pairwise in eights), so that the last bit, too, is as in its averages. */
function sumInPairs(values: readonly number[]): number {
  if (values.length < 8) return values.reduce((sum, value) => sum + value, 0);
  const [a, b, c, d, e, f, g, h] = values as unknown as readonly [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const first = a + b + (c + d) + (e + f + (g + h));
  return values.slice(8).reduce((sum, value) => sum + value, first);
}

/** What scikit-learn does with `zero_division="warn"`: nothing to divide by is 0. */
function divide(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

const COLUMNS = ['precision', 'recall', 'f1-score', 'support'];
const LONGEST_NAME = 'weighted avg';
const DECIMALS = 2;

/** The report as scikit-learn prints it, with the line break at its end. Names are those of the classes. */
export function reportText(
  { classes, accuracy, micro, macro, weighted, isAnyRight }: ClassificationReport,
  names: readonly string[] = classes.map(({ digit }) => String(digit)),
): string {
  const width = Math.max(LONGEST_NAME.length, ...names.map(({ length }) => length));
  const line = (name: string, cells: readonly string[]) =>
    `${name.padStart(width)} ${cells.map((cell) => ` ${cell.padStart(9)}`).join('')}\n`;
  // Where nothing is right, scikit-learn counts with floats, and prints them so.
  const count = (support: number) => (isAnyRight ? String(support) : support.toFixed(1));
  const row = (name: string, { precision, recall, f1, support }: ClassFigures) =>
    line(name, [...[precision, recall, f1].map((value) => formatDecimals(value, DECIMALS)), count(support)]);
  return [
    line('', COLUMNS),
    '\n',
    ...classes.map((figures, at) => row(names[at]!, figures)),
    '\n',
    accuracy === undefined
      ? row('micro avg', micro!)
      : line('accuracy', ['', '', formatDecimals(accuracy, DECIMALS), count(macro.support)]),
    row('macro avg', macro),
    row(LONGEST_NAME, weighted),
  ].join('');
}

/** The report as scikit-learn gives it with `output_dict=True`. */
export function reportJson({
  classes,
  accuracy,
  micro,
  macro,
  weighted,
}: ClassificationReport): Readonly<Record<string, unknown>> {
  const entry = ({ precision, recall, f1, support }: ClassFigures) => ({
    precision,
    recall,
    'f1-score': f1,
    support,
  });
  return {
    ...Object.fromEntries(classes.map((figures) => [String(figures.digit), entry(figures)])),
    ...(accuracy === undefined ? { 'micro avg': entry(micro!) } : { accuracy }),
    'macro avg': entry(macro),
    'weighted avg': entry(weighted),
  };
}

/**
 * A number as Python formats it: what lies exactly between two goes to the even one, as in 0.125 → 0.12,
 * where JavaScript's toFixed goes up.
 */
export function formatDecimals(value: number, decimals: number): string {
  const doubled = value * 2 * 10 ** decimals;
  // Only multiples of a power of two can lie in the middle, and for them the product is exact.
  const isMiddle = Number.isInteger(value * 2 ** (decimals + 1)) && Math.abs(doubled % 2) === 1;
  if (!isMiddle) return value.toFixed(decimals);
  const below = Math.floor(doubled / 2);
  return ((below % 2 === 0 ? below : below + 1) / 10 ** decimals).toFixed(decimals);
}
