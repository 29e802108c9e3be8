import { emptyMatrix } from './confusion-matrix';
import type { Findings, HardSample } from './findings';
import type { Assessment } from './metrics';
import { CLASS_COUNT, imageAt, type SampleBlock } from './sample';

/** How many of the hardest images are kept. */
const HARDEST = 12;

/** A network's answer to one image, held against its label. */
interface Answer {
  readonly digit: number;
  /** Of the digit. */
  readonly probability: number;
  readonly loss: number;
}

/** Adds up a network's answers to labelled images: the score, the mistakes, the hardest images. */
export class AnswerTally {
  private readonly matrix = emptyMatrix();
  private readonly hardest: HardSample[] = [];
  private lossSum = 0;
  private correct = 0;
  private total = 0;

  /** Adds the logits, [count, 10], of some images. */
  add(logits: Float32Array, samples: SampleBlock): void {
    samples.labels.forEach((label, row) => {
      const answer = readAnswer(logits, row * CLASS_COUNT, label);
      this.lossSum += answer.loss;
      this.total += 1;
      if (answer.digit === label) this.correct += 1;
      this.matrix[label]![answer.digit]! += 1;
      this.offer(answer, samples, row);
    });
  }

  /** All that was added so far. */
  result(): Assessment & Findings {
    const { matrix, hardest, correct, total } = this;
    return { correct, total, loss: total === 0 ? 0 : this.lossSum / total, matrix, hardest };
  }

  /** Keeps an image where it is among the hardest. Its pixels are copied: they outlive their block. */
  private offer({ digit, probability, loss }: Answer, { pixels, labels }: SampleBlock, row: number): void {
    const { hardest } = this;
    if (hardest.length === HARDEST && !(loss > hardest.at(-1)!.loss)) return;
    const sample = {
      pixels: imageAt(pixels, row).slice(),
      label: labels[row]!,
      answer: digit,
      probability,
      loss,
    };
    const easier = hardest.findIndex((other) => loss > other.loss);
    hardest.splice(easier === -1 ? hardest.length : easier, 0, sample);
    if (hardest.length > HARDEST) hardest.pop();
  }
}

/** The cross-entropy of a row of logits, and the likeliest digit; the label wins where it is one of several. */
function readAnswer(logits: Float32Array, start: number, label: number): Answer {
  let digit = label;
  for (let other = 0; other < CLASS_COUNT; other++) {
    // Written so that what is not a number never counts as right.
    if (!(logits[start + digit]! >= logits[start + other]!)) digit = other;
  }
  const largest = logits[start + digit]!;
  let sum = 0;
  for (let other = 0; other < CLASS_COUNT; other++) sum += Math.exp(logits[start + other]! - largest);
  return { digit, probability: 1 / sum, loss: Math.log(sum) + largest - logits[start + label]! };
}
