import { formatCount, formatEstimate, formatLoss, formatShare } from '../components/format';
import type { Dataset } from '../domain/dataset';
import { sampleCount } from '../domain/dataset';
import { SAMPLE_SPLITS, SPLIT_TITLES } from '../domain/dataset-view';
import { checkingCost } from '../domain/cross-validation';
import { dataKey, DRAWN_TEST, GENERATED_TEST, type EvaluatedData } from '../domain/evaluated-data';
import type { Evaluation } from '../domain/evaluation';
import { versionName, type ModelVersionId } from '../domain/ids';
import { MNIST } from '../domain/mnist';
import type { MnistState } from '../services/dataset-service';

/** Data to choose. */
export interface DataOption {
  readonly key: string;
  readonly label: string;
  readonly data: EvaluatedData;
}

/** All data that a model can be tested on, MNIST's test images first. */
export function dataOptions(sets: readonly Dataset[], mnist: MnistState): readonly DataOption[] {
  const own = sets.filter(({ name }) => name !== MNIST);
  const stored = sets.find(({ name }) => name === MNIST);
  const isOffered = mnist.state === 'fetching' || (mnist.state === 'missing' && mnist.isOffered);
  return [
    ...(stored ? setOptions(stored) : []),
    ...(!stored && isOffered ? [toOption('MNIST: Test, 10,000', storedData(MNIST, 'test'))] : []),
    toOption(`Generated digits, ${formatCount(GENERATED_COUNT)}`, GENERATED_TEST),
    toOption('Drawn benchmark', DRAWN_TEST),
    ...own.flatMap(setOptions),
  ];
}

const GENERATED_COUNT = GENERATED_TEST.kind === 'generated' ? GENERATED_TEST.sampleCount : 0;

/** A set's parts: what is for testing first, then what may have been learned from. */
function setOptions(set: Dataset): readonly DataOption[] {
  const option = (title: string, split: Extract<EvaluatedData, { kind: 'stored' }>['split']) =>
    toOption(`${set.title}: ${title}`, storedData(set.name, split));
  const [train, test] = [sampleCount(set, 'train'), sampleCount(set, 'test')];
  const parts = SAMPLE_SPLITS.filter((split) => (split === 'test' ? test : train) > 0);
  return [
    ...parts.toReversed().map((split) => option(SPLIT_TITLES[split], split)),
    option(`All, ${formatCount(train + test)}`, 'all'),
  ];
}

function storedData(name: string, split: Extract<EvaluatedData, { kind: 'stored' }>['split']): EvaluatedData {
  return { kind: 'stored', name, split };
}

function toOption(label: string, data: EvaluatedData): DataOption {
  return { key: dataKey(data), label, data };
}

/** True for images that the model may have learned from: it reads them better than others. */
export function mayBeLearned(data: EvaluatedData): boolean {
  return data.kind === 'stored' && (data.split === 'train' || data.split === 'all');
}

/** The page's sentence. */
export function wordEvaluation(versionId: ModelVersionId, data: EvaluatedData, total: number): string {
  const unseen = mayBeLearned(data) ? 'digits; it may have learned from some of them' : 'digits';
  return `How well ${versionName(versionId)} reads ${formatCount(total)} ${unseen}.`;
}

/** A fact beside the figures: what it is, its value, and what it means. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly hint: string;
}

/** What is told beside the figures with intervals. */
export function evaluationFacts({ topTwo, logLoss, calibration, report }: Evaluation): readonly Fact[] {
  const { weighted } = report;
  return [
    {
      name: 'Among the two likeliest',
      value: `${(topTwo.value * 100).toFixed(2)}%`,
      hint: `${(topTwo.low * 100).toFixed(2)} to ${(topTwo.high * 100).toFixed(2)}%`,
    },
    { name: 'Log loss', value: formatLoss(logLoss), hint: 'Lower is better.' },
    {
      name: 'Calibration error',
      value: formatShare(calibration.expectedError),
      hint: 'How far it is from what it says.',
    },
    { name: 'Brier score', value: calibration.brierScore.toFixed(4), hint: '0 is perfect, 2 the worst.' },
    {
      name: 'F1, weighted',
      value: `${(weighted.f1 * 100).toFixed(2)}%`,
      hint: `Precision ${(weighted.precision * 100).toFixed(2)}, recall ${(weighted.recall * 100).toFixed(2)}%`,
    },
  ];
}

/** A p-value as people read it. */
export function wordPValue(pValue: number): string {
  return pValue < 0.0001 ? 'p < 0.0001' : `p = ${pValue.toFixed(4)}`;
}

/** How long a check of the labels takes, as far as this device's speed is known. */
export function wordCheckingTime(count: number, trainedPerSecond: number | undefined): string {
  if (trainedPerSecond === undefined) return 'That takes seconds for a few thousand images.';
  return `That takes about ${formatEstimate((1000 * checkingCost(count)) / trainedPerSecond)} here.`;
}

/** "About 8 s left.", once there is something to go by. */
export function wordLeft(share: number, passedMs: number): string {
  if (share < 0.05) return '';
  return `About ${formatEstimate((passedMs * (1 - share)) / share)} left.`;
}
