import type { SampleSplit } from './dataset-view';

/** The images that a model is evaluated on. */
export type EvaluatedData =
  | { readonly kind: 'stored'; readonly name: string; readonly split: SampleSplit | 'all' }
  /** Digits that nobody learned from: of a seed that no run uses unless somebody asks for it. */
  | { readonly kind: 'generated'; readonly seed: number; readonly sampleCount: number };

/** The generated digits that models are tested on where there is nothing else. */
export const GENERATED_TEST: EvaluatedData = { kind: 'generated', seed: 7_919, sampleCount: 5000 };

/** The name that an evaluation on this data is kept under. */
export function dataKey(data: EvaluatedData): string {
  return data.kind === 'stored' ? `${data.name}/${data.split}` : `generated/${data.seed}/${data.sampleCount}`;
}
