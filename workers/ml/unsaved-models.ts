import { AppError } from '../../src/domain/errors';
import { runName, type RunId } from '../../src/domain/ids';
import { exportModel, type ExportableModel } from './export-model';

/** What runs have learned that wait for room on a full device: until then it is in this memory alone. */
export class UnsavedModels {
  private readonly models = new Map<RunId, ExportableModel>();

  /** Holds what a run has learned for as long as `work` takes. */
  async hold<T>(runId: RunId, model: ExportableModel, work: () => Promise<T>): Promise<T> {
    this.models.set(runId, model);
    try {
      return await work();
    } finally {
      this.models.delete(runId);
    }
  }

  /** Writes one as a safetensors file. Throws `not-found` where the run does not wait any more. */
  export(runId: RunId): Promise<Blob> {
    const model = this.models.get(runId);
    if (!model) throw new AppError('not-found', `${runName(runId)} does not wait for room any more.`);
    return exportModel(model, 'safetensors');
  }
}
