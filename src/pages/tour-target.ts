import type { TourStepId } from '../domain/tour-steps';

/** A way to an element through the roots of the components around it, one selector for each. */
type Path = readonly string[];

/** What each step points at: the first of its paths that leads to something that can be seen. */
const PATHS: Readonly<Partial<Record<TourStepId, readonly Path[]>>> = {
  data: [
    ['data-page', 'generate-desk', 'button.primary'],
    ['data-page', '.head .side button:nth-of-type(2)'],
  ],
  train: [
    ['train-page', 'run-form', '.foot .primary:not([disabled])'],
    ['train-page', '.progress'],
  ],
  evaluate: [['evaluate-page', 'test-choice', 'section']],
  draw: [
    ['draw-page', '.meant:has(button:not([disabled]))'],
    ['draw-page', 'digit-canvas'],
  ],
  retrain: [
    ['draw-page', 'teach-desk', 'teach-board', '.buttons'],
    ['draw-page', 'teach-desk', 'button'],
  ],
  flood: [['stress-page', 'button.primary']],
  deploy: [['models-page', 'model-table']],
  api: [['api-page', 'button.primary']],
};

/** The mark around what a step points at. It is no element of its own: it covers nothing and never lags. */
const MARK = 'data-tour-target';
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  [${MARK}] { outline: 3px solid var(--amber); outline-offset: 3px; border-radius: var(--r-2); }
  [${MARK}]:focus-visible { outline: 3px solid var(--focus); }
`);

/** Finds what a step points at, marks it, and brings it into view; again whenever the page has changed. */
export class TourTarget {
  private readonly observer = new MutationObserver(() => this.findNowAndSoon());
  private paths: readonly Path[] = [];
  private marked: HTMLElement | undefined;
  private nextLook = 0;
  /** Until somebody does something, the mark is kept in view, whatever comes in above it. */
  private isKept = false;
  private readonly size = new ResizeObserver(() => this.keepInView());

  /** `root` is where the pages are; `freeBottom` the lowest line of the window that nothing lies over. */
  constructor(
    private readonly root: ParentNode,
    private readonly freeBottom: () => number,
  ) {
    for (const act of ['pointerdown', 'wheel', 'touchmove', 'keydown']) {
      window.addEventListener(act, () => (this.isKept = false), { passive: true, capture: true });
    }
    window.addEventListener('scroll', () => this.keepInView(), { passive: true });
  }

  /** Points at what a step is done with; undefined points at nothing. */
  point(step: TourStepId | undefined): void {
    this.paths = (step && PATHS[step]) ?? [];
    this.findNowAndSoon();
  }

  /** Puts the focus on what is pointed at, or on the first thing in it that takes it. */
  focus(): void {
    const { marked } = this;
    if (!marked) return;
    marked.scrollIntoView({ block: 'center', behavior: 'instant' });
    const inside = (marked.shadowRoot ?? marked).querySelector<HTMLElement>(
      'button:not([disabled]), select, [tabindex="0"], a[href]',
    );
    if (marked.matches('button')) marked.focus({ preventScroll: true });
    else inside?.focus({ preventScroll: true });
  }

  /** What has just been put into a component cannot be seen before that component is drawn, too. */
  private findNowAndSoon(): void {
    this.find();
    cancelAnimationFrame(this.nextLook);
    this.nextLook = requestAnimationFrame(() => this.find());
  }

  private find(): void {
    this.observer.disconnect();
    let found: HTMLElement | undefined;
    for (const path of this.paths) found ??= this.follow(path);
    if (found === this.marked) return;
    this.marked?.removeAttribute(MARK);
    this.marked = found;
    if (found) this.mark(found);
  }

  /** Walks a path, and watches each root on it for changes. */
  private follow(path: Path): HTMLElement | undefined {
    let root: ParentNode | null | undefined = this.root;
    let element: HTMLElement | null | undefined;
    for (const selector of path) {
      if (!root) return undefined;
      this.observer.observe(root, {
        childList: true,
        subtree: true,
        attributeFilter: ['disabled', 'hidden'],
      });
      element = root.querySelector<HTMLElement>(selector);
      root = element?.shadowRoot ?? undefined;
    }
    return element?.checkVisibility() ? element : undefined;
  }

  private mark(element: HTMLElement): void {
    const root = element.getRootNode();
    if (root instanceof ShadowRoot && !root.adoptedStyleSheets.includes(sheet))
      root.adoptedStyleSheets.push(sheet);
    element.setAttribute(MARK, '');
    this.isKept = true;
    // A page grows while it loads, and is scrolled to its top when it opens.
    this.size.disconnect();
    this.size.observe(element.ownerDocument.documentElement);
    requestAnimationFrame(() => this.keepInView());
  }

  private keepInView(): void {
    if (this.isKept && this.marked) this.reveal(this.marked);
  }

  private reveal(element: HTMLElement): void {
    const { top, bottom, height } = element.getBoundingClientRect();
    const free = this.freeBottom();
    if (top >= 0 && bottom <= free) return;
    element.scrollIntoView({ block: height < free ? 'center' : 'start', behavior: 'instant' });
  }
}
