/** The composition root: constructs every service once, in order, and hands them to the app. */
import './start';
import './app-shell';
import { Api } from './api/start-api';
import { versionName } from './domain/ids';
import { preferredLanguage } from './i18n/speech';
import { MlClient } from './ml-client/ml-client';
import { spawnLoadWorker } from './ml-client/spawn-load-worker';
import { spawnMlWorker } from './ml-client/spawn-ml-worker';
import { pageOf } from './page-routes';
import { describeEnvironment } from './platform/environment';
import { readKept } from './platform/kept-choice';
import { STRESS_HOST } from './platform/stress-host';
import { yieldToEvents } from './platform/yield-to-events';
import { CatalogueService } from './services/catalogue-service';
import { CollectionService } from './services/collection-service';
import { DatasetService } from './services/dataset-service';
import { EvaluationService } from './services/evaluation-service';
import { ExplanationService } from './services/explanation-service';
import { ImportService } from './services/import-service';
import { InstallService } from './services/install-service';
import { KEPT_KEY } from './services/kept-key';
import { ModelFileService } from './services/model-file-service';
import { ModelService } from './services/model-service';
import { NoticeService } from './services/notice-service';
import { OfflineService } from './services/offline-service';
import { OpenedFileService } from './services/opened-file-service';
import { PresenceService } from './services/presence-service';
import { PromotionService } from './services/promotion-service';
import { RecognitionService } from './services/recognition-service';
import { ReportService } from './services/report-service';
import { SampleService } from './services/sample-service';
import type { Services } from './services/services';
import { StatusService } from './services/status-service';
import type { StorageGuard } from './services/storage-guard';
import type { StressService } from './services/stress-service';
import { TeachingService } from './services/teaching-service';
import { ThemeService } from './services/theme-service';
import type { TourService, TourSources } from './services/tour-service';
import { TrainingService } from './services/training-service';
import { createPageRepositories } from './storage/page-repositories';

const news = () => import('./services/tell-news');

function createServices(baseUrl: string): Services {
  const { database, changes, runs, models, gate, shards, settings, stressRuns } = createPageRepositories();
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
  const offline = new OfflineService(baseUrl);
  offline.state.subscribe(() => {
    const { isReady } = offline.state.value;
    if (isReady !== status.status.value.isOfflineReady) status.setOfflineReady(isReady);
  });
  const notices = new NoticeService();
  const datasets = new DatasetService({ shards, changes, client: keeper, baseUrl });
  const training = new TrainingService({
    runs,
    settings,
    changes,
    client: trainer,
    ensureMnist: () => datasets.ensureMnist(),
    describeEnvironment,
  });
  const versions = new ModelService({ models, gate, settings, changes, client: trainer, baseUrl });
  const promotion = new PromotionService({
    gate,
    settings,
    changes,
    client: explainer,
    onJudged: (verdict) => void news().then(({ tellVerdict }) => tellVerdict(verdict, notices, versions)),
  });
  const samples = new SampleService(shards, keeper);
  let guard: Promise<StorageGuard> | undefined;
  const openGuard = () =>
    (guard ??= import('./services/storage-guard').then(
      ({ StorageGuard }) => new StorageGuard(database, settings),
    ));
  // Whatever is told comes in its order: the code is asked for once.
  database.onWaiting((waitsTo) => void news().then(({ tellWaiting }) => tellWaiting(waitsTo, notices)));
  // The first thing of one's own that is kept: from then on there is something to lose.
  const onKept = () => {
    void status.requestPersistence();
    void Promise.all([openGuard(), import('./pages/kept-desk')]).then(([guard]) => guard.mark());
  };
  const recognition = new RecognitionService(reader);
  const catalogue = new CatalogueService({ shards, changes, client: keeper, onKept });
  const imports = new ImportService({ shards, client: keeper, onKept });
  const api = new Api(
    { recognition, models: versions, promotion, training, datasets, catalogue, imports },
    baseUrl,
  );
  let stress: Promise<StressService> | undefined;
  let tour: Promise<TourService> | undefined;
  const modelFiles = new ModelFileService(keeper, () => createClient('importer'), onKept);
  const readModel = async (file: File) => {
    const id = await modelFiles.read(file);
    if (id !== undefined) notices.show(`${versionName(id)} is here, as a candidate.`);
  };
  return {
    api,
    openStress: () =>
      (stress ??= import('./services/stress-service').then(
        ({ StressService }) =>
          new StressService({
            stressRuns,
            settings,
            changes,
            baseUrl,
            spawn: spawnLoadWorker,
            connect: (port) => api.connect(port),
            host: STRESS_HOST,
          }),
      )),
    theme,
    status,
    offline,
    install: new InstallService(),
    opened: new OpenedFileService({
      data: (files) => imports.add(files),
      models: (file) => void readModel(file),
      page: (hash) => {
        if (pageOf(hash)) location.hash = hash;
      },
      failure: (error) => notices.fail(error),
    }),
    notices,
    models: versions,
    promotion,
    modelFiles,
    recognition,
    explanation: new ExplanationService(shards, explainer, changes),
    datasets,
    catalogue,
    imports,
    samples,
    collection: new CollectionService(shards, onKept),
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
    openTour() {
      return (tour ??= loadTour({ settings, changes, stressRuns, ...this }));
    },
    openGuard,
    onKept,
    erase: async () => {
      offline.cancel();
      for (const client of [reader, trainer, keeper, explainer]) client.terminate();
      const { eraseAllData } = await import('./services/erase-data');
      await eraseAllData(database, baseUrl);
      location.replace(baseUrl);
    },
  };
}

