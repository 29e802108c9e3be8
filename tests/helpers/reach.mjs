/** What somebody meets who has no mouse, or sees little: tab stops, their rings, and what a large type cuts off. */

/**
 * Presses Tab through the whole page, from its start. Tells what can be acted on and was not reached, in what order
 * the stops came where that is not the order of the page, which stop shows no ring, and which lies under something.
 */
export async function walkByTab(page) {
  const count = await page.evaluate(watchFocus);
  // Two more than there are: whatever holds the focus keeps it from coming round.
  for (let tab = 0; tab < count + 2; tab++) await page.keyboard.press('Tab');
  return page.evaluate(() => window.tellFocus());
}

/** Runs in the page: finds what Tab should come to, and looks at each stop from now on. Resolves to how many there are. */
function watchFocus() {
  const CONTROLS =
    'a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, summary, [tabindex="0"]';
  const parentOf = (element) => element.assignedSlot ?? element.parentElement ?? element.getRootNode().host;
  const nameOf = (element) => {
    const name = element.ariaLabel ?? element.labels?.[0]?.textContent ?? element.textContent;
    return `${element.localName} "${name.replaceAll(/\s+/g, ' ').trim().slice(0, 40)}"`;
  };
  const isSeen = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return element.checkVisibility({ visibilityProperty: true }) && width > 0 && height > 0;
  };
  /** Of radio buttons with one name, Tab comes to the chosen one. */
  const isChosen = (element) =>
    element.type !== 'radio' ||
    element.checked ||
    ![...element.getRootNode().querySelectorAll('input[type=radio]')].some(
      (other) => other.name === element.name && other.checked,
    );
  const expected = [];
  // From one stop to the next inside a component nothing is told outside of it.
  const roots = [document];
  const visit = (node) => {
    if (node.shadowRoot) roots.push(node.shadowRoot);
    if (
      node instanceof Element &&
      node.matches(CONTROLS) &&
      node.tabIndex >= 0 &&
      isSeen(node) &&
      isChosen(node)
    )
      expected.push(node);
    const children =
      node.localName === 'slot' && node.assignedElements().length > 0
        ? node.assignedElements()
        : (node.shadowRoot ?? node).children;
    for (const child of children ?? []) visit(child);
  };
  visit(document.body);

  const stops = new Map();
  /** A ring is an outline of the control, or of what stands for it, or a line of a drawing that grows. */
  const hasRing = (element) => {
    const around = [element, element.nextElementSibling, element.closest('label'), element.parentElement];
    const isOutlined = (one) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    };
    const isGrown = (one) => parseFloat(getComputedStyle(one).strokeWidth) >= 4;
    // In a grid the ring is round one of its tiles.
    const isTileOutlined = (one) => {
      const { display, outlineWidth, borderTopWidth } = getComputedStyle(one, '::after');
      return display !== 'none' && Math.max(parseFloat(outlineWidth), parseFloat(borderTopWidth)) >= 2;
    };
    return (
      around.some((one) => one && isOutlined(one)) ||
      [...element.querySelectorAll('circle')].some(isGrown) ||
      [...element.querySelectorAll('[active]')].some(isTileOutlined)
    );
  };
  const deepestAt = (root, x, y) => {
    const hit = root.elementFromPoint(x, y);
    return hit?.shadowRoot && hit.shadowRoot !== root ? (deepestAt(hit.shadowRoot, x, y) ?? hit) : hit;
  };
  /** Nothing lies over the whole of it (WCAG 2.2, 2.4.11). */
  const isUncovered = (element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const xs = [0.1, 0.5, 0.9].map((share) => left + share * (right - left));
    const ys = [0.1, 0.5, 0.9].map(
      (share) =>
        Math.min(innerHeight - 1, Math.max(0, top)) +
        share * (Math.min(bottom, innerHeight) - Math.max(0, top)),
    );
    return xs.some((x) =>
      ys.some((y) => {
        const hit = deepestAt(document, x, y);
        for (let one = hit; one; one = parentOf(one)) if (one === element) return true;
        return element.labels?.[0]?.contains(hit) ?? false;
      }),
    );
  };
  const onFocus = (event) => {
    const element = event.composedPath()[0];
    if (!stops.has(element))
      stops.set(element, { hasRing: hasRing(element), isUncovered: isUncovered(element) });
  };
  for (const root of roots) root.addEventListener('focusin', onFocus);
  document.activeElement?.blur();
  getSelection().removeAllRanges();
  window.scrollTo(0, 0);
  const start = document.createElement('span');
  start.tabIndex = -1;
  document.body.prepend(start);
  start.focus();
  stops.clear();
  window.tellFocus = () => {
    for (const root of roots) root.removeEventListener('focusin', onFocus);
    // Where it is now, a link to skip the navigation may have come to light.
    start.focus();
    start.remove();
    const order = [...stops.keys()].filter((element) => expected.includes(element));
    const inOrder = expected.filter((element) => stops.has(element));
    return {
      count: expected.length,
      unreached: expected.filter((element) => !stops.has(element)).map(nameOf),
      outOfOrder: order.filter((element, at) => element !== inOrder[at]).map(nameOf),
      ringless: order.filter((element) => !stops.get(element).hasRing).map(nameOf),
      covered: order.filter((element) => !stops.get(element).isUncovered).map(nameOf),
    };
  };
  return expected.length;
}

/**
 * Runs in the page: what large type, or a small window, cuts off or lays over each other. What scrolls by itself
 * may be wider than its place.
 */
