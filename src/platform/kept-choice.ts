/**
 * Small things that are needed before the database can answer, in localStorage. Where a person forbade the
 * browser to keep anything, even looking at it throws: then nothing was kept, and nothing can be.
 */

/** What was kept under a key; null where there is nothing, or nothing may be kept. */
export function readKept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch (error) {
    console.info(error);
    return null;
  }
}

/** Keeps a text under a key, or with null keeps it no more; for this visit alone where nothing may be kept. */
export function keep(key: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch (error) {
    console.info(error);
  }
}
