import type { CatalogueService } from './catalogue-service';
import type { CollectionService } from './collection-service';
import type { DatasetService } from './dataset-service';
import type { EvaluationService } from './evaluation-service';
import type { ExplanationService } from './explanation-service';
import type { ImportService } from './import-service';
import type { InstallService } from './install-service';
import type { ModelFileService } from './model-file-service';
import type { ModelService } from './model-service';
import type { NoticeService } from './notice-service';
import type { OfflineService } from './offline-service';
import type { OpenedFileService } from './opened-file-service';
import type { PresenceService } from './presence-service';
import type { RecognitionService } from './recognition-service';
import type { ReportService } from './report-service';
import type { SampleService } from './sample-service';
import type { StatusService } from './status-service';
import type { TeachingService } from './teaching-service';
import type { ThemeService } from './theme-service';
import type { TrainingService } from './training-service';

/** One of each; `main.ts` constructs them. */
export interface Services {
  readonly theme: ThemeService;
  readonly status: StatusService;
  readonly offline: OfflineService;
  readonly install: InstallService;
  readonly opened: OpenedFileService;
  readonly notices: NoticeService;
  readonly models: ModelService;
  readonly modelFiles: ModelFileService;
  readonly recognition: RecognitionService;
  readonly explanation: ExplanationService;
  readonly datasets: DatasetService;
  readonly catalogue: CatalogueService;
  readonly imports: ImportService;
  readonly samples: SampleService;
  readonly collection: CollectionService;
  readonly teaching: TeachingService;
  readonly training: TrainingService;
  readonly evaluation: EvaluationService;
  readonly presence: PresenceService;
  readonly reports: ReportService;
  /** Deletes all that is kept on this device, and starts anew. */
  readonly erase: () => Promise<void>;
}
