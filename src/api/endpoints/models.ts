import { parameterCount } from '../../domain/architecture';
import { SHIPPED_MODEL, versionName, type ModelVersionId } from '../../domain/ids';
import { accuracyOf } from '../../domain/metrics';
import type { ModelCard, ModelVersion } from '../../domain/model-version';
import type { ModelAnswer } from '../../protocol/api-contract';
import type { ModelCatalogue } from '../../services/model-service';
import { json, type ApiAnswer, type ApiCall } from '../call';
import { refuse } from '../refusal';
import type { ApiServices } from '../start-api';

/** `GET models`: all versions, the newest first, the shipped one last. */
export async function listModels({ models }: ApiServices): Promise<ApiAnswer> {
  const { value: catalogue } = models.catalogue;
  return json({ models: versionsOf(catalogue).map((version) => toAnswer(version, catalogue)) });
}

/** `GET models/{id}`. */
export async function getModel(id: string, { models }: ApiServices): Promise<ApiAnswer> {
  const { value: catalogue } = models.catalogue;
  return json(toAnswer(requireVersion(id, catalogue), catalogue));
}

/** `POST models/{id}/promote`: lets a version answer; `?force=true` where the gate speaks against it. */
export async function promoteModel(
  call: ApiCall,
  id: string,
  { models, promotion }: ApiServices,
): Promise<ApiAnswer> {
  const version = requireVersion(id, models.catalogue.value);
  const answer = { model: version.id as number, promoted: true };
  if (version.id === models.catalogue.value.champion) {
    return json({ ...answer, message: `${versionName(version.id)} answers already.` });
  }
  if (call.query.get('force') !== 'true' && version.id !== SHIPPED_MODEL) {
    const verdict = await promotion.judge(version.id, { signal: call.signal, isAskedFor: true });
    if (!verdict.promoted) throw refuse(verdict.reason, 'GATE_REFUSED', 409);
    await models.refresh();
  } else await models.chooseChampion(version.id);
  return json({ ...answer, message: `${versionName(version.id)} answers now.` });
}

function versionsOf({ shipped, versions }: ModelCatalogue): readonly (ModelVersion | ModelCard)[] {
  return shipped ? [...versions, shipped] : versions;
}

function requireVersion(id: string, catalogue: ModelCatalogue): ModelVersion | ModelCard {
  const wanted =
    id === 'champion' ? catalogue.champion : (Number(id.replace(/^v(?=\d)/, '')) as ModelVersionId);
  const version = versionsOf(catalogue).find((one) => one.id === wanted);
  if (!version) throw refuse(`There is no model ${id} on this device.`, 'MODEL_UNKNOWN', 404);
  return version;
}

function toAnswer(version: ModelVersion | ModelCard, catalogue: ModelCatalogue): ModelAnswer {
  const { id, name, createdAt, architecture, weightsHash, preprocessVersion, engine, runId } = version;
  const score = catalogue.testScores.get(id) ?? ('test' in version ? version.test : undefined);
  return {
    id,
    name: name ?? versionName(id),
    champion: id === catalogue.champion,
    createdAt: new Date(createdAt).toISOString(),
    parameters: parameterCount(architecture),
    weightsHash,
    preprocessVersion,
    ...(engine ? { engine } : {}),
    ...(runId === undefined || id === SHIPPED_MODEL ? {} : { run: runId }),
    ...(score ? { accuracy: accuracyOf(score) } : {}),
  };
}
