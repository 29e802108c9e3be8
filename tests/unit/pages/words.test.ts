import { expect } from 'chai';
import {
  formatClock,
  formatDuration,
  formatEstimate,
  formatMegabytes,
  formatShare,
} from '../../../src/components/format';
import { newDraft } from '../../../src/domain/run-draft';
import {
  speakNumber,
  speakRecognition,
  wordAnswer,
  wordNumber,
  wordRecognition,
} from '../../../src/pages/answer-words';
import { readDraftFlags } from '../../../src/pages/run-flags';

function prediction(shares: Readonly<Record<number, number>>) {
  const probabilities = Array.from({ length: 10 }, (_, digit) => shares[digit] ?? 0);
  return { digit: probabilities.indexOf(Math.max(...probabilities)), probabilities };
}

describe('what an answer says', () => {
  it('is plain where the model is sure', () => {
    expect(wordAnswer(prediction({ 4: 0.98, 9: 0.02 })).statement).to.equal('Reads as a 4.');
    expect(wordAnswer(prediction({ 8: 1 })).statement).to.equal('Reads as an 8.');
  });

  it('names the second where it is not', () => {
    const { statement, shares } = wordAnswer(prediction({ 4: 0.866, 9: 0.133 }));
    expect(statement).to.equal('Most likely a 4, perhaps a 9.');
    expect(shares).to.equal('86.6% for 4, 13.3% for 9');
  });

  it('names no digit where nothing is likely', () => {
    const words = wordAnswer(prediction({ 8: 0.4, 3: 0.3, 5: 0.2, 1: 0.1 }));
    expect(words.digit).to.equal('?');
    expect(words.statement).to.equal('Not sure. It could be a 3, a 5 or an 8.');
  });

  it('does not name a digit for what looks like none', () => {
    const words = wordRecognition({ prediction: prediction({ 8: 1 }), isDigit: false });
    expect(words.digit).to.equal('?');
    expect(words.statement).to.equal('This does not look like a digit.');
    expect(words.shares).to.equal('If it is one, it is most like an 8');
  });

  it('reads several digits as a number, and says which it is not sure of', () => {
    const sure = { prediction: prediction({ 2: 1 }), isDigit: true };
    const unsure = { prediction: prediction({ 4: 0.7, 9: 0.3 }), isDigit: true };
    const none = { prediction: prediction({ 0: 1 }), isDigit: false };
    expect(wordNumber([sure, sure]).statement).to.equal('Reads as 22.');
    expect(wordNumber([sure, unsure]).statement).to.equal('Most likely 24. Not sure of number 2.');
    expect(wordNumber([none, sure, unsure]).statement).to.equal(
      'Most likely ?24. Not sure of number 1 and number 3.',
    );
  });
});

describe('what is said aloud of an answer', () => {
  it('is the digit, how sure the model is, and its second choice', () => {
    const answer = { prediction: prediction({ 3: 0.97, 5: 0.02, 8: 0.01 }), isDigit: true };
    expect(speakRecognition(answer)).to.equal('Prediction 3, 97 percent; second choice 5, 2 percent.');
  });

  it('never makes a certainty of what is none, and says doubts first', () => {
    const sure = { prediction: prediction({ 3: 0.998, 5: 0.002 }), isDigit: true };
    expect(speakRecognition(sure)).to.equal(
      'Prediction 3, over 99 percent; second choice 5, under 1 percent.',
    );
    const unsure = { prediction: prediction({ 8: 0.4, 3: 0.3, 5: 0.3 }), isDigit: true };
    expect(speakRecognition(unsure)).to.equal(
      'Not sure. Prediction 8, 40 percent; second choice 3, 30 percent.',
    );
    expect(speakRecognition({ ...sure, isDigit: false })).to.match(
      /^This does not look like a digit\. Prediction 3, /,
    );
  });

  it('of several digits is the number, and the one that it is least sure of', () => {
    const sure = { prediction: prediction({ 2: 1 }), isDigit: true };
    const unsure = { prediction: prediction({ 4: 0.7, 9: 0.3 }), isDigit: true };
    expect(speakNumber([sure, unsure, sure])).to.equal(
      'Most likely 242. Not sure of number 2. Number 2: ' +
        'Prediction 4, 70 percent; second choice 9, 30 percent.',
    );
  });
});

describe('numbers as people read them', () => {
  it('shares never round to a certainty', () => {
    expect([0, 0.0001, 0.5, 0.99999, 1].map(formatShare)).to.deep.equal([
      '0.0%',
      '<0.1%',
      '50.0%',
      '>99.9%',
      '100.0%',
    ]);
  });

  it('says how long something took as exactly as that matters', () => {
    expect([80, 3440, 9970, 41_200, 151_000].map(formatDuration)).to.deep.equal([
      '0.1 s',
      '3.4 s',
      '10 s',
      '41 s',
      '2:31',
    ]);
  });

  it('times', () => {
    expect([0, 41_000, 151_000, 3_723_000].map(formatClock)).to.deep.equal([
      '0:00',
      '0:41',
      '2:31',
      '1:02:03',
    ]);
    expect([400, 24_000, 150_000, 7_200_000].map(formatEstimate)).to.deep.equal([
      '1 s',
      '24 s',
      '3 min',
      '2 h',
    ]);
  });

  it('sizes', () => {
    expect([400_000, 11_300_000].map(formatMegabytes)).to.deep.equal(['0.4 MB', '11 MB']);
  });
});

describe('debug flags', () => {
  it('are applied', () => {
    const draft = readDraftFlags(newDraft(), '?engine=cpu&seed=42&dataset=generated');
    expect([draft.engine, draft.seed, draft.dataset]).to.deep.equal(['cpu', 42, 'generated']);
  });

  it('that make no sense change nothing', () => {
    expect(readDraftFlags(newDraft(), '?engine=abacus&seed=x&dataset=cats')).to.deep.equal(newDraft());
  });
});
