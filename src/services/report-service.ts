import type { ModelVersionId } from '../domain/ids';
import type { Run } from '../domain/run';
import { APP_VERSION } from '../platform/app-version';
import { describeEnvironment } from '../platform/environment';
import { saveFile } from '../platform/save-file';
import type { ModelService } from './model-service';
import type { TrainingService } from './training-service';

interface Sources {
  readonly training: TrainingService;
  readonly models: ModelService;
}

/** Reports of runs, as files to keep. */
export class ReportService {
  constructor(private readonly sources: Sources) {}

  /** Saves all that is known of a run as one HTML file. */
  async save(run: Run): Promise<void> {
    const content = new Blob([await this.write(run)], { type: 'text/html' });
    saveFile(`inkling-run-${run.id}.html`, content);
  }

  /** Hands a chart of a run over as a file. */
  saveChart(fileName: string, content: Blob): void {
    saveFile(fileName, content);
  }

  private async write(run: Run): Promise<string> {
    const { training } = this.sources;
    const epochs = await training.epochs(run.id);
    const last = epochs.at(-1);
    const findings = last && (await training.findings(run.id, last.epoch));
    // Nobody waits for the writing of reports to see the first page.
    const { writeReport } = await import('../domain/run-report');
    return writeReport({
      run,
      epochs,
      ...(findings ? { findings } : {}),
      ...this.modelOf(run.versionId),
      appVersion: APP_VERSION,
      environment: describeEnvironment(),
      savedAt: Date.now(),
    });
  }

  private modelOf(id: ModelVersionId | undefined) {
    const { versions, testScores, drawnScores } = this.sources.models.catalogue.value;
    const version = versions.find((one) => one.id === id);
    if (!version) return {};
    const [test, drawn] = [testScores.get(version.id), drawnScores.get(version.id)];
    return { version, ...(test ? { test } : {}), ...(drawn ? { drawn } : {}) };
  }
}
