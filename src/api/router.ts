import { apiPath } from '../protocol/api-contract';
import type { RelayedRequest } from '../protocol/api-relay-protocol';
import { json, type ApiAnswer, type ApiCall } from './call';
import { listDatasets } from './endpoints/datasets';
import { health } from './endpoints/health';
import { getModel, listModels, promoteModel } from './endpoints/models';
import { predict } from './endpoints/predict';
import { retrain, uploadAndRetrain } from './endpoints/retrain';
import { cancelRun, followRun, getRun, listRuns } from './endpoints/runs';
import { describeApi } from './openapi';
import { PredictionQueue } from './prediction-queue';
import { callOfRelayed, callOfRequest } from './read-call';
import { Refusal, refuse } from './refusal';
import { Retraining } from './retraining';
import type { ApiServices } from './start-api';
import { toErrorAnswer, toResponse } from './to-response';

/** Answers an endpoint's call; `id` is the number in its path. */
type Endpoint = (call: ApiCall, id: string) => Promise<ApiAnswer>;

interface Route {
  readonly pattern: RegExp;
  readonly methods: Readonly<Record<string, Endpoint>>;
}

/** All endpoints, and who may ask. Knows nothing of how a request came. */
export class Router {
  private readonly routes: readonly Route[];

  constructor(
    services: ApiServices,
    private readonly baseUrl: string,
  ) {
    const queue = new PredictionQueue(services.recognition);
    const retraining = new Retraining(services);
    const sources = { ...services, queue, retraining };
    const { training, catalogue } = services;
    this.routes = [
      { pattern: /^predict$/, methods: { POST: (call) => predict(call, sources) } },
      { pattern: /^retrain$/, methods: { POST: (call) => retrain(call, sources) } },
      { pattern: /^upload_and_retrain$/, methods: { POST: (call) => uploadAndRetrain(call, sources) } },
      { pattern: /^health$/, methods: { GET: () => health(sources) } },
      { pattern: /^models$/, methods: { GET: () => listModels(sources) } },
      { pattern: /^models\/([^/]+)$/, methods: { GET: (_, id) => getModel(id, sources) } },
      {
        pattern: /^models\/([^/]+)\/promote$/,
        methods: { POST: (call, id) => promoteModel(call, id, sources) },
      },
      { pattern: /^runs$/, methods: { GET: () => listRuns(training) } },
      {
        pattern: /^runs\/([^/]+)$/,
        methods: {
          GET: (call, id) => getRun(call, id, training),
          DELETE: (_, id) => cancelRun(id, training),
        },
      },
      { pattern: /^runs\/([^/]+)\/events$/, methods: { GET: (call, id) => followRun(call, id, training) } },
      { pattern: /^datasets$/, methods: { GET: () => listDatasets(catalogue) } },
      { pattern: /^openapi\.json$/, methods: { GET: async () => json(describeApi()) } },
    ];
  }

  /** Answers a request of this page. Never rejects: failures are answers, too. */
  async handle(request: Request, client = 'page'): Promise<Response> {
    const path = apiPath(request.url, this.baseUrl);
    const call = callOfRequest(request, path ?? '', client);
    if (request.mode === 'navigate') return toResponse(toErrorAnswer(navigation()));
    return toResponse(await this.answer(call));
  }

  /** Answers a request that the service worker sent on. Never rejects. */
  answerRelayed(request: RelayedRequest, signal: AbortSignal): Promise<ApiAnswer> {
    return this.answer(callOfRelayed(request, apiPath(request.head.url, this.baseUrl) ?? '', signal));
  }

  private async answer(call: ApiCall): Promise<ApiAnswer> {
    try {
      this.requireOwnOrigin(call);
      const route = this.routes.find(({ pattern }) => pattern.test(call.path));
      if (!route) throw refuse('There is no such endpoint.', 'NOT_FOUND', 404);
      const endpoint = route.methods[call.method];
      if (!endpoint) throw wrongMethod(call.method, Object.keys(route.methods));
      return await endpoint(call, route.pattern.exec(call.path)?.[1] ?? '');
    } catch (error) {
      return toErrorAnswer(error);
    }
  }

  private requireOwnOrigin(call: ApiCall): void {
    const origin = call.header('origin');
    if (origin !== undefined && origin !== new URL(this.baseUrl).origin) {
      throw refuse('Only this app may ask.', 'ORIGIN_FOREIGN', 403);
    }
  }
}

function navigation(): Refusal {
  return refuse('This address is for programs, not for visits and forms.', 'NAVIGATION', 403);
}

function wrongMethod(method: string, allowed: readonly string[]): Refusal {
  const error = `${method} is not for this address: ${allowed.join(' or ')}.`;
  return new Refusal(405, { error, code: 'METHOD_NOT_ALLOWED' }, { Allow: allowed.join(', ') });
}
