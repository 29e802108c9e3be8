/** The composition root: constructs every service once, in order, and hands them to the app. */
import './app-shell';
import { versionName } from './domain/ids';
import type { GateVerdict } from './domain/promotion-gate';
import { MlClient } from './ml-client/ml-client';
import { spawnMlWorker } from './ml-client/spawn-ml-worker';
import { registerServiceWorker } from './platform/register-service-worker';
import { CatalogueService } from './services/catalogue-service';
import { CollectionService } from './services/collection-service';
import { DatasetService } from './services/dataset-service';
import { eraseAllData } from './services/erase-data';
import { EvaluationService } from './services/evaluation-service';
import { ExplanationService } from './services/explanation-service';
import { ImportService } from './services/import-service';
import { ModelFileService } from './services/model-file-service';
import { ModelService } from './services/model-service';
import { NoticeService } from './services/notice-service';
import { PresenceService } from './services/presence-service';
import { PromotionService } from './services/promotion-service';
import { RecognitionService } from './services/recognition-service';
import { ReportService } from './services/report-service';
import { SampleService } from './services/sample-service';
import type { Services } from './services/services';
import { StatusService } from './services/status-service';
import { TeachingService } from './services/teaching-service';
import { ThemeService } from './services/theme-service';
import { TrainingService } from './services/training-service';
import { createRepositories } from './storage/repositories';

function createServices(baseUrl: string): Services {
  const { database, changes, runs, models, gate, shards, settings } = createRepositories();
  // Four workers: a drawn digit is read at once, explained, and data are brought in, also while another
  // trains. A worker starts when it is first asked.
  const createClient = (name: string) =>
    new MlClient({ spawn: () => spawnMlWorker(name), baseUrl, databaseName: database.name });
  const reader = createClient('reader');
  const trainer = createClient('trainer');
  const keeper = createClient('keeper');
  const explainer = createClient('explainer');

  const theme = new ThemeService(document.documentElement);
  const status = new StatusService();
  const notices = new NoticeService();
  const datasets = new DatasetService({ shards, changes, client: keeper, baseUrl });
  const training = new TrainingService({
    runs,
    settings,
    changes,
    client: trainer,
    ensureMnist: () => datasets.ensureMnist(),
  });
  const versions = new ModelService({ models, gate, settings, changes, client: trainer, baseUrl });
  const promotion = new PromotionService({
    gate,
    settings,
    changes,
    client: explainer,
    onJudged: (verdict) => tellVerdict(verdict, notices, versions),
  });
  const samples = new SampleService(shards, keeper);
  // The first thing of one's own that is kept: from then on there is something to lose.
  const askToPersist = () => void status.requestPersistence();
  return {
    theme,
    status,
    notices,
    models: versions,
    promotion,
    modelFiles: new ModelFileService(keeper, askToPersist),
    recognition: new RecognitionService(reader),
    explanation: new ExplanationService(shards, explainer, changes),
    datasets,
    catalogue: new CatalogueService({ shards, changes, client: keeper, onKept: askToPersist }),
    imports: new ImportService({ shards, client: keeper, onKept: askToPersist }),
    samples,
    collection: new CollectionService(shards, askToPersist),
    teaching: new TeachingService({
      shards,
      changes,
      client: trainer,
      ensureMnist: () => datasets.ensureMnist(),
      cancelMnist: () => datasets.cancelAcquire(),
      judge: (id) => promotion.judge(id, { isAskedFor: true }),
    }),
    training,
    evaluation: new EvaluationService({
      models,
      shards,
      changes,
      client: explainer,
      onRelabelled: () => samples.close(),
    }),
    presence: new PresenceService({ training, settings, changes }),
    reports: new ReportService({ training, models: versions }),
    erase: async () => {
      for (const client of [reader, trainer, keeper, explainer]) client.terminate();
      await eraseAllData(database, baseUrl);
      location.replace(baseUrl);
    },
  };
}

/** Says from whatever page what the gate said of a new model. */
function tellVerdict(
  { candidate, champion, promoted }: GateVerdict,
  notices: NoticeService,
  models: ModelService,
) {
  const name = versionName(candidate.versionId);
  const undo = () => void models.chooseChampion(champion.versionId);
  if (promoted) notices.showUndoable(`${name} answers on Draw now.`, undo);
  else notices.show(`${name} is kept as a candidate.`, { label: 'See why', href: '#/models' });
}

async function start(services: Services, baseUrl: string): Promise<void> {
  const { models, promotion, recognition, status, presence, training } = services;
  await models.load();
  let answering = models.catalogue.value.champion;
  models.catalogue.subscribe(() => {
    const { champion } = models.catalogue.value;
    if (champion !== answering) void recognition.prepare((answering = champion));
  });
  await recognition.prepare(answering);
  await presence.load();
  await status.refreshStorage();
  void training.resumeCutOff();
  void promotion.watch();
  if (import.meta.env.DEV) return;
  // Last, so that keeping the app for offline use does not delay the first answer.
  await registerServiceWorker(baseUrl, {
    onOfflineReady: () => status.setOfflineReady(),
    onUpdateReady: (apply) => status.setUpdate(apply),
  });
}

const baseUrl = new URL('.', document.baseURI).href;
const services = createServices(baseUrl);
const app = document.createElement('inkling-app');
app.services = services;
document.body.append(app);
window.addEventListener('error', ({ error }) => services.notices.fail(error));
window.addEventListener('unhandledrejection', ({ reason }) => services.notices.fail(reason));
start(services, baseUrl).catch((error: unknown) => services.notices.fail(error));
