import type { ImportedSample, SampleSink } from '../../src/domain/import-report';

/** A sink that keeps what it gets and knows what it has, as a real data set does. */
export interface CollectingSink extends SampleSink {
  readonly samples: ImportedSample[];
}

/** An empty sink. */
export function collectingSink(): CollectingSink {
  const labels = new Map<string, number>();
  const samples: ImportedSample[] = [];
  return {
    samples,
    add: async (sample) => {
      const key = String.fromCharCode(...sample.pixels);
      const known = labels.get(key);
      if (known !== undefined) return known === sample.label ? 'duplicate' : 'conflict';
      labels.set(key, sample.label);
      samples.push(sample);
      return 'added';
    },
  };
}
