/**
 * A whole setup as the value of an address's query: base64url of minimal JSON, only what differs from the
 * recipe. What comes from an address is anybody's: each field is held against its limits alone, and what
 * does not pass leaves the form as it was, with a line that says so.
 */
import { fromBase64url, toBase64url } from './base64url';
import { NO_CONTEXT, type DraftContext } from './draft-context';
import { isRecord, isSame } from './is-same';
import { chooseDataset, chooseRecipe, newDraft, type RunDraft } from './run-draft';
import { dataField, startField, refuse, type LinkField } from './run-link-names';
import { readArchitecture, readAugmentation, readOptimizer, writeLayers } from './run-link-settings';
import { findRecipe } from './recipe';
import { GENERATED_MOST } from './dataset';
import { isWithin, RUN_LIMITS, type Limit } from './run-limits';

/** Grows with each change that an older Inkling would misread. */
const LINK_VERSION = 1;
/** A link of more characters is none of ours. */
const LONGEST = 8000;

const SAMPLE_LIMIT: Limit = { low: 1, high: GENERATED_MOST, isWhole: true };

/** What a link gave. */
export interface ReadLink {
  readonly draft: RunDraft;
  /** What could not be understood, or is not on this device, as sentences. */
  readonly problems: readonly string[];
}

type Settings = RunDraft['settings'];

/** A number of the draft itself. */
function numberField(
  key: string,
  title: string,
  name: 'epochs' | 'seed' | 'sampleCount',
  limit: Limit,
  write: LinkField['write'] = (draft) => draft[name],
): LinkField {
  return {
    key,
    write,
    read: (value, draft) =>
      isWithin(value, limit)
        ? { ...draft, [name]: value }
        : refuse(`The link's ${title} could not be understood.`),
  };
}

/** Where it is the usual number of the chosen set, reading the set gives it, too. */
function writeSampleCount(draft: RunDraft, { sets }: DraftContext): number | undefined {
  const usual = chooseDataset(draft, draft.dataset, sets).sampleCount;
  return draft.sampleCount === usual ? undefined : draft.sampleCount;
}

/** A setting, written and read by itself. */
function settingField<Name extends keyof Settings>(
  key: string,
  title: string,
  name: Name,
  write: (value: Settings[Name]) => unknown,
  read: (value: unknown) => Settings[Name] | undefined,
): LinkField {
  return {
    key,
    write: ({ settings }) => write(settings[name]),
    read: (value, draft) => {
      const setting = read(value);
      if (setting === undefined) return refuse(`The link's ${title} could not be understood.`);
      return { ...draft, settings: { ...draft.settings, [name]: setting } };
    },
  };
}

const within = (limit: Limit) => (value: unknown) => (isWithin(value, limit) ? value : undefined);
const itself = (value: unknown) => value;
const oneOf =
  <Value extends string>(...values: readonly Value[]) =>
  (value: unknown) =>
    values.find((known) => known === value);

const engineField: LinkField = {
  key: 'g',
  write: ({ engine }) => engine,
  read: (value, draft) => {
    const engine = oneOf('auto', 'webgl', 'simd', 'cpu')(value);
    return engine ? { ...draft, engine } : refuse('The link names an engine that Inkling does not have.');
  },
};

/** 0 is no early stopping: JSON has no undefined. */
const patienceField: LinkField = {
  key: 'p',
  write: ({ settings }) => settings.earlyStopping?.patience ?? 0,
  read: (value, draft) => {
    const { earlyStopping: _, ...settings } = draft.settings;
    if (value === 0) return { ...draft, settings };
    if (!isWithin(value, RUN_LIMITS.patience))
      return refuse("The link's early stopping could not be understood.");
    return { ...draft, settings: { ...settings, earlyStopping: { patience: value } } };
  },
};

/** All that a link can say, in the order in which it is read: data before their number. */
const FIELDS: readonly LinkField[] = [
  dataField,
  numberField('n', 'number of images', 'sampleCount', SAMPLE_LIMIT, writeSampleCount),
  numberField('e', 'number of epochs', 'epochs', RUN_LIMITS.epochs),
  engineField,
  numberField('s', 'seed', 'seed', RUN_LIMITS.seed),
  settingField('a', 'network', 'architecture', writeLayers, readArchitecture),
  settingField('o', 'optimiser', 'optimizer', itself, readOptimizer),
  settingField('l', 'learning rate', 'learningRate', itself, within(RUN_LIMITS.learningRate)),
  settingField('c', 'schedule', 'schedule', itself, oneOf('constant', 'one-cycle', 'cosine')),
  settingField('b', 'batch size', 'batchSize', itself, within(RUN_LIMITS.batchSize)),
  settingField('m', 'label smoothing', 'labelSmoothing', itself, within(RUN_LIMITS.labelSmoothing)),
  settingField('u', 'variation of images', 'augmentation', itself, readAugmentation),
  patienceField,
  startField,
];

/** Writes a draft without errors as the value of `?run=`. */
export function writeLink(draft: RunDraft, context: DraftContext = NO_CONTEXT): string {
  const base = chooseRecipe(newDraft(), draft.recipeId);
  const changed = FIELDS.map(({ key, write }) => [key, write(draft, context), write(base, context)] as const)
    .filter(([, value, usual]) => value !== undefined && !isSame(value, usual))
    .map(([key, value]) => [key, value]);
  const record = { v: LINK_VERSION, r: draft.recipeId, ...Object.fromEntries(changed) };
  return toBase64url(JSON.stringify(record));
}

/** Fills a draft from the value of `?run=`. Never throws. */
export function readLink(written: string, context: DraftContext = NO_CONTEXT): ReadLink {
  const record = parse(written);
  if (!record)
    return { draft: newDraft(), problems: ['This link is damaged: nothing could be taken of it.'] };
  if (record['v'] !== LINK_VERSION) {
    return {
      draft: newDraft(),
      problems: ['This link is of another version of Inkling: nothing was taken.'],
    };
  }
  const problems: string[] = [];
  let draft = readRecipe(record, problems);
  for (const { key, read } of FIELDS) {
    if (!Object.hasOwn(record, key)) continue;
    const answer = read(record[key], draft, context);
    if ('problem' in answer) problems.push(answer.problem);
    else draft = answer;
  }
  const known = new Set(['v', 'r', ...FIELDS.map(({ key }) => key)]);
  if (Object.keys(record).some((key) => !known.has(key))) {
    problems.push('The link says something that this Inkling does not know.');
  }
  return { draft, problems };
}

function readRecipe(record: Readonly<Record<string, unknown>>, problems: string[]): RunDraft {
  const id = record['r'];
  if (typeof id === 'string' && findRecipe(id)) return chooseRecipe(newDraft(), id);
  problems.push('The link names a recipe that Inkling does not have.');
  return newDraft();
}

function parse(written: string): Readonly<Record<string, unknown>> | undefined {
  const text = written.length <= LONGEST ? fromBase64url(written) : undefined;
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) && !Array.isArray(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
