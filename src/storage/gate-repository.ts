import type { IDBPTransaction } from 'idb';
import { SHIPPED_MODEL, type ModelVersionId } from '../domain/ids';
import type { GateVerdict } from '../domain/promotion-gate';
import type { Changes } from './changes';
import type { Database } from './open-database';
import type { InklingSchema } from './schema';

/** All that decides who answers: read and written in one transaction, so that no tab decides on old facts. */
const GATE_STORES = ['modelVersions', 'settings', 'gateRecords'] as const;

type Stores = typeof GATE_STORES;
type ReadingTransaction = IDBPTransaction<InklingSchema, Stores, 'readonly' | 'readwrite'>;
type WritingTransaction = IDBPTransaction<InklingSchema, Stores, 'readwrite'>;

/** Where the gate's verdicts are kept, and where the champion changes. */
export class GateRepository {
  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
  ) {}

  /** The verdict on a version, or undefined where there is none. */
  async find(versionId: ModelVersionId): Promise<GateVerdict | undefined> {
    return (await this.database.use((db) => db.get('gateRecords', versionId)))?.verdict;
  }

  /** The verdicts on all versions that were judged. */
  async list(): Promise<readonly GateVerdict[]> {
    const records = await this.database.use((db) => db.getAll('gateRecords'));
    return records.flatMap(({ verdict }) => verdict ?? []);
  }

  /** The model that answers: the shipped one where nobody chose, or where the chosen one is gone. */
  champion(): Promise<ModelVersionId> {
    return this.database.use((db) => readChampion(db.transaction(GATE_STORES)));
  }

  /**
   * The versions that nobody has judged or chosen yet, the oldest first. Those from before there was a gate
   * do not wait.
   */
  waiting(): Promise<readonly ModelVersionId[]> {
    return this.database.use(async (db) => {
      const tx = db.transaction(GATE_STORES);
      const [ids, decided, last, champion] = await Promise.all([
        tx.objectStore('modelVersions').getAllKeys(),
        tx.objectStore('gateRecords').getAllKeys(),
        tx.objectStore('settings').get('lastUngated') as Promise<number | undefined>,
        readChampion(tx),
      ]);
      const known = new Set(decided);
      return ids.filter((id) => id > (last ?? SHIPPED_MODEL) && id !== champion && !known.has(id));
    });
  }

  /**
   * Stores a verdict, and with it, where it says so, the new champion: both or nothing. Resolves to false
   * where the model that it was held against answers no more, or the candidate is gone: then nothing is stored.
   */
  async conclude(verdict: GateVerdict): Promise<boolean> {
    const { candidate, champion, promoted } = verdict;
    const isConcluded = await this.database.use(async (db) => {
      const tx = db.transaction(GATE_STORES, 'readwrite', { durability: 'strict' });
      const [present, isThere] = await Promise.all([readChampion(tx), hasVersion(tx, candidate.versionId)]);
      if (present !== champion.versionId || !isThere) return false;
      void tx.objectStore('gateRecords').put({ versionId: candidate.versionId, verdict });
      if (promoted) putChampion(tx, candidate.versionId, present);
      await tx.done;
      return true;
    });
    if (isConcluded) this.changes.announce('gateRecords', ...(promoted ? (['settings'] as const) : []));
    return isConcluded;
  }

  /** Makes a version the champion because a person says so. It waits for no verdict any more. */
  async choose(versionId: ModelVersionId): Promise<void> {
    await this.database.use(async (db) => {
      const tx = db.transaction(GATE_STORES, 'readwrite');
      const [present, record] = await Promise.all([
        readChampion(tx),
        tx.objectStore('gateRecords').get(versionId),
      ]);
      if (!record) void tx.objectStore('gateRecords').put({ versionId });
      if (present !== versionId) putChampion(tx, versionId, present);
      await tx.done;
    });
    this.changes.announce('settings', 'gateRecords');
  }
}

async function readChampion(tx: ReadingTransaction): Promise<ModelVersionId> {
  const chosen = (await tx.objectStore('settings').get('champion')) as ModelVersionId | undefined;
  return chosen !== undefined && (await hasVersion(tx, chosen)) ? chosen : SHIPPED_MODEL;
}

async function hasVersion(tx: ReadingTransaction, id: ModelVersionId): Promise<boolean> {
  return id === SHIPPED_MODEL || (await tx.objectStore('modelVersions').getKey(id)) !== undefined;
}

function putChampion(tx: WritingTransaction, champion: ModelVersionId, before: ModelVersionId): void {
  void tx.objectStore('settings').put(champion, 'champion');
  if (before !== champion) void tx.objectStore('settings').put(before, 'previousChampion');
}
