import { keep, readKept } from '../platform/kept-choice';
import { eraseDatabase } from '../storage/erase-database';
import type { Database } from '../storage/open-database';
import type { SettingsRepository } from '../storage/settings-repository';
import { KEPT_KEY } from './kept-key';
import { Observable, type Watched } from './observable';

/** What a person would miss. */
const OWN_STORES = ['runs', 'modelVersions', 'datasets'] as const;

/**
 * Looks after the database as a whole: whether it can be opened, and whether it is still the one that things were
 * kept in. For the latter there is a mark in it, and the same mark in localStorage, which browsers clear at other
 * times: one without the other tells that the browser has removed what was kept. It is no part of the first paint.
 */
export class StorageGuard {
  private readonly removed = new Observable(false);

  constructor(
    private readonly database: Database,
    private readonly settings: SettingsRepository,
  ) {}

  /** True where the browser has removed what was kept here, until that is put away. */
  get isRemoved(): Watched<boolean> {
    return this.removed;
  }

  /** Looks whether all that was kept is still there; where things are kept that bear no mark yet, they get one. */
  async check(): Promise<void> {
    const [mark, stored] = [readKept(KEPT_KEY), await this.settings.get('keptMark')];
    this.removed.value = mark !== null && stored === undefined;
    if (mark === null && (await this.holdsAnything())) await this.mark();
  }

  /** Marks that something is kept here. What was removed before is told first: its mark stays. */
  async mark(): Promise<void> {
    const [mark, stored] = [readKept(KEPT_KEY), await this.settings.get('keptMark')];
    if (mark !== null) {
      this.removed.value = stored === undefined;
      return;
    }
    const next = stored ?? crypto.randomUUID();
    if (stored === undefined) await this.settings.set('keptMark', next);
    keep(KEPT_KEY, next);
  }

  /** It is known now that things were removed: whatever is kept from here on is marked anew. */
  async putAway(): Promise<void> {
    keep(KEPT_KEY, null);
    this.removed.value = false;
    if (await this.holdsAnything()) await this.mark();
  }

  /** Tries to open the database. Throws `storage-unavailable` where that fails again. */
  async retry(): Promise<void> {
    await this.settings.get('keptMark');
  }

  /** Deletes the database with all that is in it, once a person has said so. Throws `storage-unavailable`. */
  async reset(): Promise<void> {
    await eraseDatabase(this.database);
    keep(KEPT_KEY, null);
  }

  private holdsAnything(): Promise<boolean> {
    return this.database.use(async (db) => {
      const tx = db.transaction(OWN_STORES);
      const counts = await Promise.all(OWN_STORES.map((store) => tx.objectStore(store).count()));
      return counts.some((count) => count > 0);
    });
  }
}
