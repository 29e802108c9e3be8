/** The pages of the app, and which of them the address means. It is read before anything else is here: no code but this. */
import type { IconName } from './components/ink-icon';
import type { Services } from './services/services';

/** A page: its route behind the #, its name, its icon, and how its code is loaded. */
export interface PageEntry {
  readonly route: string;
  readonly title: string;
  readonly icon: IconName;
  readonly load: () => Promise<unknown>;
  /** What it shows that has to be read first. The page is shown with it, so that nothing on it moves afterwards. */
  readonly read?: (services: Services) => readonly Promise<unknown>[];
  /** It is found through other pages, not in the menu. */
  readonly isAside?: boolean;
}

export const PAGES: readonly PageEntry[] = [
  { route: 'draw', title: 'Draw', icon: 'draw', load: () => import('./pages/draw-page') },
  {
    route: 'data',
    title: 'Data',
    icon: 'data',
    load: () => import('./pages/data-page'),
    read: ({ datasets, catalogue }) => [datasets.ensureLoaded(), catalogue.load()],
  },
  { route: 'train', title: 'Train', icon: 'train', load: () => import('./pages/train-page') },
  {
    route: 'evaluate',
    title: 'Evaluate',
    icon: 'evaluate',
    load: () => import('./pages/evaluate-page'),
  },
  {
    route: 'models',
    title: 'Models',
    icon: 'models',
    load: () => import('./pages/models-page'),
    read: ({ models, datasets }) => [models.load(), datasets.ensureLoaded()],
  },
  { route: 'api', title: 'API', icon: 'api', load: () => import('./pages/api-page') },
  {
    route: 'stress',
    title: 'Stress',
    icon: 'stress',
    load: () => import('./pages/stress-page'),
    read: ({ openStress }) => [openStress()],
  },
  {
    route: 'about',
    title: 'About',
    icon: 'about',
    load: () => import('./pages/about-page'),
    read: ({ models, status }) => [
      models.load(),
      status.refreshStorage(),
      status.checkHeaders(),
      status.askForGraphics(),
    ],
  },
  {
    route: 'learn',
    title: 'Learn',
    icon: 'help',
    load: () => import('./pages/learn-page'),
    isAside: true,
  },
];

/** Routes live behind the #, so that any host that serves files serves them all. */
export function pageOfLocation(): PageEntry {
  return pageOf(location.hash) ?? PAGES[0]!;
}

/** The page that the part of an address from `#` on means; undefined where it means none. */
export function pageOf(hash: string): PageEntry | undefined {
  const route = /^#\/([a-z]+)/.exec(hash)?.[1];
  return PAGES.find((page) => page.route === route);
}
