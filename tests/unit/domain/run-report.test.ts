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

/** The tables of settings, by name. */
const settingsIn = (page: Document) =>
  Object.fromEntries(
    [...page.querySelectorAll('tr')].map((row) => [
      row.querySelector('th')?.textContent,
      row.querySelector('td')?.textContent,
    ]),
  );

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

  it('lists the hash of each part of a mixture', () => {
    const input = report();
    const parts = [
      { title: 'MNIST', sampleCount: 9000, contentHash: 'aa'.repeat(32) },
      { title: 'Mine', sampleCount: 1000, contentHash: 'bb'.repeat(32) },
    ];
    const run = { ...input.run, data: { ...input.run.data!, parts } };
    expect(settingsIn(parse({ ...input, run }))).to.include({
      'SHA-256 of the data': 'c0ffee'.repeat(10),
      'SHA-256 of MNIST': `${'aa'.repeat(32)}, 9,000 images`,
      'SHA-256 of Mine': `${'bb'.repeat(32)}, 1,000 images`,
    });
  });

  it('names the Inkling that trained and what the run was begun with, not those of the day it is saved', () => {
    const input = report();
    const environment = [{ name: 'Browser', value: 'The one it was begun with' }];
    const version = {
      ...input,
      appVersion: '0.0.9',
      id: 1,
      weightsHash: 'ff',
      validation: { correct: 9, total: 10 },
    };
    const page = parse({
      ...input,
      run: { ...input.run, environment },
      version: version as unknown as NonNullable<ReportInput['version']>,
    });
    expect(page.body.textContent)
      .to.contain('A training of Inkling 0.0.9.')
      .and.to.contain('by Inkling 0.1.0.');
    expect(settingsIn(page)).to.include({ Browser: 'The one it was begun with' });
  });

  it('takes nothing of the day it is saved for what an old run was trained with', () => {
    const text = parse(report()).body.textContent!.replace(/\s+/gu, ' ');
    expect(text).to.contain('Saved by What the run was trained with was not kept then.');
    expect(text).not.to.contain('A training of Inkling');
  });

  it('lists what went wrong on the way: lower rates, another engine, a full disk, restarts', () => {
    const input = report();
    const resumedAt = { epoch: 1, batch: 0 };
    const setbacks = [
      { kind: 'diverged', symptom: 'not-a-number', resumedAt },
      { kind: 'diverged', symptom: 'exploded', resumedAt },
      { kind: 'graphics-lost', resumedAt, engine: 'simd' },
      { kind: 'worker-lost', resumedAt: { epoch: 1, batch: 3 } },
      { kind: 'storage-full', resumedAt },
    ] as const;
    const told = [...parse({ ...input, run: { ...input.run, setbacks } }).querySelectorAll('ol li')].map(
      (item) => item.textContent,
    );
    expect(told).to.have.length(5);
    expect(told[0]).to.contain('It went back to the end of epoch 1 and on at half the rate.');
    expect(told[1]).to.contain('at a quarter of the rate.');
    expect(told[2]).to.contain('The graphics device was reset.').and.to.contain('on WASM');
    expect(told[3]).to.contain('from epoch 2, batch 4');
    expect(told[4]).to.contain('The device was full at the end of epoch 1.');
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
