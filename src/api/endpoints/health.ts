import { APP_VERSION } from '../../platform/app-version';
import type { HealthAnswer } from '../../protocol/api-contract';
import { json, type ApiAnswer } from '../call';
import type { PredictionQueue } from '../prediction-queue';
import type { ApiServices } from '../start-api';

const STATUSES = { ready: 'ok', loading: 'loading', failed: 'failed' } as const;

/** `GET health`: who answers, and how busy it is. */
export async function health({
  recognition,
  models,
  training,
  queue,
}: ApiServices & { readonly queue: PredictionQueue }): Promise<ApiAnswer> {
  const { active } = training.state.value;
  return json({
    // As the course project's server says it at its root.
    message: 'MNIST Digit Classifier API is running!',
    status: STATUSES[recognition.readiness.value.state],
    version: APP_VERSION,
    model: models.catalogue.value.champion,
    queued: queue.length,
    ...(active ? { run: active.runId } : {}),
  } satisfies HealthAnswer);
}
