import { Changes } from './changes';
import { GateRepository } from './gate-repository';
import { ModelRepository } from './model-repository';
import { DATABASE_NAME, Database } from './open-database';
import { RunRepository } from './run-repository';
import { SettingsRepository } from './settings-repository';
import { ShardRepository } from './shard-repository';
import { StressRepository } from './stress-repository';

/** Everything a page needs to read and write the truth. */
export interface PageRepositories {
  readonly database: Database;
  readonly changes: Changes;
  readonly runs: RunRepository;
  readonly models: ModelRepository;
  readonly gate: GateRepository;
  readonly shards: ShardRepository;
  readonly settings: SettingsRepository;
  readonly stressRuns: StressRepository;
}

/** Constructs the repositories that pages use. Nothing is opened before it is used. */
export function createPageRepositories(databaseName: string = DATABASE_NAME): PageRepositories {
  const database = new Database(databaseName);
  const changes = new Changes(databaseName);
  return {
    database,
    changes,
    runs: new RunRepository(database, changes),
    models: new ModelRepository(database, changes),
    gate: new GateRepository(database, changes),
    shards: new ShardRepository(database, changes),
    settings: new SettingsRepository(database, changes),
    stressRuns: new StressRepository(database, changes),
  };
}
