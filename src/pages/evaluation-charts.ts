import { html } from '../i18n/lit';
import '../components/chart-card';
import type { ChartAxis, ChartSeries } from '../components/chart-style';
import { formatAccuracy, formatCount, formatShare } from '../components/format';
import { renderSegments, type Segment } from '../components/segments';
import type { Evaluation } from '../domain/evaluation';
import { CLASS_COUNT } from '../domain/sample';
import { lastOf } from './last-of';

const DIGITS: readonly Segment<string>[] = Array.from({ length: CLASS_COUNT }, (_, digit) => ({
  view: String(digit),
  label: String(digit),
}));
const SHARES: ChartAxis = {
  x: { range: [0, 100], suffix: '%' },
  y: { scale: 'linear', range: [0, 1.02], format: '.0%' },
};
const formatPercent = (x: number) => `${Number(x.toFixed(2))}%`;
/** Columns stand in the middle of their 5%. Always the same function: a new one would draw the chart anew. */
const formatBinEnd = (x: number) => formatPercent(x + 2.5);

/** The charts of an evaluation: drawn again only where there is something new. */
export class EvaluationCharts {
  private readonly calibration = lastOf(calibrationSeries);
  private readonly confidences = lastOf(confidenceChart);
  private readonly refusals = lastOf(refusalChart);
  private readonly rankings = lastOf(rankingSeries);

  /** Is it right as often as it says? */
  renderCalibration(evaluation: Evaluation, theme: string) {
    const { expectedError } = evaluation.calibration;
    return html`
      <chart-card
        heading="Calibration"
        term="calibration"
        explanation=${`Is it right as often as it says? Off by ${(expectedError * 100).toFixed(2)} points on average.`}
        xTitle="Confidence"
        fileName="inkling-calibration"
        .summary=${`How often answers are right, by how sure they are: ${(expectedError * 100).toFixed(2)} points off on average.`}
        .series=${this.calibration(evaluation)}
        .axis=${SHARES}
        .formatX=${formatPercent}
        .formatY=${formatAccuracy}
        .theme=${theme}
      ></chart-card>
    `;
  }

  /** How sure it is, and what it pays to refuse. */
  renderConfidence(evaluation: Evaluation, theme: string) {
    const confidences = this.confidences(evaluation);
    const refusals = this.refusals(evaluation);
    return html`
      <chart-card
        kind="columns"
        heading="How sure it is"
        explanation="Answers by confidence, in steps of 5%. Logarithmic scale."
        xTitle="Confidence up to"
        fileName="inkling-confidence"
        .summary=${confidences.summary}
        .series=${confidences.series}
        .axis=${confidences.axis}
        .formatX=${formatBinEnd}
        .formatY=${formatCount}
        .theme=${theme}
      ></chart-card>
      <chart-card
        heading="If unsure answers are refused"
        explanation=${refusals.explanation}
        xTitle="Refused"
        fileName="inkling-refusal"
        .summary=${refusals.explanation}
        .series=${refusals.series}
        .axis=${refusals.axis}
        .formatX=${formatPercent}
        .formatY=${formatAccuracy}
        .theme=${theme}
      ></chart-card>
    `;
  }

  /** The two curves of one digit. */
  renderRankings(evaluation: Evaluation, digit: number, theme: string) {
    const { roc, precisionRecall } = this.rankings(evaluation, digit);
    const { rocArea, averagePrecision } = evaluation.rankings[digit]!;
    const say = (value: number | undefined) => (value === undefined ? 'not known here' : value.toFixed(4));
    return html`
      <chart-card
        heading=${`ROC of the ${digit}`}
        explanation=${`Found, against others taken for it. Area ${say(rocArea)}.`}
        xTitle="Others taken for it"
        fileName=${`inkling-roc-${digit}`}
        waiting="There is no such digit here, or no other."
        .summary=${`Receiver operating characteristic of the ${digit}. The area below is ${say(rocArea)}.`}
        .series=${rocArea === undefined ? [] : roc}
        .axis=${SHARES}
        .formatX=${formatPercent}
        .formatY=${formatAccuracy}
        .theme=${theme}
      ></chart-card>
      <chart-card
        heading=${`Precision and recall of the ${digit}`}
        explanation=${`At each threshold. Average precision ${say(averagePrecision)}.`}
        xTitle="Recall"
        fileName=${`inkling-precision-recall-${digit}`}
        waiting="There is no such digit here."
        .summary=${`Precision by recall of the ${digit}. Average precision ${say(averagePrecision)}.`}
        .series=${averagePrecision === undefined ? [] : precisionRecall}
        .axis=${SHARES}
        .formatX=${formatPercent}
        .formatY=${formatAccuracy}
        .theme=${theme}
      ></chart-card>
    `;
  }
}

