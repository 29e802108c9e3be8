import { DRAWN_BENCHMARK } from './dataset';
import type { SampleSplit } from './dataset-view';

/** The images that a model is evaluated on. */
export type EvaluatedData =
  | { readonly kind: 'stored'; readonly name: string; readonly split: SampleSplit | 'all' }
  /** Digits that nobody learned from: of a seed that no run uses unless somebody asks for it. */
  | { readonly kind: 'generated'; readonly seed: number; readonly sampleCount: number }
  /** The benchmark of drawn digits: `domain/drawn-benchmark.ts`. */
  | { readonly kind: 'drawn' };

/** The generated digits that models are tested on where there is nothing else. */
export const GENERATED_TEST: EvaluatedData = { kind: 'generated', seed: 7_919, sampleCount: 5000 };
/** The drawn digits that every model is tested on. */
export const DRAWN_TEST: EvaluatedData = { kind: 'drawn' };

/** The name that an evaluation on this data is kept under. */
export function dataKey(data: EvaluatedData): string {
  switch (data.kind) {
    case 'stored':
      return `${data.name}/${data.split}`;
    case 'generated':
      return `generated/${data.seed}/${data.sampleCount}`;
    case 'drawn':
      return DRAWN_BENCHMARK;
  }
}
