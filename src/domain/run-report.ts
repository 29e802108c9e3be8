/** A run as a page of its own: it opens from disk, asks for nothing and runs nothing. */
import { toBase64 } from './base64';
import { countAt, recallOf, type ConfusionMatrix } from './confusion-matrix';
import { runName, versionName } from './ids';
import type { EpochFindings, HardSample } from './findings';
import { wilsonInterval } from './intervals';
import { markup, Markup } from './markup';
import { accuracyOf, type Score } from './metrics';
import type { ModelVersion } from './model-version';
import { encodeGreyPng } from './png';
import { drawReportChart, type ReportChart } from './report-chart';
import { REPORT_STYLES } from './report-styles';
import { bestEpoch, type EpochMetrics, type Run } from './run';
import { settingsOf, SHORT_HASH, wordCount, wordNumber, type Setting } from './run-settings';
import { CLASS_COUNT } from './sample';
import { wordSetbacks } from './setback-words';

/** All that a report tells. */
export interface ReportInput {
  readonly run: Run;
  readonly epochs: readonly EpochMetrics[];
  /** Of the last epoch that ended. */
  readonly findings?: EpochFindings;
  /** The model that the run became. */
  readonly version?: ModelVersion;
  /** Its score on MNIST's test images. */
  readonly test?: Score;
  /** Its score on the benchmark of drawn digits. */
  readonly drawn?: Score;
  /** Of the Inkling that writes the report. */
  readonly appVersion: string;
  /** What the report is written with; the run has its own, where it is not from before that was kept. */
  readonly environment: readonly Setting[];
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

const DIGITS = Array.from({ length: CLASS_COUNT }, (_, digit) => digit);

/**
 * The report as HTML. Its policy allows no request and no script, even to what should have slipped past the
 * escaping.
 */
export function writeReport(input: ReportInput): string {
  const { run, epochs, findings } = input;
  const title = `${runName(run.id)}: ${run.config.recipe.title}`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${title} · Inkling</title>
<style>${new Markup(REPORT_STYLES)}</style>
</head>
<body>
<h1>${title}</h1>
<p>${wordOrigin(input)}</p>
${run.error ? markup`<p class="wrong">${run.error.message}</p>` : markup``}
${writeFigures(input)}
<h2>Curves</h2>
<div class="charts">${runCharts(input).map(drawReportChart)}</div>
${findings ? writeFindings(findings) : markup``}
<h2>Settings</h2>
${writeList([...settingsOf(run).filter(({ name }) => name !== SHORT_HASH), ...hashes(input)])}
<h2>Epochs</h2>
${writeEpochs(epochs)}
${writeSetbacks(run)}
${writeEnvironment(input)}
</body>
</html>
`.text;
}

/** By whom and when: the version that trained is not the one that saves, once the app has been updated. */
function wordOrigin({ run, version, appVersion, savedAt }: ReportInput): string {
  const trainedBy = version ? `A training of Inkling ${version.appVersion}. ` : '';
  return `${trainedBy}Begun ${wordTime(run.createdAt)}, saved ${wordTime(savedAt)} by Inkling ${appVersion}.`;
}

function writeFigures({ run, epochs, version, test, drawn }: ReportInput): Markup {
  const best = bestEpoch(epochs);
  const figures: readonly [string, string | undefined][] = [
    ['Validation accuracy', version && wordScore(version.validation)],
    ['Test accuracy', test && wordScore(test)],
    ['Drawn digits', drawn && wordScore(drawn)],
    ['Best epoch', best && `${best.epoch + 1}, ${wordPercent(best.validationAccuracy)}`],
    ['Time', `${(run.trainedMs / 1000).toFixed(1)} s`],
    ['State', version ? `${run.status}, ${versionName(version.id)}` : run.status],
  ];
  return markup`<dl>${figures.flatMap(([name, value]) =>
    value === undefined ? [] : [markup`<div><dt>${name}</dt><dd class="figure">${value}</dd></div>`],
  )}</dl>`;
}

function runCharts({ run, epochs }: ReportInput): readonly ReportChart[] {
  const end = Math.max(1, run.config.recipe.epochs);
  const lines = (key: 'loss' | 'accuracy', check: 'validationLoss' | 'validationAccuracy') =>
    [
      {
        name: 'Training',
        style: 'training',
        points: epochs.flatMap(({ curve }) => curve.map((point) => ({ x: point.progress, y: point[key] }))),
      },
      {
        name: 'Validation',
        style: 'validation',
        points: epochs.map((epoch) => ({ x: epoch.epoch + 1, y: epoch[check] })),
      },
    ] as const;
  return [
    {
      title: 'Loss by epoch, logarithmic',
      lines: lines('loss', 'validationLoss'),
      end,
      scale: 'log',
      format: wordNumber,
    },
    {
      title: 'Accuracy by epoch',
      lines: lines('accuracy', 'validationAccuracy'),
      end,
      scale: 'linear',
      range: accuracyRange(epochs),
      format: (share) => `${(share * 100).toFixed(1)}%`,
    },
  ];
}

/** Cut below what was reached at the end of the first epoch, so that what comes after can be seen. */
function accuracyRange(epochs: readonly EpochMetrics[]): [number, number] {
  const lowest = Math.min(0.9, ...epochs.map(({ validationAccuracy }) => validationAccuracy));
  return [Math.floor(lowest * 10) / 10, 1];
}

function writeFindings({ epoch, matrix, hardest }: EpochFindings): Markup {
  return markup`<h2>Confusion matrix after epoch ${epoch + 1}</h2>
<p>Rows are what a digit is, columns what it was read as, on the images that were not learned from.</p>
<div class="scroll"><table class="numbers">
<thead><tr><th scope="col"></th>${DIGITS.map((digit) => markup`<th scope="col">${digit}</th>`)}<th scope="col">Recall</th></tr></thead>
<tbody>${DIGITS.map((label) => writeMatrixRow(matrix, label))}</tbody>
</table></div>
<h2>Hardest to read</h2>
<div class="digits">${hardest.map(writeSample)}</div>`;
}

function writeMatrixRow(matrix: ConfusionMatrix, label: number): Markup {
  const recall = recallOf(matrix, label);
  const cells = DIGITS.map((answer) => {
    const count = countAt(matrix, { label, answer });
    const kind = count === 0 ? '' : label === answer ? 'right' : 'mistake';
    return markup`<td class="${kind}">${count === 0 ? '·' : count}</td>`;
  });
  return markup`<tr><th scope="row">${label}</th>${cells}<td>${recall === undefined ? '–' : wordPercent(recall)}</td></tr>`;
}

function writeSample({ pixels, label, answer, probability }: HardSample): Markup {
  const words = `A ${label}, read as ${answer}, ${Math.round(probability * 100)}%`;
  return markup`<figure><img src="data:image/png;base64,${toBase64(encodeGreyPng(pixels))}" alt=""><figcaption class="${label === answer ? '' : 'wrong'}">${words}</figcaption></figure>`;
}

function writeEpochs(epochs: readonly EpochMetrics[]): Markup {
  const heads = ['Epoch', 'Loss', 'Accuracy', 'Validation loss', 'Validation accuracy', 'Rate', 'Seconds'];
  const rows = epochs.map((one) => [
    String(one.epoch + 1),
    one.loss.toFixed(4),
    wordPercent(one.accuracy),
    one.validationLoss.toFixed(4),
    wordPercent(one.validationAccuracy),
    wordNumber(one.learningRate),
    (one.durationMs / 1000).toFixed(1),
  ]);
  return markup`<div class="scroll"><table class="numbers">
<thead><tr>${heads.map((head) => markup`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map((row) => markup`<tr>${row.map((cell) => markup`<td>${cell}</td>`)}</tr>`)}</tbody>
</table></div>`;
}

function writeSetbacks({ setbacks = [] }: Run): Markup {
  if (setbacks.length === 0) return markup``;
  return markup`<h2>What went wrong and was overcome</h2>
<ol>${wordSetbacks(setbacks).map((words) => markup`<li>${words}</li>`)}</ol>`;
}

function writeEnvironment({ run, environment }: ReportInput): Markup {
  if (run.environment) {
    return markup`<h2>Environment at the beginning</h2>
${writeList(run.environment)}`;
  }
  return markup`<h2>Saved by</h2>
<p>What the run was trained with was not kept then. The report was saved with this.</p>
${writeList(environment)}`;
}

/** The whole hashes: by them two reports tell whether they are of the same data and the same weights. */
function hashes({ run, version }: ReportInput): readonly Setting[] {
  return [
    ...(run.data
      ? [
          { name: 'Learned from', value: `${wordCount(run.data.trainCount)} images` },
          { name: 'Checked with', value: `${wordCount(run.data.validationCount)} images` },
          { name: 'SHA-256 of the data', value: run.data.contentHash },
          ...(run.data.parts ?? []).map(({ title, sampleCount, contentHash }) => ({
            name: `SHA-256 of ${title}`,
            value: `${contentHash}, ${wordCount(sampleCount)} images`,
          })),
        ]
      : []),
    ...(version ? [{ name: 'SHA-256 of the weights', value: version.weightsHash }] : []),
  ];
}

function writeList(settings: readonly Setting[]): Markup {
  return markup`<table><tbody>${settings.map(
    ({ name, value }) => markup`<tr><th scope="row">${name}</th><td>${value}</td></tr>`,
  )}</tbody></table>`;
}

function wordScore(score: Score): string {
  const { low, high } = wilsonInterval(score);
  const bounds = `${(low * 100).toFixed(2)}–${(high * 100).toFixed(2)}`;
  return `${wordPercent(accuracyOf(score))} (${bounds})`;
}

function wordPercent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}

/** The time everywhere: 2026-11-24 19:05 UTC. */
function wordTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
