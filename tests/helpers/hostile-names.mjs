/** Names that somebody chose to break what shows them, and what to look for where they are shown. */

/** What runs of them leaves `globalThis.pwned`; what is parsed of them is an element with `pwned` in it. */
const RUN = 'globalThis.pwned=1';

export const HOSTILE_NAMES = [
  `<script pwned>${RUN}</script>`,
  `<img pwned src=x onerror=${RUN}>`,
  `<svg pwned onload=${RUN}>`,
  `<svg><script pwned>${RUN}</script></svg>`,
  `<iframe pwned srcdoc="<script>parent.${RUN}</script>"></iframe>`,
  `<template pwned><img src=x onerror=${RUN}></template>`,
  `<template shadowrootmode=open pwned><b>x</b></template>`,
  `<a pwned href=javascript:${RUN}>here</a>`,
  `javascript:${RUN}`,
  `data:text/html,<script>${RUN}</script>`,
  `"><b pwned>bold</b>`,
  `'><b pwned>bold</b>`,
  `" pwned onfocus=${RUN} autofocus x="`,
  `' pwned onmouseover=${RUN} x='`,
  '` pwned onfocus=1 `',
  `</title><b pwned>x`,
  `</textarea><b pwned>x`,
  `</style><b pwned>x`,
  `</script><b pwned>x`,
  `<!-- <b pwned> -->`,
  `]]><b pwned>x`,
  '<style pwned>*{display:none}</style>',
  '<base pwned href=//evil.example/>',
  '<meta pwned http-equiv=refresh content="0;url=//evil.example/">',
  '<form pwned id=x><input name=attributes>',
  '&lt;b pwned&gt;&#60;b pwned&#62;&amp;',
  '${globalThis.pwned=1}',
  '{{constructor.constructor("globalThis.pwned=1")()}}',
  '<?lit$1234567890$?>?lit$1$',
  '__proto__',
  'constructor',
  'toString',
  '=cmd|" /C calc"!A0',
  '../../../0/evil.png',
  'C:\\0\\evil%00.png',
  'gpj.\u202Elive\u2066\u200F',
  'zero\u200Bwidth\uFEFF\u2060\u00AD',
  'a\u0000b\u0007c\u001B[31m\r\nSet-Cookie: x=1',
  '👩🏽‍🚀👨‍👩‍👧‍👦 \uD83D half \uDC00 e\u0301\u0327',
  'W'.repeat(10_000),
];

/**
 * Runs in the page: what came of names in the whole document, every shadow tree included. Returns what is wrong,
 * which should be nothing.
 */
export function findBreakage() {
  const found = [];
  if (globalThis.pwned !== undefined) found.push('a script ran');
  if ({}.pwned !== undefined) found.push('every object was changed');
  const visit = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) visit(element.shadowRoot);
      const names = element.getAttributeNames();
      if (names.some((name) => name === 'pwned' || name.startsWith('on')))
        found.push(`${element.localName} was made of a name: ${names.join(' ')}`);
      if (/^(?:iframe|object|embed|base)$/.test(element.localName))
        found.push(`there is a ${element.localName}`);
      const address = element.getAttribute('href') ?? element.getAttribute('src') ?? '';
      if (/^\s*(?:javascript:|data:text)|evil\.example/i.test(address)) found.push(`an address: ${address}`);
    }
  };
  visit(document);
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  if (wide > 0) found.push(`${wide} px too wide`);
  return found;
}

/** Runs in the page: those of the names that stand nowhere in its text, its fields or its choices as they are. */
export function findMissing(names) {
  const texts = [];
  const visit = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) visit(element.shadowRoot);
      if (element.childElementCount === 0) texts.push(element.textContent);
      if (typeof element.value === 'string') texts.push(element.value);
    }
  };
  visit(document);
  return names.filter((name) => !texts.some((text) => text.includes(name)));
}

/**
 * Runs in the page: gives one of everything that is stored a hostile name, and stores it again once for each
 * name, as if somebody had kept so many things under such names.
 */
export async function spreadNames(names) {
  const [{ name: databaseName }] = await indexedDB.databases();
  const answerOf = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await answerOf(indexedDB.open(databaseName));
  const stores = ['datasets', 'runs', 'modelVersions', 'modelWeights', 'stressRuns', 'settings'];
  const tx = database.transaction(stores, 'readwrite');
  const [set, run, version, weights, test] = await Promise.all(
    stores.slice(0, 5).map(async (store) => (await answerOf(tx.objectStore(store).getAll()))[0]),
  );
  const put = (store, value, key) => tx.objectStore(store).put(value, key);
  const FAILURE = { method: 'POST', occurrences: 1, firstSeen: 0, lastSeen: 0 };
  const stored = (name, index) => ({
    kind: 'stored',
    name: `hostile-${index}`,
    title: name,
    sampleCount: 300,
  });
  names.forEach((name, index) => {
    const id = index + 1;
    put('datasets', { ...set, ...(index === 1 ? {} : { name: `hostile-${id}` }), title: name, origin: name });
    put('modelVersions', { ...version, id, name, notes: name, tags: [name], importedFrom: name });
    put('modelWeights', { ...weights, versionId: id });
    // One run of all of the sets, and then one of each.
    const parts = index === 0 ? names.map(stored) : [stored(name, index)];
    const dataset = index === 0 ? { kind: 'mixture', parts, sampleCount: 300 } : parts[0];
    const { architecture } = run.config.recipe;
    const recipe = { ...run.config.recipe, title: name, architecture: { ...architecture, name } };
    const error = { code: 'invalid-input', message: name, help: { reason: name, kept: name, remedy: name } };
    put('runs', {
      ...run,
      id,
      config: { ...run.config, dataset, recipe },
      data: { ...run.data, parts: parts.map(({ title }) => ({ title, sampleCount: 1, contentHash: title })) },
      ...(index % 2 ? { status: 'failed', error } : {}),
    });
  });
  const [entry] = test.entries;
  put('stressRuns', {
    ...test,
    entries: names.map((name) => ({ ...entry, name })),
    errors: names.map((name) => ({ ...FAILURE, name, error: name })),
    exceptions: names.map((name) => ({ count: 1, message: name, traceback: name, nodes: [name] })),
  });
  // Nobody asks the gate about any of them.
  put('settings', names.length, 'lastUngated');
  put('settings', 2, 'champion');
  await new Promise((resolve) => (tx.oncomplete = resolve));
  database.close();
}
