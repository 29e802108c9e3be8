import { AppError, isAborted } from '../../domain/errors';
import { sampleCount, type Dataset } from '../../domain/dataset';
import type { DraftContext } from '../../domain/draft-context';
import { IMPORT_LIMITS } from '../../domain/import-limits';
import { acceptedCount, tallyTotal, type ImportReport } from '../../domain/import-report';
import { MNIST } from '../../domain/mnist';
import type { RunConfig } from '../../domain/run';
import { sha256 } from '../../platform/sha256';
import type { RetrainAnswer, StartedAnswer, UploadAnswer } from '../../protocol/api-contract';
import { json, mediaType, type ApiAnswer, type ApiCall } from '../call';
import { Refusal, refuse } from '../refusal';
import {
  planFurtherTraining,
  planRetraining,
  readRetrainOptions,
  type RetrainOptions,
} from '../retrain-options';
import type { Retraining, StartedRetraining } from '../retraining';
import type { ApiServices } from '../start-api';

/**
 * The longest that an answer is waited for, in milliseconds, from when the request came; after that the run goes
 * on without. Whoever sends requests on waits a little longer.
 */
const PATIENCE_MS = 4 * 60_000;
const MOST_OPTIONS_BYTES = 64 * 1024;

/** As the course project's server says it. */
const RETRAINED = 'Model retrained and reloaded successfully!';
const RETRAINED_ON_UPLOAD = 'Retrained with uploaded data';

type Sources = ApiServices & { readonly retraining: Retraining };

interface Counts {
  readonly accepted: number;
  readonly rejected: number;
  readonly ignored: number;
}

/** How long a request is waited for. */
interface Limit {
  /** Aborted when the time is up. */
  readonly late: AbortSignal;
  /** Aborted when the time is up, or when nobody waits any more. */
  readonly signal: AbortSignal;
}

/** `POST retrain`: trains a model from scratch and puts it before the gate. */
export function retrain(call: ApiCall, sources: Sources, late = timeIsUp()): Promise<ApiAnswer> {
  return inTime(call, late, async (limit) => {
    sources.retraining.requireIdle();
    const options = readRetrainOptions(await readJson(call));
    const config = planRetraining(options, await contextOf(sources));
    const started = await sources.retraining.start(config, limit);
    return answerWhenEnded(started, call, limit, sources, (answer): RetrainAnswer => ({
      message: RETRAINED,
      ...answer,
    }));
  });
}

/** `POST upload_and_retrain`: trains on a ZIP of digits, and puts the model before the gate. */
export function uploadAndRetrain(call: ApiCall, sources: Sources, late = timeIsUp()): Promise<ApiAnswer> {
  return inTime(call, late, async (limit) => {
    const { file, options } = await readUpload(call);
    sources.retraining.requireIdle();
    const { set, counts, keep, drop } = await bringIn(file, limit.signal, sources);
    let isKept = false;
    const prepare = async () => {
      await keep();
      isKept = true;
    };
    const start = async () => {
      const config = await planFor(set, options, sources);
      return sources.retraining.start(config, { ...limit, prepare });
    };
    const started = await start().catch(async (error: unknown) => {
      if (!isKept) await drop();
      throw error;
    });
    return answerWhenEnded(started, call, limit, sources, (answer): UploadAnswer => ({
      message: RETRAINED_ON_UPLOAD,
      ...answer,
      ...counts,
    }));
  });
}

const timeIsUp = () => AbortSignal.timeout(PATIENCE_MS);

/** Gives the work one deadline for all of it, and says so where that is over before there is a run. */
async function inTime(
  call: ApiCall,
  late: AbortSignal,
  work: (limit: Limit) => Promise<ApiAnswer>,
): Promise<ApiAnswer> {
  try {
    return await work({ late, signal: AbortSignal.any([call.signal, late]) });
  } catch (error) {
    if (isAborted(error) && late.aborted && !call.signal.aborted) throw tooLate();
    throw error;
  }
}

async function readUpload(call: ApiCall): Promise<{ file: File; options: RetrainOptions }> {
  const type = mediaType(call);
  if (type === '' || type === 'application/x-www-form-urlencoded') throw noZip();
  if (type !== 'multipart/form-data') throw wrongType(type, 'a form with a zipfile');
  const form = await call.form(IMPORT_LIMITS.fileBytes + MOST_OPTIONS_BYTES);
  const file = form.get('zipfile');
  if (!(file instanceof File)) throw noZip();
  return { file, options: readRetrainOptions(Object.fromEntries(form)) };
}

