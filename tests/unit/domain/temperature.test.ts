import { expect } from 'chai';
import { softmax } from '../../../src/domain/prediction';
import { createRandom } from '../../../src/domain/random';
import { logLossOf, readLogits } from '../../../src/domain/readings';
import { CLASS_COUNT } from '../../../src/domain/sample';
import { fitTemperature } from '../../../src/domain/temperature';

/** Answers that are right as often as they say once they are divided by `temperature`. */
function drawAnswers(temperature: number, count = 1500) {
  const random = createRandom(7);
  const logits = new Float32Array(count * CLASS_COUNT);
  const labels = Uint8Array.from({ length: count }, (_, row) => {
    const honest = Array.from({ length: CLASS_COUNT }, () => random.normal(3));
    logits.set(
      honest.map((logit) => logit * temperature),
      row * CLASS_COUNT,
    );
    let left = random.next();
    const digit = softmax(honest).findIndex((share) => (left -= share) < 0);
    return digit < 0 ? CLASS_COUNT - 1 : digit;
  });
  return { logits, labels };
}

describe('the temperature of a network', () => {
  for (const temperature of [0.5, 1, 2.5]) {
    it(`is found where answers are ${temperature} times as far apart as they should be`, () => {
      const { logits, labels } = drawAnswers(temperature);
      expect(fitTemperature(logits, labels)).to.be.closeTo(temperature, 0.1 * temperature);
    });
  }

  it('is the one at which the right digits surprise the least, of all hundredths', () => {
    const { logits, labels } = drawAnswers(1.4, 500);
    const found = fitTemperature(logits, labels);
    const lossAt = (temperature: number) => logLossOf(readLogits(logits, labels, temperature));
    const least = lossAt(found);
    for (let hundredths = 20; hundredths < 300; hundredths++) {
      expect(lossAt(hundredths / 100), `at ${hundredths / 100}`).to.be.at.least(least - 1e-9);
    }
  });
});
