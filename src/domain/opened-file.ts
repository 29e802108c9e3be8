/** Where a file that the system hands to the app can go. */
export type FileGoal = 'draw' | 'data' | 'models';

const PICTURE = /\.(png|jpe?g|webp|gif|bmp)$/i;
const MODEL = /\.(safetensors|json)$/i;
const TABLE = /\.(csv|tsv|idx|gz|ubyte)$/i;

/**
 * Where these files can go, the likeliest first; nowhere is empty. A ZIP may hold digits or a model, and only
 * who made it knows.
 */
export function goalsOf(names: readonly string[]): readonly FileGoal[] {
  const all = (pattern: RegExp) => names.length > 0 && names.every((name) => pattern.test(name));
  if (all(PICTURE)) return ['draw'];
  if (names.length === 1 && all(MODEL)) return ['models'];
  if (names.length === 1 && all(/\.zip$/i)) return ['data', 'models'];
  return all(/\.zip$/i) || all(TABLE) ? ['data'] : [];
}
