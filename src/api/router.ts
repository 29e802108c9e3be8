import { apiPath } from '../protocol/api-contract';
import type { RelayedRequest } from '../protocol/sw-protocol';
import type { ApiAnswer, ApiCall } from './call';
import { predict } from './endpoints/predict';
import { PredictionQueue } from './prediction-queue';
import { callOfRelayed, callOfRequest } from './read-call';
import { Refusal, refuse } from './refusal';
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
    const sources = { ...services, queue };
    this.routes = [{ pattern: /^predict$/, methods: { POST: (call) => predict(call, sources) } }];
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
    return this.answer(callOfRelayed(request, apiPath(request.url, this.baseUrl) ?? '', signal));
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
