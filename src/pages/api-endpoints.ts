import { RECIPES } from '../domain/recipe';

/** A field of an endpoint's form. */
export interface ApiField {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly kind: 'text' | 'number' | 'choice' | 'files';
  readonly place: 'path' | 'query' | 'header' | 'body';
  /** What can be chosen: value and title. */
  readonly choices?: readonly (readonly [value: string, title: string])[];
  /** What it begins with; empty fields are left out of the request. */
  readonly initial?: string;
  /** Of files: the types that are offered, and whether several can be sent. */
  readonly accept?: string;
  readonly isMultiple?: boolean;
}

/** How a request's body is written. */
export type BodyKind = 'none' | 'form' | 'json';

/** An endpoint as the page shows it. */
export interface ApiEndpoint {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** With `{id}` where a number goes. */
  readonly path: string;
  readonly summary: string;
  readonly body: BodyKind;
  readonly fields: readonly ApiField[];
}

const USUAL = ['', 'As usual'] as const;
const OPTIONS: readonly ApiField[] = [
  {
    name: 'recipe',
    label: 'Recipe',
    kind: 'choice',
    place: 'body',
    choices: [USUAL, ...RECIPES.map(({ id, title }) => [id, title] as const)],
  },
  { name: 'epochs', label: 'Epochs', hint: '1 to 200', kind: 'number', place: 'body' },
  { name: 'seed', label: 'Seed', kind: 'number', place: 'body' },
  {
    name: 'engine',
    label: 'Engine',
    kind: 'choice',
    place: 'body',
    choices: [USUAL, ['auto', 'The fastest'], ['simd', 'WASM'], ['webgl', 'WebGL'], ['cpu', 'CPU']],
  },
];
const WAIT: ApiField = {
  name: 'Prefer',
  label: 'Answer',
  hint: 'After 4 minutes it is 202, or 503 where no run could begin.',
  kind: 'choice',
  place: 'header',
  choices: [
    ['', 'When the run has ended'],
    ['respond-async', 'At once'],
  ],
};
const ID = { name: 'id', label: 'Number', kind: 'text', place: 'path' } as const;

/** All endpoints, in the order of the page. */
export const API_ENDPOINTS: readonly ApiEndpoint[] = [
  {
    id: 'predict',
    method: 'POST',
    path: 'predict',
    summary: 'Reads the digits of pictures.',
    body: 'form',
    fields: [
      {
        name: 'file',
        label: 'Pictures',
        kind: 'files',
        place: 'body',
        accept: 'image/*',
        isMultiple: true,
      },
      {
        name: 'model',
        label: 'Model',
        hint: 'A number; empty: the one that answers.',
        kind: 'text',
        place: 'query',
      },
    ],
  },
  {
    id: 'retrain',
    method: 'POST',
    path: 'retrain',
    summary: 'Trains a new model. The gate says whether it may answer.',
    body: 'json',
    fields: [
      ...OPTIONS,
      {
        name: 'dataset',
        label: 'Data',
        kind: 'choice',
        place: 'body',
        initial: 'generated',
        choices: [USUAL, ['mnist', 'MNIST'], ['generated', 'Generated digits']],
      },
      { name: 'samples', label: 'Images', kind: 'number', place: 'body', initial: '1000' },
      WAIT,
    ],
  },
  {
    id: 'upload',
    method: 'POST',
    path: 'upload_and_retrain',
    summary: 'Trains the model that answers further on a ZIP of digits, a folder for each.',
    body: 'form',
    fields: [
      { name: 'zipfile', label: 'ZIP', kind: 'files', place: 'body', accept: '.zip,application/zip' },
      ...OPTIONS,
      WAIT,
    ],
  },
  {
    id: 'health',
    method: 'GET',
    path: 'health',
    summary: 'Who answers, and how busy it is.',
    body: 'none',
    fields: [],
  },
  { id: 'models', method: 'GET', path: 'models', summary: 'All models.', body: 'none', fields: [] },
  {
    id: 'model',
    method: 'GET',
    path: 'models/{id}',
    summary: 'One model.',
    body: 'none',
    fields: [{ ...ID, initial: 'champion', hint: 'Or champion: the one that answers.' }],
  },
  {
    id: 'promote',
    method: 'POST',
    path: 'models/{id}/promote',
    summary: 'Lets a model answer, where the gate allows it.',
    body: 'none',
    fields: [
      { ...ID, initial: '0' },
      {
        name: 'force',
        label: 'Gate',
        kind: 'choice',
        place: 'query',
        choices: [
          ['', 'Asked'],
          ['true', 'Overruled'],
        ],
      },
    ],
  },
  { id: 'runs', method: 'GET', path: 'runs', summary: 'All runs.', body: 'none', fields: [] },
  {
    id: 'run',
    method: 'GET',
    path: 'runs/{id}',
    summary: 'How a run goes.',
    body: 'none',
    fields: [{ ...ID, initial: '1' }],
  },
  {
    id: 'events',
    method: 'GET',
    path: 'runs/{id}/events',
    summary: 'How a run goes, as it goes.',
    body: 'none',
    fields: [{ ...ID, initial: '1' }],
  },
  {
    id: 'cancel',
    method: 'DELETE',
    path: 'runs/{id}',
    summary: 'Ends a run that is under way; what it has learned is kept.',
    body: 'none',
    fields: [{ ...ID, initial: '1' }],
  },
  {
    id: 'datasets',
    method: 'GET',
    path: 'datasets',
    summary: 'The sets on this device.',
    body: 'none',
    fields: [],
  },
  {
    id: 'openapi',
    method: 'GET',
    path: 'openapi.json',
    summary: 'All of this, for machines.',
    body: 'none',
    fields: [],
  },
];
