import { cellStep, type ConfusionMatrix } from '../domain/confusion-matrix';
import { markup, type Markup } from '../domain/markup';
import { CLASS_COUNT } from '../domain/sample';

/** What a picture of a matrix is drawn with. */
export interface MatrixLook {
  /** A colour of the app's, by the name of its token. */
  readonly colour: (token: string) => string;
  readonly font: string;
  readonly title: string;
}

/** Which numbers the cells hold: as they are, as shares of the digit, or of the answer. */
export type MatrixView = 'count' | 'share' | 'answer';

const CELL = { width: 52, height: 44, gap: 3 };
const EDGE = { left: 56, top: 64, right: 12, bottom: 12 };
const DIGITS = Array.from({ length: CLASS_COUNT }, (_, digit) => digit);
/** From this step on a cell is so dark that its number is light. */
const DEEP_STEP = 4;

export const MATRIX_SIZE = {
  width: EDGE.left + CLASS_COUNT * (CELL.width + CELL.gap) + EDGE.right,
  height: EDGE.top + CLASS_COUNT * (CELL.height + CELL.gap) + EDGE.bottom,
} as const;

const leftOf = (digit: number) => EDGE.left + digit * (CELL.width + CELL.gap);
const topOf = (digit: number) => EDGE.top + digit * (CELL.height + CELL.gap);

/** A confusion matrix as SVG, as it is shown: `write` says what stands in a cell. */
export function drawMatrix(
  matrix: ConfusionMatrix,
  view: MatrixView,
  write: (label: number, answer: number) => string,
  look: MatrixLook,
): string {
  const { width, height } = MATRIX_SIZE;
  const heads = DIGITS.flatMap((digit) => [
    drawText(String(digit), leftOf(digit) + CELL.width / 2, EDGE.top - 14, 18, look.colour('--ink')),
    drawText(String(digit), EDGE.left - 20, topOf(digit) + CELL.height / 2, 18, look.colour('--ink')),
  ]);
  const cells = DIGITS.flatMap((label) =>
    DIGITS.map((answer) => {
      const step = cellStep(matrix, { label, answer }, view);
      const kind = label === answer ? 'hit' : 'miss';
      const fill = step === 0 ? 'none' : look.colour(`--${kind}-${step}`);
      const ink = step === 0 ? '--ink-3' : step < DEEP_STEP ? '--on-pale' : '--on-deep';
      const [x, y] = [leftOf(answer), topOf(label)];
      const text = step === 0 ? '·' : write(label, answer);
      return markup`<rect x="${x}" y="${y}" width="${CELL.width}" height="${CELL.height}" rx="3" fill="${fill}" stroke="${look.colour('--rule')}"/>
${drawText(text, x + CELL.width / 2, y + CELL.height / 2, 14, look.colour(ink))}`;
    }),
  );
  return markup`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${look.font}">
<title>${look.title}</title>
<rect width="100%" height="100%" fill="${look.colour('--sheet')}"/>
${drawText('Read as', EDGE.left + (width - EDGE.left - EDGE.right) / 2, 18, 13, look.colour('--ink-2'))}
${drawText('Digit', EDGE.left - 24, 18, 13, look.colour('--ink-2'))}
${heads}
${cells}
</svg>`.text;
}

function drawText(text: string, x: number, y: number, size: number, colour: string): Markup {
  return markup`<text x="${x}" y="${y}" font-size="${size}" fill="${colour}" text-anchor="middle" dominant-baseline="central">${text}</text>`;
}