export function findCutOff() {
  const CONTROLS = 'a[href], button, input, select, textarea, summary';
  const found = [];
  const nameOf = (element) =>
    `${element.localName} "${(element.ariaLabel ?? element.textContent).replaceAll(/\s+/g, ' ').trim().slice(0, 40)}"`;
  const parentOf = (element) => element.assignedSlot ?? element.parentElement ?? element.getRootNode().host;
  const isSeen = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return (
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && width > 1 && height > 1
    );
  };
  const scrolls = (element) => {
    for (let one = element; one && one !== document.body; one = parentOf(one)) {
      const { overflowX } = getComputedStyle(one);
      if (overflowX === 'auto' || overflowX === 'scroll') return true;
    }
    return false;
  };
  const isHiddenText = (element) => getComputedStyle(element).clipPath !== 'none';
  const place = (element) => {
    for (let one = element; one; one = parentOf(one))
      if (['fixed', 'sticky'].includes(getComputedStyle(one).position)) return one;
    return undefined;
  };
  const controls = [];
  const wide = [];
  const visit = (node) => {
    if (
      node instanceof Element &&
      isSeen(node) &&
      node.getBoundingClientRect().right > innerWidth + 1 &&
      !scrolls(node)
    )
      wide.push(nameOf(node));
    if (node instanceof HTMLElement && isSeen(node) && !isHiddenText(node)) {
      const { overflowX, textOverflow } = getComputedStyle(node);
      const isCut =
        node.scrollWidth > node.clientWidth + 1 && overflowX !== 'visible' && textOverflow !== 'ellipsis';
      if (
        isCut &&
        !scrolls(node) &&
        node.localName !== 'input' &&
        node.textContent.trim() &&
        !node.querySelector('.visually-hidden')
      )
        found.push(`${nameOf(node)} is cut off`);
      if (node.matches(CONTROLS)) controls.push(node);
    }
    for (const child of (node.shadowRoot ?? node).children ?? []) visit(child);
    if (node.shadowRoot) for (const child of node.children) visit(child);
  };
  visit(document.body);
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width + 1)
    found.push(
      `the page is ${document.documentElement.scrollWidth - width} px too wide: ${wide.slice(-2).join(', ')}`,
    );
  const boxes = controls.map((element) => ({
    element,
    box: element.getBoundingClientRect(),
    place: place(element),
  }));
  for (const { element, box, place } of boxes) {
    if (scrolls(element)) continue;
    if (box.left < -1 || box.right > width + 1) found.push(`${nameOf(element)} is out of the page`);
    // What does not move with the page has to fit, or to scroll by itself.
    const isFixed = place?.localName === 'nav' && getComputedStyle(place).overflowY !== 'auto';
    if (isFixed && (box.top < -1 || box.bottom > innerHeight + 1))
      found.push(`${nameOf(element)} is out of the window`);
  }
  for (const [at, a] of boxes.entries())
    for (const b of boxes.slice(at + 1)) {
      if (a.place !== b.place || a.element.contains(b.element) || b.element.contains(a.element)) continue;
      if (scrolls(a.element) !== scrolls(b.element)) continue;
      const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      // The larger target of a question mark may reach into what is below it.
      const smaller = Math.min(a.box.width * a.box.height, b.box.width * b.box.height);
      if (across > 2 && down > 2 && across * down > smaller / 3)
        found.push(`${nameOf(a.element)} lies over ${nameOf(b.element)}`);
    }
  return found;
}

/**
 * Runs in the page before anything else: writes down what a screen reader would say of its live regions. `heard()`
 * tells that, and forgets it.
 */
export function listen() {
  const LIVE = '[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]';
  const said = [];
  const last = new WeakMap();
  /** Regions that changed; of those that are not read as a whole, what was added to them. */
  const changed = new Map();
  const parentOf = (element) => element.assignedSlot ?? element.parentElement ?? element.getRootNode().host;
  const elementOf = (node) =>
    node instanceof Element ? node : (node.parentElement ?? node.getRootNode().host);
  const regionOf = (node) => {
    for (let one = elementOf(node); one; one = parentOf(one)) if (one.matches?.(LIVE)) return one;
    return undefined;
  };
  const isWhole = (region) => region.role !== 'status' || region.ariaAtomic !== 'false';
  const note = (region, node) => {
    if (!changed.has(region)) changed.set(region, new Set());
    if (!isWhole(region)) changed.get(region).add(elementOf(node));
  };
  const textOf = (element) =>
    element.isConnected && element.checkVisibility()
      ? (element.innerText ?? '').replaceAll(/\s+/g, ' ').trim()
      : '';
  const tell = () => {
    for (const [region, parts] of changed) {
      const texts = isWhole(region) ? [textOf(region)] : [...parts].map(textOf);
      for (const text of texts) if (text && (text !== last.get(region) || !isWhole(region))) said.push(text);
      last.set(region, texts.at(-1));
    }
    changed.clear();
  };
  const observe = (root) =>
    new MutationObserver((mutations) => {
      if (changed.size === 0) requestAnimationFrame(tell);
      for (const { type, target, addedNodes } of mutations) {
        // An alert is read when it appears, other regions only when they change.
        for (const node of addedNodes) {
          if (!(node instanceof Element)) continue;
          for (const one of [node, ...node.querySelectorAll('*')])
            if (one.matches('[role=alert]')) note(one, one);
        }
        const region = regionOf(target);
        if (!region || (type === 'attributes' && region === target && !region.matches('[role=alert]')))
          continue;
        if (isWhole(region) || type !== 'childList') note(region, target);
        else for (const node of addedNodes) if (node instanceof Element) note(region, node);
      }
    }).observe(root, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
      attributeFilter: ['hidden'],
    });
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function attach(options) {
    const root = attachShadow.call(this, options);
    observe(root);
    return root;
  };
  document.addEventListener('DOMContentLoaded', () => observe(document));
  window.heard = () => said.splice(0);
  window.saidSoFar = () => said;
}
