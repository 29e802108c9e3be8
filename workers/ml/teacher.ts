import { CORRECTED, DRAWN_BENCHMARK } from '../../src/domain/dataset';
import type { EngineName } from '../../src/domain/engine';
import { AppError } from '../../src/domain/errors';
import type { ModelVersionId } from '../../src/domain/ids';
import {
  lessonConfig,
  type Lesson,
  type LessonGround,
  type LessonSample,
  type LessonScores,
} from '../../src/domain/lesson';
import { MNIST } from '../../src/domain/mnist';
import { PREPROCESS_VERSION } from '../../src/domain/preprocess';
import { batchesPerEpoch, type RunConfig } from '../../src/domain/run';
import { imageAt } from '../../src/domain/sample';
import { packWeights, requireFinite } from '../../src/domain/weights';
import { APP_VERSION } from '../../src/platform/app-version';
import { sha256 } from '../../src/platform/sha256';
import type { LessonProgress } from '../../src/protocol/ml-protocol';
import type { AdoptedRun } from '../../src/storage/checkpoint-repository';
import type { Engine, Network } from '../engines/engine';
import type { CallContext } from '../rpc/serve';
import { hashState } from './checkpoints';
import { EpochLog } from './epoch-log';
import type { Honesty } from './honesty';
import { learn, type Learned } from './learn-lesson';
import { examine, openLesson, type LessonSource } from './lesson-source';
import type { TrainingSources } from './training-session';

type Context = CallContext<LessonProgress>;

/** A lesson that waits for a yes or no. */
interface Candidate {
  readonly adopted: AdoptedRun;
  readonly ground: LessonGround;
  readonly scores: LessonScores;
}

interface LessonResult extends Learned {
  readonly engine: EngineName;
  readonly trainedMs: number;
  readonly temperature: number | undefined;
}

/** Where the parts of a lesson end, as shares of the whole. */
const ENDS = { preparing: 0.1, before: 0.3, learning: 0.8, after: 1 } as const;

/**
 * Teaches models what they misread. A lesson is kept in memory, and nothing is stored of it, until somebody
 * wants it; the next lesson takes its place.
 */
export class Teacher {
  private candidate: Candidate | undefined;

  constructor(
    private readonly sources: TrainingSources,
    private readonly openEngine: () => Promise<Engine>,
    private readonly honestyOf: (id: ModelVersionId) => Promise<Honesty>,
  ) {}

  /** Gives a version a lesson. Throws `not-found` where there are no corrections, and `aborted`. */
  async teach(versionId: ModelVersionId, context: Context): Promise<Lesson> {
    const startedAt = performance.now();
    this.candidate = undefined;
    context.emit({ stage: 'preparing', share: 0 });
    const config = await this.configure(versionId);
    const source = await openLesson(config, this.sources.repositories.shards, context.signal);
    const engine = await this.openEngine();
    const network = await this.openNetwork(config, engine);
    try {
      const before = await examine(network, source, context.signal, reporter(context, 'before'));
      const report = reporter(context, 'learning');
      const { epochs, validation } = await learn(network, config, source.data, context.signal, report);
      const after = await examine(network, source, context.signal, reporter(context, 'after'));
      const trainedMs = performance.now() - startedAt;
      // So gentle a training leaves a model as sure as it was.
      const { temperature } = await this.honestyOf(versionId);
      const result = { engine: engine.name, trainedMs, epochs, validation, temperature };
      const adopted = await describeCandidate(network, config, source, result);
      this.candidate = { adopted, ground: source.ground, scores: after.scores };
      return {
        startedFrom: versionId,
        ground: source.ground,
        before: before.scores,
        after: after.scores,
        samples: listSamples(source, before.answers, after.answers),
        durationMs: trainedMs,
      };
    } finally {
      network.dispose();
    }
  }

