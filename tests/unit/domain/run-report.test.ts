import { expect } from 'chai';
import { toBase64 } from '../../../src/domain/base64';
import { emptyMatrix } from '../../../src/domain/confusion-matrix';
import type { RunId } from '../../../src/domain/ids';
import { markup } from '../../../src/domain/markup';
import { findRecipe } from '../../../src/domain/recipe';
import type { EpochMetrics, Run } from '../../../src/domain/run';
import { writeReport, type ReportInput } from '../../../src/domain/run-report';
import { IMAGE_PIXELS } from '../../../src/domain/sample';

const HOSTILE = `"><script>document.title='taken'</script><img src=x onerror=alert(1)>'&`;

const epoch = (number: number): EpochMetrics => ({
  runId: 7 as RunId,
  epoch: number,
  loss: 0.5,
  accuracy: 0.8,
  validationLoss: 0.25 / (number + 1),
  validationAccuracy: 0.9 + number / 100,
  learningRate: 0.015,
  durationMs: 1500,
  curve: [{ progress: number + 1, loss: 0.5, accuracy: 0.8 }],
});

function report(title = 'Quick', epochs: readonly EpochMetrics[] = [epoch(0), epoch(1)]): ReportInput {
  const run: Run = {
    id: 7 as RunId,
    createdAt: 0,
    config: {
      dataset: { kind: 'stored', name: 'x', title, sampleCount: 400 },
      recipe: { ...findRecipe('quick')!, title, epochs: 2 },
      seed: 42,
      engine: 'auto',
    },
    status: 'finished',
    cursor: { epoch: 2, batch: 0 },
    trainedMs: 3000,
    engine: 'simd',
    data: { trainCount: 360, validationCount: 40, contentHash: 'c0ffee'.repeat(10) },
  };
  const sample = { pixels: new Uint8Array(IMAGE_PIXELS), label: 5, answer: 3, probability: 0.93, loss: 3 };
  return {
    run,
    epochs,
    findings: { runId: run.id, epoch: 1, matrix: emptyMatrix(), hardest: [sample] },
    appVersion: '0.1.0',
    environment: [{ name: 'Browser', value: title }],
    savedAt: 0,
  };
}

const parse = (input: ReportInput) => new DOMParser().parseFromString(writeReport(input), 'text/html');

describe('markup', () => {
  it('escapes text wherever it stands, and leaves markup as it is', () => {
    const inner = markup`<b title="${HOSTILE}">${HOSTILE}</b>`;
    const host = new DOMParser().parseFromString(markup`<p>${[inner, inner]}</p>`.text, 'text/html');
    expect(host.querySelectorAll('script, img')).to.have.length(0);
    expect([...host.querySelectorAll('b')].map((b) => [b.title, b.textContent])).to.deep.equal([
      [HOSTILE, HOSTILE],
      [HOSTILE, HOSTILE],
    ]);
  });
});

describe('base64', () => {
  it('is what browsers write, whatever the length', () => {
    for (const text of ['', 'a', 'ab', 'abc', '\u0000ÿ\u0080x']) {
      const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
      expect(toBase64(bytes)).to.equal(btoa(text));
    }
  });
});

describe('the report of a run', () => {
  it('tells settings, seed, hash, engine, version, environment and the figures of each epoch', () => {
    const { textContent: text } = parse(report()).body;
    for (const words of ['42', 'c0ffee'.repeat(10), 'WASM', '0.1.0', 'Learning rate', '0.015', '91.00%']) {
      expect(text).to.contain(words);
    }
    expect(text).to.contain('Confusion matrix after epoch 2').and.to.contain('A 5, read as 3, 93%');
  });

  it('draws its curves and its digits itself, and asks nobody for anything', () => {
    const page = parse(report());
    expect(page.querySelectorAll('svg path.validation')).to.have.length(2);
    const addresses = [...page.querySelectorAll('[src], [href]')].map((element) =>
      element.getAttribute('src'),
    );
    expect(addresses.every((address) => address?.startsWith('data:image/png;base64,'))).to.equal(true);
    expect(page.querySelector('script, link, iframe, style[src]')).to.equal(null);
  });

  it('shows hostile titles as text', () => {
    const page = parse(report(HOSTILE));
    expect(page.querySelector('script')).to.equal(null);
    expect(page.querySelectorAll('img'), 'only the digit').to.have.length(1);
    expect(page.title).to.equal(`Run 7: ${HOSTILE} · Inkling`);
    expect(page.querySelector('[onerror]')).to.equal(null);
  });

  it('can be of a run in which no epoch has ended', () => {
    const { findings: _, ...rest } = report('Quick', []);
    expect(parse(rest).body.textContent).to.contain('No epoch has ended.');
  });
});
