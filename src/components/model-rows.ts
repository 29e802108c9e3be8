import type { ModelVersionId } from '../domain/ids';

/** A model as a row says it. */
export interface ModelRow {
  readonly id: ModelVersionId;
  readonly title: string;
  /** Its number, where the title is a name, and its day. */
  readonly number: string;
  readonly recipe: string;
  readonly data: string;
  readonly parent: string;
  readonly validation: string;
  readonly test: string;
  /** On the benchmark of drawn digits. */
  readonly drawn: string;
  /** It answers on Draw. */
  readonly isChampion: boolean;
  readonly tags: readonly string[];
}

/** What is known of a model: names and values, in the order in which they are shown. */
export type ModelFacts = readonly (readonly [name: string, value: string])[];
