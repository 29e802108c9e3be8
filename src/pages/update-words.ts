import type { UpdateOffer, UpdateStage } from '../services/status-service';

const NEWER: Readonly<Record<UpdateStage, readonly [text: string, label: string]>> = {
  ready: ['A newer Inkling is ready. It starts when you close this page; your data stays.', 'Start it now'],
  held: ['A newer Inkling waits: a training or an import is under way, here or in another tab.', 'Try again'],
  starting: ['Starting the new version…', ''],
  stuck: [
    'It has not started yet. Close all tabs of Inkling and open it again; your data stays.',
    'Try again',
  ],
};

/** What an offered reload brings, and what its button says; without words there is none. */
export function wordUpdate(update: UpdateOffer): readonly [text: string, label: string] {
  switch (update.kind) {
    case 'newer':
      return NEWER[update.stage];
    case 'elsewhere':
      return ['Another tab started a newer Inkling. This page goes on until you reload it.', 'Reload'];
    case 'isolation':
      return ['Reload once, and training uses all processor cores. What is stored stays.', 'Reload'];
  }
}
