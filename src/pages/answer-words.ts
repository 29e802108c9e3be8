import { formatShare } from '../components/format';
import { rankDigits, type Prediction } from '../domain/prediction';

/** From here on the model is sure enough to say it plainly. */
const SURE = 0.9;
/** Below this it names no digit. */
const UNSURE = 0.5;
/** Digits less likely than this are not worth a word. */
const WORTH_A_WORD = 0.05;

/** What a prediction means, in words. */
export interface AnswerWords {
  /** The digit to show large, or a question mark. */
  readonly digit: string;
  readonly statement: string;
  readonly shares: string;
}

/** Says what the model thinks, no surer than it is. */
export function wordAnswer(prediction: Prediction): AnswerWords {
  const { probabilities } = prediction;
  const ranked = rankDigits(prediction);
  const [first = 0, second = 0] = ranked;
  const candidates = ranked.filter((digit, rank) => rank < 2 || (probabilities[digit] ?? 0) > WORTH_A_WORD);
  const best = probabilities[first] ?? 0;
  return {
    digit: best < UNSURE ? '?' : String(first),
    statement: stateDigit(best, first, second, candidates.slice(0, 3)),
    shares: ranked
      .slice(0, best >= SURE ? 1 : 2)
      .map((digit) => `${formatShare(probabilities[digit] ?? 0)} for ${digit}`)
      .join(', '),
  };
}

/** The same for what may be no digit at all. */
export function wordRecognition({ prediction, isDigit }: DigitAnswer): AnswerWords {
  if (isDigit) return wordAnswer(prediction);
  return {
    digit: '?',
    statement: 'This does not look like a digit.',
    shares: `If it is one, it is most like ${withArticle(prediction.digit)}`,
  };
}

/** What was read in one place. */
interface DigitAnswer {
  readonly prediction: Prediction;
  readonly isDigit: boolean;
}

/** Says of several digits what they read as together; `?` stands for what reads as none. */
export function wordNumber(answers: readonly DigitAnswer[]): AnswerWords {
  const digit = answers.map((answer) => wordRecognition(answer).digit).join('');
  const shares = answers.map(({ prediction }) => prediction.probabilities[prediction.digit]!);
  const unsure = answers.flatMap(({ isDigit }, index) =>
    isDigit && shares[index]! >= SURE ? [] : [index + 1],
  );
  return {
    digit,
    statement: unsure.length === 0 ? `Reads as ${digit}.` : `Most likely ${digit}. ${stateUnsure(unsure)}`,
    shares: `${answers.length} digits`,
  };
}

function stateUnsure(places: readonly number[]): string {
  const names = places.map((place) => `number ${place}`);
  const all = names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `Not sure of ${all}.`;
}

function stateDigit(best: number, first: number, second: number, candidates: readonly number[]): string {
  if (best >= SURE) return `Reads as ${withArticle(first)}.`;
  if (best >= UNSURE) return `Most likely ${withArticle(first)}, perhaps ${withArticle(second)}.`;
  const names = [...candidates].sort((a, b) => a - b).map(withArticle);
  return `Not sure. It could be ${names.slice(0, -1).join(', ')} or ${names.at(-1)}.`;
}

function withArticle(digit: number): string {
  return digit === 8 ? 'an 8' : `a ${digit}`;
}
