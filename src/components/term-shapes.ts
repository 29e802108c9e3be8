/** The drawings of the glossary, on a field of 288 × 120 with squares of 24. Classes: `term-drawing`. */
import { svg, type SVGTemplateResult } from '../i18n/lit';
import type { TermId } from '../domain/glossary';

/** Small digits that stand for images, in a box of 20: a 1, a 4, a 7, a 0. */
const GLYPHS = ['M8 7l4-3v13', 'M12 17V4L5 13h10', 'M5 4h10L9 17', 'M10 4c-7 0-7 13 0 13s7-13 0-13'] as const;

/** An image: a tile of 24 with a digit. */
function tile(x: number, y: number, glyph: number): SVGTemplateResult {
  return svg`
    <g transform=${`translate(${x} ${y})`}>
      <rect class="sheet edge" width="24" height="24" rx="2"></rect>
      <path d=${GLYPHS[glyph % GLYPHS.length]!} transform="translate(2 2)"></path>
    </g>`;
}

const columns = (count: number) => Array.from({ length: count }, (_, column) => column);

const epoch = () => svg`
  ${columns(6).map((column) => tile(48 + column * 34, 24, column))}
  <path class="c1" d="M52 66h182"></path>
  <path class="c1" d="M228 60l7 6-7 6"></path>
  <path class="c1" d="M246 66c12 0 12 30 0 30H42c-12 0-12-30 0-30"></path>
  <text x="144" y="88">once through all, and again</text>`;

const batch = () => svg`
  ${columns(3).map(
    (frame) => svg`
      <g transform=${`translate(${22 + frame * 86} 0)`}>
        <rect class="wash" y="10" width="72" height="64" rx="4"></rect>
        ${columns(4).map((at) => tile(8 + (at % 2) * 32, 15 + Math.floor(at / 2) * 30, at + frame))}
        <path class="c1" d="M36 80v12M31 88l5 6 5-6"></path>
      </g>`,
  )}
  <text x="58" y="111">step 1</text>
  <text x="144" y="111">step 2</text>
  <text x="230" y="111">step 3</text>`;

const learningRate = () => svg`
  <path class="edge" d="M18 18c12 108 104 108 118 0"></path>
  <path class="c1" d="M22 38l6 22 8 18 12 13 14 7 14 2"></path>
  ${[
    [22, 38],
    [28, 60],
    [36, 78],
    [48, 91],
    [62, 98],
    [76, 100],
  ].map(([x, y]) => svg`<circle class="fill" cx=${x!} cy=${y!} r="3"></circle>`)}
  <path class="edge" d="M152 18c12 108 104 108 118 0"></path>
  <path class="c2" d="M176 78l76-12-90-14 102-16-108-14"></path>
  <text x="77" y="116">small steps</text>
  <text x="211" y="116">too large</text>`;

const overfitting = () => svg`
  <path class="edge" d="M30 12v92h236"></path>
  <path class="c1" d="M34 20c14 50 60 74 224 80"></path>
  <path class="c2" d="M34 16c16 42 56 56 96 54 40-2 88-14 128-40"></path>
  <path class="amber" d="M122 60v22M117 77l5 6 5-6"></path>
  <text x="122" y="54">stop here</text>
  <text x="216" y="26">new images</text>
  <text x="214" y="90">its own images</text>`;

const SEVEN = 'M-9-13h18L-3 14';
const augmentation = () => svg`
  ${[
    { x: 48, turn: 0, size: 1 },
    { x: 124, turn: -16, size: 1 },
    { x: 186, turn: 14, size: 1 },
    { x: 248, turn: 4, size: 0.66 },
  ].map(
    ({ x, turn, size }) => svg`
      <g transform=${`translate(${x} 56)`}>
        <rect class="sheet edge" x="-24" y="-24" width="48" height="48" rx="3"></rect>
        <path class="ink" d=${SEVEN} transform=${`rotate(${turn}) scale(${size})`}></path>
      </g>`,
  )}
  <path class="c1" d="M78 56h14M87 51l6 5-6 5"></path>
  <text x="48" y="102">the image</text>
  <text x="186" y="102">what the network sees</text>`;

