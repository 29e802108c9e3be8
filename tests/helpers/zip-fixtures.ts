/** What the archive tests share. */
import { expect } from 'chai';
import { expectSameBytes } from './bytes';
import { digitPixels, digitPng, type Outcome } from './digit-files';
import type { ZipPart } from './zip-files';

/** A small picture, and two entries with different ones. */
export const PNG = await digitPng(1);
export const THREE: ZipPart = { name: '3/x.png', content: PNG };
export const SEVEN: ZipPart = { name: '7/y.png', content: await digitPng(2) };

/** So many bytes of nothing. */
export const zeros = (length: number) => new Uint8Array(length);

/** The sink got these samples and no others, in this order: the label, and the seed of the digit. */
export function expectSamples(
  { sink: { samples } }: Outcome,
  expected: readonly (readonly [label: number, seed: number])[],
): void {
  expect(samples.map(({ label }) => label)).to.deep.equal(expected.map(([label]) => label));
  samples.forEach(({ pixels }, index) => expectSameBytes(pixels, digitPixels(expected[index]![1])));
}
