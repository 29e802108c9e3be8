import { CheckpointRepository } from './checkpoint-repository';
import { EvaluationRepository } from './evaluation-repository';
import { createPageRepositories, type PageRepositories } from './page-repositories';

/** Everything there is: what pages use, and what only workers read and write. */
export interface Repositories extends PageRepositories {
  readonly checkpoints: CheckpointRepository;
  readonly evaluations: EvaluationRepository;
}

/** Constructs all repositories of a database. Nothing is opened before it is used. */
export function createRepositories(databaseName?: string): Repositories {
  const forPages = createPageRepositories(databaseName);
  const { database, changes } = forPages;
  return {
    ...forPages,
    checkpoints: new CheckpointRepository(database, changes),
    evaluations: new EvaluationRepository(database),
  };
}
