/**
 * How the code is cut into files. A page that is opened by its address is a handful of files that travel side by
 * side: over HTTP/1.1 a browser fetches six at a time, and each costs a slow line a whole turn.
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PAGES = new URL('../src/pages/', import.meta.url);
/** What comes later, and shares code with pages. */
const LATER = {
  explain: new URL('explain-board.ts', PAGES),
  teach: new URL('teach-board.ts', PAGES),
  tour: new URL('tour-desk.ts', PAGES),
  report: new URL('../src/domain/run-report.ts', import.meta.url),
  endpoints: new URL('../src/api/router.ts', import.meta.url),
};
const START = new URL('../src/start.ts', import.meta.url);
const INDEX = new URL('../index.html', import.meta.url);

/** Code that only some of these pages share is a file of its own, the first that fits. */
const SHARED = {
  runs: ['endpoints', 'learn', 'models', 'report', 'tour', 'train'],
  charts: ['data', 'evaluate', 'explain', 'report', 'stress', 'teach', 'train'],
  drawing: ['data', 'draw', 'evaluate', 'explain', 'teach'],
};

/**
 * The groups of Rolldown's `codeSplitting`; a module is in the first that takes it. Whatever a module imports is
 * part of every page that the module is part of, so no two files can need each other.
 */
export function codeGroups() {
  let graph;
  const group = (name) => ({
    debugName: name,
    name: (id, bundle) => (groupOf(id, (graph ??= readGraph(bundle))) === name ? name : null),
  });
  // A group takes along what its modules import, but for what one before it has: the widest is the first.
  return ['start', 'first-paint', 'parts', 'drawing', 'charts', 'runs'].map(group);
}

/** The group of a module; undefined where it is best kept with those that import it. */
function groupOf(id, { start, main, users: all }) {
  if (start.has(id)) return 'start';
  if (main.has(id)) return 'first-paint';
  const users = all.filter(([, modules]) => modules.has(id)).map(([name]) => name);
  if (users.length < 2) return undefined;
  const few = Object.entries(SHARED).find(([, sharers]) => users.every((user) => sharers.includes(user)));
  // Draw is what most people see first: it waits for nothing that is there for the sake of others.
  return few?.[0] ?? (users.includes('draw') ? 'first-paint' : 'parts');
}

/** What is needed to run the app's frame, and each page by itself. */
function readGraph(bundle) {
  const reach = (url, seen = new Set()) => {
    const waiting = [idOf(url)];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      waiting.push(...(bundle.getModuleInfo(id)?.importedIds ?? []));
    }
    return seen;
  };
  const pages = readdirSync(PAGES)
    .map((file) => /^(\w+)-page\.ts$/.exec(file))
    .filter(Boolean)
    .map(([file, page]) => [page, new URL(file, PAGES)]);
  const users = [...pages, ...Object.entries(LATER)].map(([name, url]) => [name, reach(url)]);
  return { start: reach(START), main: reach(INDEX), users };
}

/** A Vite plugin that has the file of start.ts run as soon as it is here, and not when all of the app is. */
export function startAtOnce() {
  return {
    name: 'start-at-once',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle }) => {
        const { fileName } = Object.values(bundle).find((file) => file.moduleIds?.includes(idOf(START)));
        // Without the priority the browser lets it wait: other files that are async are advertisements.
        const attrs = {
          type: 'module',
          async: true,
          fetchpriority: 'high',
          crossorigin: true,
          src: `./${fileName}`,
        };
        return [{ tag: 'script', attrs, injectTo: 'head' }];
      },
    },
  };
}

/** What Vite calls a file. */
function idOf(url) {
  return fileURLToPath(url).replaceAll('\\', '/');
}
