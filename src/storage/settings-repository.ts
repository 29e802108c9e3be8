import type { Changes } from './changes';
import type { Database } from './open-database';
import type { SettingsValues } from './schema';

/** The user's preferences. */
export class SettingsRepository {
  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
  ) {}

  /** A preference, or undefined where none was set. */
  async get<Name extends keyof SettingsValues>(name: Name): Promise<SettingsValues[Name] | undefined> {
    return (await this.database.use((db) => db.get('settings', name))) as SettingsValues[Name] | undefined;
  }

  /** Sets several preferences at once: all of them, or none. */
  async setAll(values: Partial<SettingsValues>): Promise<void> {
    await this.database.use(async (db) => {
      const tx = db.transaction('settings', 'readwrite');
      const puts = Object.entries(values).map(([name, value]) => tx.store.put(value, name));
      await Promise.all([...puts, tx.done]);
    });
    this.changes.announce('settings');
  }

  /** Sets a preference. */
  async set<Name extends keyof SettingsValues>(name: Name, value: SettingsValues[Name]): Promise<void> {
    await this.database.use((db) => db.put('settings', value, name));
    this.changes.announce('settings');
  }
}
