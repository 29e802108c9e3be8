import { DRAWN_BENCHMARK, sampleCount } from '../../src/domain/dataset';
import { AppError } from '../../src/domain/errors';
import { dataKey, GENERATED_TEST, type EvaluatedData } from '../../src/domain/evaluated-data';
import { GATE_MARGIN } from '../../src/domain/gate-margin';
import type { ModelVersionId } from '../../src/domain/ids';
import { MNIST } from '../../src/domain/mnist';
import {
  compareAtGate,
  judgeEvidence,
  type GateComparison,
  type GatedModel,
  type GateEvidence,
  type GateSet,
  type GateVerdict,
} from '../../src/domain/promotion-gate';
import { readLogits } from '../../src/domain/readings';
import type { SampleBlock } from '../../src/domain/sample';
import { requireFinite } from '../../src/domain/weights';
import { withGateLock } from '../../src/platform/locks';
import type { MlParams, ShareProgress } from '../../src/protocol/ml-protocol';
import type { CallContext } from '../rpc/serve';
import { answerImages, MNIST_TEST, type EvaluationSources } from './evaluate-version';
import { loadEvaluated } from './evaluated-samples';
import { findDisagreement } from './own-labels';
import { drawnSamples } from './score-drawn';

type Context = CallContext<ShareProgress>;

/** A set of the gate, opened. */
interface GateGround {
  readonly set: GateSet;
  readonly samples: SampleBlock;
}

/** Where the parts of a judgement end, as shares of the whole. */
const LOADED = 0.1;
const HELD_OUT_READ = 0.9;

/** Holds candidates against the champion, one at a time in all tabs. */
export class GateKeeper {
  /** Generated once for all candidates: it takes longer than reading them. */
  private generated: SampleBlock | undefined;

  constructor(private readonly sources: EvaluationSources) {}

  /**
   * The verdict on a candidate: the one that is stored, or a new one where there is none or where somebody asks
   * for it. It is stored, and promotes, only while the champion that it was held against still answers; else the
   * candidate is judged anew. Throws `not-found` where either model is not here, and `aborted`.
   */
  judge({ versionId, isAskedFor }: MlParams<'judge'>, context: Context): Promise<GateVerdict> {
    const { gate } = this.sources.repositories;
    return withGateLock(context.signal, async () => {
      for (;;) {
        const [known, champion] = await Promise.all([gate.find(versionId), gate.champion()]);
        if (known && (!isAskedFor || (known.promoted && champion === versionId))) return known;
        const verdict = await this.judgeAgainst(champion, versionId, isAskedFor, context);
        // Against itself nothing is decided, and nothing is stored: a person lets it answer already.
        if (champion === versionId) return { ...verdict, isPassed: true, promoted: true, reason: ALREADY };
        if (await gate.conclude(verdict)) return verdict;
      }
    });
  }

  private async judgeAgainst(
    champion: ModelVersionId,
    candidate: ModelVersionId,
    isAskedFor: boolean,
    context: Context,
  ): Promise<GateVerdict> {
    const { settings } = this.sources.repositories;
    const [marginPoints = GATE_MARGIN.usual, promotesAlone = true] = await Promise.all([
      settings.get('gateMargin'),
      settings.get('promotesAlone'),
    ]);
    const models = { champion: await this.identify(champion), candidate: await this.identify(candidate) };
    const evidence = { ...models, marginPoints, ...(await this.collect(models, context)) };
    return judgeEvidence(evidence, isAskedFor || promotesAlone, Date.now());
  }

  private async identify(versionId: ModelVersionId): Promise<GatedModel> {
    const { weightsHash } = await this.sources.cache.load(versionId);
    return { versionId, weightsHash };
  }

