/** What tests of imports and exports share. */
import type { AppError } from '../../src/domain/errors';
import type { ImportedSample, SampleSink } from '../../src/domain/import-report';
import { imageAt, type SampleBlock } from '../../src/domain/sample';

/** A sink that keeps all samples in order. */
export class KeepingSink implements SampleSink {
  readonly samples: ImportedSample[] = [];

  add(sample: ImportedSample): Promise<'added'> {
    this.samples.push(sample);
    return Promise.resolve('added');
  }
}

/** The samples of a split, as a sink keeps them. */
export function samplesOf({ pixels, labels }: SampleBlock, split: ImportedSample['split']): ImportedSample[] {
  return Array.from(labels, (label, at) => ({ pixels: imageAt(pixels, at).slice(), label, split }));
}

/** Samples as text: equal texts are equal samples. */
export function asTexts(samples: readonly ImportedSample[]): string[] {
  return samples.map(({ split, label, pixels }) => `${split} ${label} ${pixels.join()}`);
}

/** The bytes of a gzip file. */
export async function gzipped(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Why a promise was rejected: the reason, or the code where there is none; `none` where it was not. */
export function reasonOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'none',
    (error: AppError) => error.help?.reason ?? error.code ?? String(error),
  );
}