async function loadTour(sources: TourSources): Promise<TourService> {
  const { TourService } = await import('./services/tour-service');
  return new TourService(sources);
}

/** Loads the model that answers, and from now on whichever is chosen. */
async function answer({ models, recognition, notices }: Services): Promise<void> {
  const { catalogue } = models;
  const trouble = new Promise<void>((resolve) => void notices.failure.subscribe(resolve));
  // The shipped model needs no database: it answers where that is broken, and while another tab holds it.
  await Promise.race([models.load().catch((error: unknown) => notices.fail(error)), trouble]);
  let answering = catalogue.value.champion;
  catalogue.subscribe(() => {
    const { champion } = catalogue.value;
    if (champion !== answering) void recognition.prepare((answering = champion));
  });
  await recognition.prepare(answering);
}

async function start(services: Services, baseUrl: string): Promise<void> {
  const { api, models, promotion, status, presence, training } = services;
  void api.serve().catch((error: unknown) => services.notices.fail(error));
  void import('./services/watch-models').then(({ watchModels }) => watchModels(services));
  await answer(services);
  // What fails from here on is told, and stops nothing else.
  void presence.load();
  void status.refreshStorage();
  void training.resumeCutOff().then(async (run) => run && (await news()).tellCutOff(run, services.notices));
  void promotion.watch();
  void import('./pages/tour-desk');
  // A first visit has nothing that could be missed.
  if (readKept(KEPT_KEY) || models.catalogue.value.versions.length > 0) void import('./pages/kept-desk');
  await services.opened.begin(baseUrl);
  // Some private windows have no service worker.
  if (import.meta.env.DEV || !('serviceWorker' in navigator)) return;
  // Last, so that keeping the app for offline use does not delay the first answer.
  await (await import('./services/keep-app')).keepApp(services, baseUrl);
}

/** Shows the app and starts what is behind it. */
function open(): void {
  // Without https or localhost most of what Inkling is built on is not there.
  if (!isSecureContext) {
    void import('./pages/insecure-notice').then(({ InsecureNotice }) =>
      document.body.append(new InsecureNotice()),
    );
    return;
  }
  // Of 250, which is usual, a long visit has more: what About counts would be too few.
  performance.setResourceTimingBufferSize(2000);
  const baseUrl = new URL('.', document.baseURI).href;
  const services = createServices(baseUrl);
  const app = document.createElement('inkling-app');
  app.services = services;
  document.body.append(app);
  window.addEventListener('error', ({ error }) => {
    // Without an error it is a remark of the browser's, such as that a layout took a second turn.
    if (error !== null) services.notices.fail(error);
  });
  window.addEventListener('unhandledrejection', ({ reason }) => services.notices.fail(reason));
  services.notices.failure.subscribe(() => {
    const { value } = services.notices.failure;
    if (value?.code === 'storage-unavailable') void import('./pages/storage-mending');
  });
  // What is behind the page shares a line and a processor with it.
  void app.shown.then(() => start(services, baseUrl)).catch((error: unknown) => services.notices.fail(error));
}

// English is here already. A catalogue is waited for, so that nothing is shown in two languages.
const language = preferredLanguage();
const speaking = language === 'en' ? undefined : import('./i18n/speak').then(({ speak }) => speak(language));
// A task of its own: what was read to get here took one, and a slow phone does something else in between.
void Promise.allSettled([speaking, yieldToEvents()]).then(open);
