/** Between a popover, what it belongs to, and the edges of the window, in pixels. */
const GAP = 8;
/** On a phone a bar of tabs lies at the bottom; a popover is above it, but nearer to the thumb. */
const EDGE = 16;

/** Puts an open popover below what it belongs to, or above where there is more room; always in the window. */
export function placePopover(popover: HTMLElement, anchor: DOMRect): void {
  const { offsetWidth: width, offsetHeight: height } = popover;
  const { clientWidth, clientHeight } = document.documentElement;
  const left = Math.min(anchor.left, clientWidth - width - EDGE);
  const below = anchor.bottom + GAP;
  const fits = below + height + EDGE <= clientHeight;
  const top = fits ? below : Math.min(anchor.top - GAP - height, clientHeight - height - EDGE);
  popover.style.setProperty('left', `${Math.max(EDGE, left)}px`);
  popover.style.setProperty('top', `${Math.max(EDGE, top)}px`);
}
