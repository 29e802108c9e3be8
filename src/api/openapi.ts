import { RECIPES } from '../domain/recipe';
import { APP_VERSION } from '../platform/app-version';

/** A piece of JSON Schema. */
type Schema = Readonly<Record<string, unknown>>;

const whole: Schema = { type: 'integer' };
const count: Schema = { type: 'integer', minimum: 0 };
const share: Schema = { type: 'number', minimum: 0, maximum: 1 };
const text: Schema = { type: 'string' };
const flag: Schema = { type: 'boolean' };
const digit: Schema = { type: 'integer', minimum: 0, maximum: 9 };
const time: Schema = { type: 'string', format: 'date-time' };
const bytes: Schema = { type: 'string', format: 'binary' };
const list = (items: Schema, size?: number): Schema => ({
  type: 'array',
  items,
  ...(size === undefined ? {} : { minItems: size, maxItems: size }),
});
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** An object: all of `required` are there, nothing but them and `optional` is. */
function object(
  required: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
): Schema {
  return {
    type: 'object',
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

const digitAnswer = { prediction: digit, confidence: list(share, 10) };
const retrained = {
  message: text,
  run: count,
  model: count,
  promoted: flag,
  reason: text,
  accuracy: share,
  seconds: { type: 'number', minimum: 0 },
  engine: text,
};
const model = {
  id: count,
  name: text,
  champion: flag,
  createdAt: time,
  parameters: count,
  weightsHash: text,
  preprocessVersion: whole,
};
const run = {
  id: count,
  status: { enum: ['waiting', 'running', 'paused', 'stopped', 'finished', 'failed', 'interrupted'] },
  createdAt: time,
  recipe: text,
  dataset: text,
  epochs: count,
  seed: count,
  progress: share,
  seconds: { type: 'number', minimum: 0 },
};
const box = object({ left: count, top: count, right: count, bottom: count });
const options = {
  recipe: { enum: RECIPES.map(({ id }) => id) },
  epochs: { type: 'integer', minimum: 1, maximum: 200 },
  seed: count,
  engine: { enum: ['auto', 'webgl', 'simd', 'cpu'] },
  dataset: { type: 'string', description: 'mnist, generated, or the name of a set from GET datasets.' },
  samples: { type: 'integer', minimum: 100 },
};

const SCHEMAS = {
  Error: object({ error: text, code: text }, { remedy: text }),
  Prediction: object(
    { ...digitAnswer, model: count },
    {
      refused: flag,
      digits: list(object({ ...digitAnswer, file: count, box }, { refused: flag })),
    },
  ),
  Retrained: object(retrained),
  Uploaded: object({ ...retrained, accepted: count, rejected: count, ignored: count }),
  Started: object({ message: text, run: count }),
  Model: object(model, { engine: text, run: count, accuracy: share }),
  Models: object({ models: list(ref('Model')) }),
  Promoted: object({ message: text, model: count, promoted: flag }),
  Run: object(run, { engine: text, model: count, validationAccuracy: share, error: text }),
  Runs: object({ runs: list(ref('Run')) }),
  Dataset: object({ name: text, title: text, train: count, test: count, counts: list(count, 10) }),
  Datasets: object({ datasets: list(ref('Dataset')) }),
  Health: object(
    {
      message: text,
      status: { enum: ['ok', 'loading', 'failed'] },
      version: text,
      model: count,
      queued: count,
    },
    { run: count },
  ),
};

const json = (schema: Schema) => ({ 'application/json': { schema } });
const answer = (description: string, name: keyof typeof SCHEMAS) => ({
  description,
  content: json(ref(name)),
});

/** What any endpoint may answer in place of its own. */
const FAILURES: Readonly<Record<number, string>> = {
  400: 'The request is wrong; `code` says in what.',
  403: 'A navigation, a form, or another site.',
  404: 'There is no such thing on this device.',
  405: 'Another method is meant; see `Allow`.',
  409: 'Something stands in the way: a run, the gate, another version of the app.',
  413: 'The body is too large.',
  415: 'The body is of a type that is not read.',
  429: 'Too many wait; see `Retry-After`.',
  499: 'The request was called off.',
  500: 'A fault of the app.',
  503: 'No tab answers, its engine failed, or no run could begin in time; see `Retry-After`.',
  507: 'This device is full.',
};
const failures = Object.fromEntries(
  Object.entries(FAILURES).map(([status, description]) => [status, answer(description, 'Error')]),
);

interface Operation {
  readonly summary: string;
  readonly answers: Readonly<Record<number, unknown>>;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly parameters?: readonly Schema[];
}

function operation({ summary, answers, body, parameters }: Operation) {
  return {
    summary,
    ...(parameters ? { parameters } : {}),
    ...(body ? { requestBody: { content: body } } : {}),
    responses: { ...answers, ...failures },
  };
}

const inPath = (schema: Schema = text): Schema => ({ name: 'id', in: 'path', required: true, schema });
const inQuery = (name: string, schema: Schema, description: string): Schema => ({
  name,
  in: 'query',
  required: false,
  schema,
  description,
});
const started = {
  202: answer(
    'The run goes on; `Location` is its address. So 4 minutes after the request came, and with `Prefer: respond-async` as soon as the run has a number.',
    'Started',
  ),
};
const events = {
  description:
    'An event `run` for each change, with a Run as its data, and an event `end` with the `id` when nothing more comes: an EventSource that is not closed then asks again.',
  content: { 'text/event-stream': { schema: text } },
};

const PATHS = {
  '/predict': {
    post: operation({
      summary: 'Reads the digits of pictures.',
      parameters: [inQuery('model', text, 'A version other than the one that answers, by its number.')],
      body: {
        'multipart/form-data': { schema: object({ file: bytes }) },
        'image/*': { schema: bytes },
        'application/octet-stream': { schema: { ...bytes, description: '784 bytes: 28 × 28, 255 is ink.' } },
      },
      answers: { 200: answer('What was read.', 'Prediction') },
    }),
  },
  '/retrain': {
    post: operation({
      summary: 'Trains a model and puts it before the gate.',
      body: json(object({}, options)),
      answers: { 200: answer('The run has ended and the gate has spoken.', 'Retrained'), ...started },
    }),
  },
  '/upload_and_retrain': {
    post: operation({
      summary: 'Trains on a ZIP of digits, a folder for each, and puts the model before the gate.',
      body: { 'multipart/form-data': { schema: object({ zipfile: bytes }, options) } },
      answers: { 200: answer('The run has ended and the gate has spoken.', 'Uploaded'), ...started },
    }),
  },
  '/health': {
    get: operation({ summary: 'Who answers.', answers: { 200: answer('It answers.', 'Health') } }),
  },
  '/models': {
    get: operation({ summary: 'All models.', answers: { 200: answer('The newest first.', 'Models') } }),
  },
  '/models/{id}': {
    get: operation({
      summary: 'One model; `champion` is the one that answers.',
      parameters: [inPath()],
      answers: { 200: answer('The model.', 'Model') },
    }),
  },
  '/models/{id}/promote': {
    post: operation({
      summary: 'Lets a model answer, where the gate allows it.',
      parameters: [inPath(), inQuery('force', flag, 'True: also where the gate speaks against it.')],
      answers: { 200: answer('It answers.', 'Promoted') },
    }),
  },
  '/runs': {
    get: operation({ summary: 'All runs.', answers: { 200: answer('The newest first.', 'Runs') } }),
  },
  '/runs/{id}': {
    get: operation({
      summary: 'How a run goes; with `Accept: text/event-stream` as events.',
      parameters: [inPath()],
      answers: { 200: { ...answer('The run.', 'Run'), content: { ...json(ref('Run')), ...events.content } } },
    }),
    delete: operation({
      summary: 'Ends a run that is under way; what it has learned is kept.',
      parameters: [inPath()],
      answers: { 200: answer('The run, ended.', 'Run') },
    }),
  },
  '/runs/{id}/events': {
    get: operation({ summary: 'How a run goes.', parameters: [inPath()], answers: { 200: events } }),
  },
  '/datasets': {
    get: operation({
      summary: 'The sets on this device.',
      answers: { 200: answer('All sets.', 'Datasets') },
    }),
  },
  '/openapi.json': {
    get: operation({
      summary: 'This description.',
      answers: { 200: { description: 'OpenAPI 3.1.', content: json({ type: 'object' }) } },
    }),
  },
};

/** The API in OpenAPI 3.1. */
export function describeApi(): Schema {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Inkling',
      version: APP_VERSION,
      description:
        'Answered by the app itself, in the browser, also offline. The first three are those of the MNIST course project’s Flask server.',
    },
    servers: [{ url: './' }],
    paths: PATHS,
    components: { schemas: SCHEMAS },
  };
}
