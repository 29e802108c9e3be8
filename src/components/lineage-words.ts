import { nothing, svg } from '../i18n/lit';
import type { Descent } from '../domain/lineage';

/** How a descent is said, and how its line is drawn. */
interface DescentLook {
  /** In the key. */
  readonly title: string;
  /** Of a model; the parent's name follows where there is one. */
  readonly words: string;
  readonly dash?: string;
}

/** Every descent, in the order of the key. Colour has no part in telling them apart. */
export const DESCENTS: Readonly<Record<Descent, DescentLook>> = {
  shipped: { title: 'Came with Inkling', words: 'came with Inkling' },
  scratch: { title: 'From scratch', words: 'trained from scratch' },
  'fine-tuned': { title: 'Trained on from its parent', words: 'trained on from' },
  taught: { title: 'Taught corrections', words: 'taught corrections, from', dash: '7 4' },
  copy: { title: 'A copy, from a file', words: 'a copy, from a file, of', dash: '2 3' },
  elsewhere: { title: 'Trained on elsewhere', words: 'trained elsewhere, on from', dash: '9 3 2 3' },
  imported: { title: 'From a file', words: 'from a file' },
  gone: { title: 'No longer here', words: 'no longer here' },
};

/** The mark of a descent, 12 × 12, its middle at (x, y). */
export function renderMark(descent: Descent, x: number, y: number) {
  switch (descent) {
    case 'shipped':
      return svg`<path class="mark full" d=${`M${x} ${y - 6}l6 6-6 6-6-6z`}></path>`;
    case 'scratch':
      return svg`<circle class="mark" cx=${x} cy=${y} r="5"></circle>`;
    case 'fine-tuned':
      return svg`<circle class="mark full" cx=${x} cy=${y} r="5"></circle>`;
    case 'taught':
      return svg`<path class="mark full" d=${`M${x} ${y - 5}l5.5 10h-11z`}></path>`;
    case 'copy':
      return svg`<path class="mark" d=${`M${x - 5} ${y - 2}h7v7h-7zM${x - 2} ${y - 2}v-3h7v7h-3`}></path>`;
    case 'elsewhere':
      return svg`<path class="mark" d=${`M${x} ${y - 6}l6 6-6 6-6-6z`}></path>`;
    case 'imported':
      return svg`<path class="mark" d=${`M${x - 5} ${y - 5}h10v10h-10z`}></path>`;
    case 'gone':
      return svg`<path class="mark" d=${`M${x - 4} ${y - 4}l8 8M${x + 4} ${y - 4}l-8 8`}></path>`;
    default:
      return nothing;
  }
}

/** "taught corrections, from v3" */
export function wordDescent(descent: Descent, parent: string | undefined): string {
  const { words } = DESCENTS[descent];
  return parent === undefined ? words : `${words} ${parent}`;
}
