import type { ApiDoor } from '../services/api-door';
import type { CatalogueService } from '../services/catalogue-service';
import type { DatasetService } from '../services/dataset-service';
import type { ImportService } from '../services/import-service';
import type { ModelService } from '../services/model-service';
import type { PromotionService } from '../services/promotion-service';
import type { RecognitionService } from '../services/recognition-service';
import type { TrainingService } from '../services/training-service';
import type { Router } from './router';

/** What the endpoints need of the app. */
export interface ApiServices {
  readonly recognition: RecognitionService;
  readonly models: ModelService;
  readonly promotion: PromotionService;
  readonly training: TrainingService;
  readonly datasets: DatasetService;
  readonly catalogue: CatalogueService;
  readonly imports: ImportService;
}

/** The API of this page. Its endpoints load with the first request, or when `serve` begins. */
export class Api implements ApiDoor {
  private router: Promise<Router> | undefined;

  constructor(
    private readonly services: ApiServices,
    private readonly baseUrl: string,
  ) {}

  async handle(request: Request): Promise<Response> {
    return (await this.loadRouter()).handle(request);
  }

  async connect(port: MessagePort): Promise<void> {
    const [{ RequestLine }, router] = await Promise.all([import('./request-line'), this.loadRouter()]);
    new RequestLine(router).serve(port);
  }

  /**
   * Answers what programs ask of this app: by the service worker where one is in control, and until then
   * by this page itself. Where several tabs are open, one of them answers.
   */
  async serve(): Promise<void> {
    const [{ serveToServiceWorker }, { fetchApiInPage }] = await Promise.all([
      import('./serve-to-service-worker'),
      import('./page-fetch'),
    ]);
    const { baseUrl } = this;
    fetchApiInPage(baseUrl, (request) => this.handle(request));
    if ('serviceWorker' in navigator) await serveToServiceWorker(await this.loadRouter(), baseUrl);
  }

  private loadRouter(): Promise<Router> {
    return (this.router ??= this.createRouter());
  }

  private async createRouter(): Promise<Router> {
    const [{ Router }] = await Promise.all([
      import('./router'),
      // Without a database the model that came with the app answers.
      Promise.allSettled([this.services.models.load()]),
    ]);
    return new Router(this.services, this.baseUrl);
  }
}