async function planFor(set: Dataset, options: RetrainOptions, sources: Sources): Promise<RunConfig> {
  const { champion } = sources.models.catalogue.value;
  return planFurtherTraining(set, champion, options, await contextOf(sources));
}

/** What this device has, as the form of Train sees it. */
async function contextOf({ datasets, catalogue, models }: Sources): Promise<DraftContext> {
  await Promise.all([datasets.ensureLoaded(), catalogue.load(), models.load()]);
  const { shipped, versions } = models.catalogue.value;
  const mnist = datasets.mnist.value;
  return {
    sets: catalogue.catalogue.value.sets.filter((set) => set.name !== MNIST && sampleCount(set, 'train') > 0),
    versions: shipped ? [shipped, ...versions] : versions,
    isMnistAbsent: mnist.state === 'missing' && !mnist.isOffered,
    ...(datasets.memoryBytes === undefined ? {} : { memoryBytes: datasets.memoryBytes }),
  };
}

async function readJson(call: ApiCall): Promise<Readonly<Record<string, unknown>>> {
  const bytes = await call.bytes(MOST_OPTIONS_BYTES);
  if (bytes.length === 0) return {};
  const type = mediaType(call);
  if (type !== 'application/json') throw wrongType(type, 'JSON, or nothing');
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw refuse('The body is not a JSON object.', 'JSON_INVALID');
}

/** Answers when the gate has spoken, when the time is up, or at once where that is preferred. */
async function answerWhenEnded(
  { runId, ending }: StartedRetraining,
  call: ApiCall,
  { late }: Limit,
  { training }: Sources,
  word: (answer: Omit<RetrainAnswer, 'message'>) => RetrainAnswer,
): Promise<ApiAnswer> {
  const goesOn = () =>
    json({ message: 'The run goes on.', run: runId } satisfies StartedAnswer, 202, {
      Location: `runs/${runId}`,
    });
  if (/\brespond-async\b/i.test(call.header('prefer') ?? '')) return goesOn();
  const stop = () => training.stop();
  if (call.signal.aborted) stop();
  call.signal.addEventListener('abort', stop);
  try {
    const answer = await Promise.race([ending, whenAborted(late)]);
    return answer ? json(word(answer)) : goesOn();
  } finally {
    call.signal.removeEventListener('abort', stop);
  }
}

function whenAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

/** The set that a ZIP holds: read now, or already here. */
async function bringIn(file: File, signal: AbortSignal, { imports, catalogue }: Sources) {
  try {
    const { result, keep, drop } = await imports.readAside([file], signal);
    const { dataset, report } = result;
    if (dataset) return { set: dataset, counts: countsOf(report), keep, drop };
    await drop();
    throw refuse(`No image could be taken from this ZIP: ${wordRejections(report)}.`, 'NOTHING_TAKEN');
  } catch (error) {
    if (!(error instanceof AppError) || error.help.reason !== 'ALREADY_IMPORTED') throw error;
    return { ...(await findSame(file, error, catalogue)), keep: nothing, drop: nothing };
  }
}

const nothing = async () => undefined;

async function findSame(
  file: File,
  error: AppError,
  catalogue: Sources['catalogue'],
): Promise<{ set: Dataset; counts: Counts }> {
  const hash = await sha256(new Uint8Array(await file.arrayBuffer()));
  const originHash = await sha256(new TextEncoder().encode(hash));
  await catalogue.load();
  const set = catalogue.catalogue.value.sets.find((other) => other.originHash === originHash);
  if (!set) throw error;
  return { set, counts: { accepted: 0, rejected: 0, ignored: sampleCount(set) } };
}

function countsOf(report: ImportReport): Counts {
  return {
    accepted: acceptedCount(report),
    rejected: tallyTotal(report.rejected),
    ignored: tallyTotal(report.ignored),
  };
}

function wordRejections({ rejected, ignored }: ImportReport): string {
  const words = [...rejected, ...ignored].map(({ code, count }) => `${count} × ${code}`);
  return words.join(', ') || 'it is empty';
}

function tooLate(): Error {
  const error = `No run could begin within ${PATIENCE_MS / 60_000} minutes. Nothing was kept; where MNIST is being fetched, that goes on.`;
  return new Refusal(503, { error, code: 'DEADLINE' }, { 'Retry-After': '60' });
}

function noZip(): Error {
  return refuse('No zipfile uploaded', 'NO_ZIPFILE');
}

function wrongType(type: string, wanted: string): Error {
  return refuse(`A body of type ${type || 'unknown'} is not read. Send ${wanted}.`, 'TYPE_UNSUPPORTED', 415);
}
