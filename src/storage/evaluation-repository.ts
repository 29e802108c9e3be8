import type { ModelVersionId } from '../domain/ids';
import type { Database } from './open-database';
import type { AnswersRecord } from './schema';

/** What model versions answered to images: computed once, read as often as somebody looks. */
export class EvaluationRepository {
  constructor(private readonly database: Database) {}

  /** The answers of a version to these very images, or undefined. */
  find(versionId: ModelVersionId, pixelsHash: string): Promise<AnswersRecord | undefined> {
    return this.database.use((db) => db.get('evaluationAnswers', [versionId, pixelsHash]));
  }

  /** Stores answers, in place of older ones. */
  async save(record: AnswersRecord): Promise<void> {
    await this.database.use((db) => db.put('evaluationAnswers', record));
  }
}
