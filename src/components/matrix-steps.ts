import type { Pair } from '../domain/confusion-matrix';
import { CLASS_COUNT } from '../domain/sample';

const LAST = CLASS_COUNT - 1;

/**
 * The cell that a key leads to, as in any ARIA grid: Home and End stay in the row, with Control they go to
 * the first and the last cell. Undefined for keys that lead nowhere.
 */
export function cellAfterKey(
  { label, answer }: Pair,
  { key, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>,
): Pair | undefined {
  const isWhole = ctrlKey || metaKey;
  const targets: Readonly<Record<string, Pair>> = {
    ArrowLeft: { label, answer: answer - 1 },
    ArrowRight: { label, answer: answer + 1 },
    ArrowUp: { label: label - 1, answer },
    ArrowDown: { label: label + 1, answer },
    Home: { label: isWhole ? 0 : label, answer: 0 },
    End: { label: isWhole ? LAST : label, answer: LAST },
    PageUp: { label: 0, answer },
    PageDown: { label: LAST, answer },
  };
  const target = targets[key];
  return target && { label: within(target.label), answer: within(target.answer) };
}

function within(place: number): number {
  return Math.min(LAST, Math.max(0, place));
}
