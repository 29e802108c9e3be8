/** The key that a lesson is kept under in sessionStorage: it belongs to this tab, until that is closed. */
const KEY = 'inkling-lesson';

/** The address of the lesson of this tab, from `#` on; empty where there is none. */
export function keptLesson(): string {
  return sessionStorage.getItem(KEY) ?? '';
}

/** Keeps the address of a lesson, or forgets it. */
export function keepLesson(hash: string | undefined): void {
  if (hash === undefined) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, hash);
}
