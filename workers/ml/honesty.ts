import type { Digitness } from '../../src/domain/digitness';
import { AppError } from '../../src/domain/errors';
import { SHIPPED_MODEL, type ModelVersionId } from '../../src/domain/ids';
import { LESSON_RECIPE } from '../../src/domain/lesson';
import { unpackWeights } from '../../src/domain/weights';
import type { ModelRepository } from '../../src/storage/model-repository';
import type { Engine, Network } from '../engines/engine';
import { fetchModelFile, fetchShippedCard, type LoadModel } from './load-model';

/** What is known of a model's answers: how sure they are, and which things it takes for digits. */
export interface Honesty {
  /** Divides the logits; 1 where it is absent. */
  readonly temperature?: number;
  /** Where it is absent, everything is taken for a digit. */
  readonly refusal?: Refusal;
}

/** What says whether an image shows a digit. */
export interface Refusal {
  readonly digitness: Digitness;
  /** The network that learned what is no digit. */
  readonly refuser: Network;
  /** The network whose logits are judged, where those of the model itself mean something else. */
  readonly judge?: Network;
}

interface HonestySources {
  readonly baseUrl: string;
  readonly models: ModelRepository;
  readonly loadModel: LoadModel;
  readonly openEngine: () => Promise<Engine>;
}

/** What a version's own record says of its honesty. */
interface Ancestry {
  /** The version that it was before its lessons. */
  readonly origin: ModelVersionId;
  readonly temperature?: number;
}

/**
 * How honest a version is. The shipped model is judged by its own logits and by the refuser, as its card has it
 * and as it was measured, and so is what was only given lessons since: so gentle a training moves its answers
 * little. The logits of any other network mean something else, so the shipped networks judge in its place: what is
 * refused does not depend on it. Throws where the shipped model is asked about and cannot be read.
 */
export function createHonesty(sources: HonestySources): (id: ModelVersionId) => Promise<Honesty> {
  const { baseUrl, models, loadModel, openEngine } = sources;
  const openCard = once(() => openHonesty(baseUrl, openEngine));
  const openJudge = once(async (): Promise<Refusal | undefined> => {
    const { refusal } = await openCard();
    if (!refusal) return undefined;
    const [engine, { architecture, weights }] = await Promise.all([openEngine(), loadModel(SHIPPED_MODEL)]);
    return { ...refusal, judge: engine.create(architecture, weights) };
  });
  /** Versions never change, so neither does what they began as. */
  const known = new Map<ModelVersionId, Promise<Ancestry>>();
  return async (id) => {
    const asked = known.get(id) ?? findAncestry(id, models);
    known.set(id, asked);
    asked.catch(() => known.delete(id));
    const { origin, temperature } = await asked;
    if (origin === SHIPPED_MODEL) {
      const card = await openCard();
      return temperature === undefined ? card : { ...card, temperature };
    }
    const refusal = await openJudge().catch(withoutJudge);
    return { ...(temperature === undefined ? {} : { temperature }), ...(refusal ? { refusal } : {}) };
  };
}

async function findAncestry(id: ModelVersionId, models: ModelRepository): Promise<Ancestry> {
  // The shipped model answers also where there is no database.
  if (id === SHIPPED_MODEL) return { origin: id };
  const origin = await findOrigin(id, models);
  const temperature = (await models.find(id))?.temperature;
  return { origin, ...(temperature === undefined ? {} : { temperature }) };
}

/** The version that a model was before its lessons. */
async function findOrigin(id: ModelVersionId, models: ModelRepository): Promise<ModelVersionId> {
  if (id === SHIPPED_MODEL) return id;
  const config = (await models.find(id))?.config;
  const isLesson = config?.recipe.id === LESSON_RECIPE;
  return isLesson && config?.startFrom ? findOrigin(config.startFrom.versionId, models) : id;
}

async function openHonesty(baseUrl: string, openEngine: () => Promise<Engine>): Promise<Honesty> {
  const { temperature = 1, digitness } = await fetchShippedCard(baseUrl);
  if (!digitness) return { temperature };
  const { architecture, weightsPath } = digitness.refuser;
  const [engine, bytes] = await Promise.all([openEngine(), fetchModelFile(baseUrl, weightsPath)]);
  const weights = unpackWeights(architecture, bytes);
  return { temperature, refusal: { digitness, refuser: engine.create(architecture, weights) } };
}

/** Where the app's own files are missing or damaged, a model of one's own answers all the same. */
function withoutJudge(error: unknown): undefined {
  if (!(error instanceof AppError)) throw error;
}

/** Makes something once; what failed is tried again when it is asked for again. */
function once<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | undefined;
  return () => {
    if (made) return made;
    const making = make();
    made = making;
    making.catch(() => (made = undefined));
    return making;
  };
}
