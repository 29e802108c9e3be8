import { AppError } from './errors';
import type { Symptom } from './setback';
import { decays } from './optimizer';
import type { Weights } from './weights';

/** The loss of somebody who guesses among ten digits. */
const CHANCE_LOSS = Math.log(10);
/** As many equal losses of different batches are no accident. */
const FROZEN_STEPS = 3;
/** Steps before a training has to be better than its beginning. */
const FIRST_STEPS = 50;
/** Steps whose mean loss is judged: a single batch may be an odd one. */
const WINDOW = 20;
/** Kernels that have grown this many times over hold nothing that was learned. */
const MOST_GROWTH = 100;

/** Watches the losses of a training for signs that it will not recover from. */
export class LossWatch {
  private readonly recent: number[] = [];
  private steps = 0;

  /** Takes the loss of the next batch; tells what is wrong, or undefined. */
  observe(loss: number): Symptom | undefined {
    if (!Number.isFinite(loss)) return 'not-a-number';
    this.steps += 1;
    this.recent.push(loss);
    if (this.recent.length > WINDOW) this.recent.shift();
    if (this.isFrozen(loss)) return 'frozen';
    return this.isLost() ? 'no-better-than-guessing' : undefined;
  }

  private isFrozen(loss: number): boolean {
    const last = this.recent.slice(-FROZEN_STEPS);
    return loss > CHANCE_LOSS && last.length === FROZEN_STEPS && last.every((other) => other === loss);
  }

  private isLost(): boolean {
    const mean = this.recent.reduce((sum, loss) => sum + loss, 0) / this.recent.length;
    return this.steps > FIRST_STEPS && mean > 2 * CHANCE_LOSS;
  }
}

/** What is wrong with weights that began as `initial`, or undefined. */
export function findWeightSymptom(weights: Weights, initial: Weights): Symptom | undefined {
  for (const [name, values] of Object.entries(weights)) {
    const size = norm(values);
    if (!Number.isFinite(size)) return 'not-a-number';
    if (decays(name) && size > MOST_GROWTH * norm(initial[name] ?? values)) return 'exploded';
  }
  return undefined;
}

/** The length of a vector; not finite where one of its numbers is not. */
function norm(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum);
}

/** The failure of a training that does not learn any more, once it has been tried again. */
export class DivergedError extends AppError {
  constructor(
    readonly symptom: Symptom,
    epoch: number,
  ) {
    super(
      'invalid-input',
      `${SYMPTOM_WORDS[symptom]} in epoch ${epoch + 1}, also at a quarter of the rate.`,
      {
        reason: 'DIVERGED',
        kept: 'Its curves are kept. No model was made of it, and the one in use is unchanged.',
        remedy: 'Try a lower learning rate, or another recipe.',
      },
    );
  }
}

/** What a person is told of each symptom. */
export const SYMPTOM_WORDS: Readonly<Record<Symptom, string>> = {
  'not-a-number': 'The loss grew without end',
  frozen: 'The loss stood still, worse than guessing',
  'no-better-than-guessing': 'The loss stayed far above guessing',
  exploded: 'The weights grew a hundredfold',
};
