import type { UpdateOffer } from '../services/status-service';

/** What an offered reload brings, and what its button says. */
export function wordUpdate(update: UpdateOffer): readonly [text: string, label: string] {
  switch (update.kind) {
    case 'newer':
      return update.isHeld
        ? [
            'A newer Inkling waits: a training or an import is under way, here or in another tab.',
            'Try again',
          ]
        : ['A newer Inkling is ready. It starts when you close this page; your data stays.', 'Start it now'];
    case 'elsewhere':
      return ['Another tab started a newer Inkling. This page goes on until you reload it.', 'Reload'];
    case 'isolation':
      return ['Reload once, and training uses all processor cores. What is stored stays.', 'Reload'];
  }
}