  /** Stores the last lesson as a model version. It does not answer yet. Throws `not-found`, `storage-full`. */
  async keep(): Promise<{ readonly versionId: ModelVersionId }> {
    if (!this.candidate) throw lessonGone();
    const { adopted, ground, scores } = this.candidate;
    const { checkpoints, models } = this.sources.repositories;
    const versionId = await checkpoints.adopt(adopted);
    this.candidate = undefined;
    // It was tested already: nobody has to do so again.
    await models.saveEvaluation({ versionId, dataset: DRAWN_BENCHMARK, score: scores.drawn });
    if (ground === 'mnist') {
      await models.saveEvaluation({ versionId, dataset: `${MNIST}/test`, score: scores.ground });
    }
    return { versionId };
  }

  private async configure(versionId: ModelVersionId): Promise<RunConfig> {
    const { shards } = this.sources.repositories;
    const [{ architecture, weightsHash }, corrections, mnist] = await Promise.all([
      this.sources.loadModel(versionId),
      shards.findDataset(CORRECTED),
      shards.findDataset(MNIST),
    ]);
    const count = corrections?.counts.train.reduce((sum, each) => sum + each, 0) ?? 0;
    if (count === 0) throw nothingToLearn();
    const ground: LessonGround = mnist ? 'mnist' : 'generated';
    return lessonConfig(architecture, { versionId, weightsHash }, count, ground);
  }

  private async openNetwork({ recipe, seed, startFrom }: RunConfig, engine: Engine): Promise<Network> {
    const { weights } = await this.sources.loadModel(startFrom!.versionId);
    const { architecture, optimizer, labelSmoothing } = recipe;
    return engine.create(architecture, weights, { optimizer, labelSmoothing, seed });
  }
}

/** Turns the progress of a part into that of the whole. */
function reporter({ emit }: Context, stage: 'before' | 'learning' | 'after') {
  const from = { before: ENDS.preparing, learning: ENDS.before, after: ENDS.learning }[stage];
  return (share: number) => emit({ stage, share: from + share * (ENDS[stage] - from) });
}

function listSamples(
  { corrections: { pixels, labels } }: LessonSource,
  before: readonly number[],
  after: readonly number[],
): readonly LessonSample[] {
  return Array.from(labels, (label, index) => ({
    pixels: imageAt(pixels, index).slice(),
    label,
    before: before[index]!,
    after: after[index]!,
  }));
}

/** All that is stored of a lesson, once somebody wants it: a run that has ended, and what it became. */
async function describeCandidate(
  network: Network,
  config: RunConfig,
  { data, contentHash, parts }: LessonSource,
  { engine, trainedMs, epochs, validation, temperature }: LessonResult,
): Promise<AdoptedRun> {
  const { weights, optimizer } = await network.export();
  requireFinite(weights);
  const { architecture } = config.recipe;
  const createdAt = Date.now();
  const cursor = { epoch: config.recipe.epochs, batch: 0 };
  const [trainCount, validationCount] = [data.train.length, data.validation.length];
  return {
    run: {
      createdAt,
      config,
      status: 'finished',
      cursor,
      trainedMs,
      engine,
      data: { trainCount, validationCount, contentHash, parts },
    },
    epochs,
    state: {
      cursor,
      epochProgress: new EpochLog(batchesPerEpoch(config.recipe, trainCount)).snapshot(0),
      weights,
      optimizer,
      sha256: await hashState({ weights, optimizer }),
    },
    version: {
      createdAt,
      architecture,
      preprocessVersion: PREPROCESS_VERSION,
      appVersion: APP_VERSION,
      config,
      engine,
      dataHash: contentHash,
      weightsHash: await sha256(packWeights(architecture, weights)),
      validation,
      ...(temperature === undefined ? {} : { temperature }),
    },
    weights,
  };
}

function nothingToLearn(): AppError {
  return new AppError('not-found', 'There are no corrections to learn from.', {
    reason: 'NO_CORRECTIONS',
    kept: 'The model that answers is unchanged.',
    remedy: 'Say of a digit that was misread what it is. Then learn from that.',
  });
}

function lessonGone(): AppError {
  return new AppError('not-found', 'What was learned is no longer there.', {
    reason: 'LESSON_GONE',
    kept: 'Your corrections are kept, and the model that answers is unchanged.',
    remedy: 'Let it learn again. That takes seconds.',
  });
}
