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

/** The same for those who listen: how sure it is, and what else it could be. */
export function speakRecognition({ prediction, isDigit }: DigitAnswer): string {
  const { probabilities } = prediction;
  const [first = 0, second = 0] = rankDigits(prediction);
  const [best, next] = [probabilities[first] ?? 0, probabilities[second] ?? 0];
  const said = `Prediction ${first}, ${speakShare(best)}; second choice ${second}, ${speakShare(next)}.`;
  if (!isDigit) return ['This does not look like a digit.', said].join(' ');
  return best < UNSURE ? ['Not sure.', said].join(' ') : said;
}

/** Of several digits the number, and how sure it is of the one that it is least sure of. */
export function speakNumber(answers: readonly DigitAnswer[]): string {
  const sureness = ({ prediction }: DigitAnswer) => prediction.probabilities[prediction.digit]!;
  const least = answers.reduce((low, answer) => (sureness(answer) < sureness(low) ? answer : low));
  const place = `Number ${answers.indexOf(least) + 1}: ${speakRecognition(least)}`;
  return [wordNumber(answers).statement, place].join(' ');
}

/** Whole per cent, but never a certainty that there is none of. */
function speakShare(share: number): string {
  const percent = Math.round(share * 100);
  if (percent === 100 && share < 1) return 'over 99 percent';
  return percent === 0 && share > 0 ? 'under 1 percent' : `${percent} percent`;
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