/** Chooses the digit whose curves are shown. */
export function renderDigitChoice(digit: number, choose: (digit: number) => void) {
  return renderSegments('Curves of the digit', DIGITS, String(digit), (view) => choose(Number(view)));
}

function calibrationSeries({ calibration }: Evaluation): readonly ChartSeries[] {
  const filled = calibration.bins.filter(({ count }) => count > 0);
  return [
    {
      name: 'perfect',
      slot: 2,
      points: [
        { x: 0, y: 0 },
        { x: 100, y: 1 },
      ],
    },
    {
      name: 'measured',
      slot: 1,
      hasMarkers: true,
      points: filled.map(({ confidence, accuracy }) => ({ x: 100 * confidence, y: accuracy.value })),
    },
  ];
}

function confidenceChart({ confidences, score }: Evaluation) {
  const middle = ({ from, to }: { from: number; to: number }) => 50 * (from + to);
  const most = Math.max(...confidences.map(({ count }) => count));
  const sure = confidences.at(-1)!;
  return {
    summary: `${formatShare(sure.count / Math.max(1, score.total))} of the answers are more than 95% sure.`,
    series: [
      { name: 'Right', slot: 1, points: confidences.map((bin) => ({ x: middle(bin), y: bin.right })) },
      {
        name: 'Wrong',
        slot: 2,
        points: confidences.map((bin) => ({ x: middle(bin), y: bin.count - bin.right })),
      },
    ] satisfies readonly ChartSeries[],
    axis: {
      x: { range: [0, 100], suffix: '%' },
      y: { scale: 'log', range: [0.7, Math.max(10, most * 1.4)], format: ',' },
    } satisfies ChartAxis,
  };
}

function refusalChart({ refusals }: Evaluation) {
  const atTenth = refusals.find(({ refused }) => refused === 0.1);
  const lowest = Math.min(1, ...refusals.map(({ accuracy }) => accuracy.value));
  const floor = Math.max(0, lowest - (1 - lowest) * 0.25 - 0.0005);
  return {
    explanation: atTenth
      ? `Without the least sure 10%, ${formatAccuracy(atTenth.accuracy.value)} are right.`
      : 'Accuracy of the answers that are left.',
    series: [
      {
        name: 'right',
        slot: 1,
        points: refusals.map(({ refused, accuracy }) => ({ x: 100 * refused, y: accuracy.value })),
      },
    ] satisfies readonly ChartSeries[],
    axis: {
      x: { range: [0, 50], suffix: '%' },
      y: { scale: 'linear', range: [floor, 1 + (1 - floor) * 0.03], format: '.1%' },
    } satisfies ChartAxis,
  };
}

function rankingSeries({ rankings }: Evaluation, digit: number) {
  const { roc, precisionRecall } = rankings[digit]!;
  const toPoints = (places: typeof roc) => places.map(({ x, y }) => ({ x: 100 * x, y }));
  return {
    roc: [
      {
        name: 'by chance',
        slot: 2,
        points: [
          { x: 0, y: 0 },
          { x: 100, y: 1 },
        ],
      },
      { name: 'found', slot: 1, points: toPoints(roc) },
    ] satisfies readonly ChartSeries[],
    precisionRecall: [
      { name: 'precision', slot: 1, points: toPoints(precisionRecall) },
    ] satisfies readonly ChartSeries[],
  };
}