const validationAndTest = () => svg`
  <rect class="wash" x="20" y="40" width="166" height="34" rx="2"></rect>
  <rect class="sheet edge" x="190" y="40" width="36" height="34" rx="2"></rect>
  <rect class="sheet amber" x="230" y="40" width="38" height="34" rx="2"></rect>
  <path d="M243 57v-4a6 6 0 0 1 12 0v4M240 57h18v11h-18z"></path>
  <path d="M198 57c6-8 14-8 20 0-6 8-14 8-20 0"></path>
  <circle cx="208" cy="57" r="2.5"></circle>
  <text x="103" y="61">learned from</text>
  <text x="198" y="30">validate</text>
  <text x="236" y="94">test, at the end</text>`;

const SHARES = [3, 2, 4, 3, 150, 2, 3, 5, 3, 34] as const;
const confidence = () => svg`
  ${SHARES.map(
    (share, digit) => svg`
      <text x="62" y=${16 + digit * 10.4}>${digit}</text>
      <rect
        class=${digit === 4 ? 'fill' : 'hit pale'}
        x="74"
        y=${9 + digit * 10.4}
        width=${share}
        height="7"
        rx="1"
      ></rect>`,
  )}
  <text x="246" y="58">81%</text>
  <text x="130" y="110">18%</text>`;

const MISTAKES = [
  [2, 5],
  [4, 1],
] as const;
const confusionMatrix = () => svg`
  <g transform="translate(94 5)">
    ${columns(6).map((at) => svg`<rect class="hit" x=${at * 16 + 1} y=${at * 16 + 1} width="14" height="14"></rect>`)}
    ${MISTAKES.map(
      ([row, column]) =>
        svg`<rect class="miss" x=${column * 16 + 1} y=${row * 16 + 1} width="14" height="14"></rect>`,
    )}
    <path class="edge" d="M0 0h96v96H0zM16 0v96M32 0v96M48 0v96M64 0v96M80 0v96M0 16h96M0 32h96M0 48h96M0 64h96M0 80h96"></path>
  </g>
  <text x="58" y="57">what it is</text>
  <text x="240" y="62">a mistake</text>
  <path class="edge" d="M212 57l-27-11"></path>
  <text x="142" y="115">what it was read as</text>`;

const calibration = () => svg`
  <path class="edge" d="M86 10v90h122"></path>
  ${columns(6).map(
    (at) =>
      svg`<rect class="hit" x=${90 + at * 19} y=${100 - (at + 1) * 13} width="15" height=${(at + 1) * 13}></rect>`,
  )}
  <path class="c2" d="M86 100L206 10"></path>
  <text x="147" y="115">how sure it is</text>
  <text x="48" y="50">how often</text>
  <text x="48" y="64">it is right</text>
  <text x="246" y="20">as it should be</text>`;

const mcnemar = () => svg`
  <g transform="translate(96 16)">
    <path class="edge" d="M0 0h120v80H0zM60 0v80M0 40h120"></path>
    <rect class="wash" x="62" y="2" width="56" height="36"></rect>
    <rect class="wash" x="2" y="42" width="56" height="36"></rect>
    <text x="30" y="24">9,640</text>
    <text x="90" y="24">38</text>
    <text x="30" y="64">112</text>
    <text x="90" y="64">210</text>
  </g>
  <text x="156" y="112">112 against 38: hardly luck</text>
  <text x="54" y="40">A right</text>
  <text x="54" y="80">A wrong</text>
  <text x="126" y="11">B right</text>
  <text x="186" y="11">B wrong</text>`;

const champion = () => svg`
  <rect class="sheet edge" x="48" y="18" width="72" height="72" rx="4"></rect>
  <circle class="amber" cx="84" cy="46" r="14"></circle>
  <path class="amber" d="M76 58l-4 22 12-7 12 7-4-22"></path>
  <rect class="wash" x="168" y="18" width="72" height="72" rx="4"></rect>
  <path d="M184 40h40M184 54h40M184 68h24"></path>
  <path class="c1" d="M160 54h-30M137 48l-7 6 7 6"></path>
  <text x="84" y="108">answers</text>
  <text x="204" y="108">wants to</text>`;

/** What draws each word: anew each time, in the language that is spoken then. */
export const TERM_SHAPES: Readonly<Record<TermId, () => SVGTemplateResult>> = {
  epoch,
  batch,
  'learning-rate': learningRate,
  overfitting,
  augmentation,
  'validation-and-test': validationAndTest,
  confidence,
  'confusion-matrix': confusionMatrix,
  calibration,
  mcnemar,
  champion,
};
