import { Changes } from './changes';
import { CheckpointRepository } from './checkpoint-repository';
import { EvaluationRepository } from './evaluation-repository';
import { GateRepository } from './gate-repository';
import { ModelRepository } from './model-repository';
import { DATABASE_NAME, Database } from './open-database';
import { RunRepository } from './run-repository';
import { SettingsRepository } from './settings-repository';
import { ShardRepository } from './shard-repository';
import { StressRepository } from './stress-repository';

/** Everything a thread needs to read and write the truth. */
export interface Repositories {
  readonly database: Database;
  readonly changes: Changes;
  readonly runs: RunRepository;
  readonly checkpoints: CheckpointRepository;
  readonly models: ModelRepository;
  readonly evaluations: EvaluationRepository;
  readonly gate: GateRepository;
  readonly shards: ShardRepository;
  readonly settings: SettingsRepository;
  readonly stressRuns: StressRepository;
}

/** Constructs all repositories of a database. Nothing is opened before it is used. */
export function createRepositories(databaseName: string = DATABASE_NAME): Repositories {
  const database = new Database(databaseName);
  const changes = new Changes(databaseName);
  return {
    database,
    changes,
    runs: new RunRepository(database, changes),
    checkpoints: new CheckpointRepository(database, changes),
    models: new ModelRepository(database, changes),
    evaluations: new EvaluationRepository(database),
    gate: new GateRepository(database, changes),
    shards: new ShardRepository(database, changes),
    settings: new SettingsRepository(database, changes),
    stressRuns: new StressRepository(database, changes),
  };
}
