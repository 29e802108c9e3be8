import type { ApiDoor } from './api-door';
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
import type { PromotionService } from './promotion-service';
import type { RecognitionService } from './recognition-service';
import type { ReportService } from './report-service';
import type { SampleService } from './sample-service';
import type { StatusService } from './status-service';
import type { StorageGuard } from './storage-guard';
import type { StressService } from './stress-service';
import type { TeachingService } from './teaching-service';
import type { ThemeService } from './theme-service';
import type { TourService } from './tour-service';
import type { TrainingService } from './training-service';

/** One of each; `main.ts` constructs them. */
export interface Services {
  /** What programs can ask of this app. */
  readonly api: ApiDoor;
  readonly theme: ThemeService;
  readonly status: StatusService;
  readonly offline: OfflineService;
  readonly install: InstallService;
  readonly opened: OpenedFileService;
  readonly notices: NoticeService;
  readonly models: ModelService;
  readonly promotion: PromotionService;
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
  /** Load tests; their code is loaded when it is first asked for. */
  readonly openStress: () => Promise<StressService>;
  /** The guided tour: it is loaded when it is first asked for. */
  readonly openTour: () => Promise<TourService>;
  /** What looks after the database as a whole: it is loaded when it is first needed. */
  readonly openGuard: () => Promise<StorageGuard>;
  /** To be called when something of one's own is kept: the browser is asked not to clear it. */
  readonly onKept: () => void;
  /** Deletes all that is kept on this device, and starts anew. */
  readonly erase: () => Promise<void>;
}