  /** Reads every set with both; with neither where the candidate can read nothing. */
  private async collect(
    { candidate, champion }: Pick<GateEvidence, 'candidate' | 'champion'>,
    context: Context,
  ): Promise<Pick<GateEvidence, 'comparisons' | 'objection'>> {
    context.emit({ share: 0 });
    const damage = await this.findDamage(candidate.versionId);
    if (damage) return { comparisons: [], objection: damage };
    const comparisons: GateComparison[] = [];
    let isOther = false;
    for (const ground of [await this.heldOut(context), drawnGround()]) {
      const [from, to] = ground.set === 'drawn' ? [HELD_OUT_READ, 1] : [LOADED, HELD_OUT_READ];
      const read = (versionId: ModelVersionId, nth: 0 | 1) =>
        this.read(versionId, ground, {
          signal: context.signal,
          emit: ({ share }) => context.emit({ share: from + ((to - from) * (nth + share)) / 2 }),
        });
      const own = await read(candidate.versionId, 0);
      if (!own.every(Number.isFinite)) return { comparisons: [], objection: NOT_FINITE };
      const other = await read(champion.versionId, 1);
      isOther ||= own.some((value, at) => value !== other[at]);
      const { labels } = ground.samples;
      const digitsOf = (logits: Float32Array) => readLogits(logits, labels as Uint8Array<ArrayBuffer>).digits;
      comparisons.push(compareAtGate(ground.set, labels, digitsOf(own), digitsOf(other)));
    }
    await this.keepScores(candidate, champion, comparisons);
    const objection = isOther ? await findDisagreement(candidate.versionId, this.sources) : NO_OTHER;
    return { comparisons, ...(objection === undefined ? {} : { objection }) };
  }

  /** Why nothing can be read with a model, as a sentence; undefined where something can. */
  private async findDamage(versionId: ModelVersionId): Promise<string | undefined> {
    try {
      const { weights } = await this.sources.cache.load(versionId);
      requireFinite(weights);
      if (Object.values(weights).every((values) => values.every((value) => value === 0))) return ALL_ZERO;
      await this.sources.cache.open(versionId);
      return undefined;
    } catch (error) {
      if (error instanceof AppError && error.code === 'invalid-input') return error.message;
      throw error;
    }
  }

  private async heldOut({ signal, emit }: Context): Promise<GateGround> {
    const { shards } = this.sources.repositories;
    const mnist = await shards.findDataset(MNIST);
    const load = (data: EvaluatedData) =>
      loadEvaluated(shards, data, { signal, emit: () => emit({ share: 0 }) });
    if (mnist && sampleCount(mnist, 'test') > 0) {
      return { set: 'mnist', samples: await load(MNIST_TEST) };
    }
    this.generated ??= await load(GENERATED_TEST);
    return { set: 'generated', samples: this.generated };
  }

  private read(
    versionId: ModelVersionId,
    { samples }: GateGround,
    { signal, emit }: Context,
  ): Promise<Float32Array<ArrayBuffer>> {
    return answerImages(versionId, samples.pixels as Uint8Array<ArrayBuffer>, this.sources, {
      signal,
      emit: ({ done, total }) => emit({ share: done / total }),
    });
  }

  /** Nobody has to test either of them on the same images again. */
  private async keepScores(
    candidate: GatedModel,
    champion: GatedModel,
    comparisons: readonly GateComparison[],
  ): Promise<void> {
    const { models } = this.sources.repositories;
    for (const comparison of comparisons) {
      const dataset = SCORE_KEYS[comparison.set];
      await models.saveEvaluation({ ...candidate, dataset, score: comparison.candidate.score });
      await models.saveEvaluation({ ...champion, dataset, score: comparison.champion.score });
    }
  }
}

const SCORE_KEYS: Readonly<Record<GateSet, string>> = {
  mnist: dataKey(MNIST_TEST),
  generated: dataKey(GENERATED_TEST),
  drawn: DRAWN_BENCHMARK,
};

const ALREADY = 'It is the model in use.';
const ALL_ZERO = 'All of its weights are zero: it answers the same to everything.';
const NO_OTHER = 'It answers every test image exactly as the model in use does: nothing was learned.';
const NOT_FINITE = 'It answers with numbers that are not finite.';

function drawnGround(): GateGround {
  return { set: 'drawn', samples: drawnSamples() };
}
