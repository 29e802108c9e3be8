import { gatherSamples, type SampleBlock } from './sample';

/** A change of a sample: another label, or none where it was deleted. */
export interface Edit {
  readonly index: number;
  readonly label: number | undefined;
}

/** The samples of a split as they count now, and where each of them is stored. */
export interface EditedBlock extends SampleBlock {
  /** The place of each sample among the stored ones. */
  readonly places: Uint32Array;
}

/** Applies changes to the stored samples of a split. Changes beyond its end are passed over. */
export function applyEdits(block: SampleBlock, edits: readonly Edit[]): EditedBlock {
  const labels = block.labels.slice();
  const deleted = new Set<number>();
  for (const { index, label } of edits) {
    if (index >= labels.length) continue;
    if (label === undefined) deleted.add(index);
    else labels[index] = label;
  }
  const everything = Uint32Array.from({ length: labels.length }, (_, index) => index);
  if (deleted.size === 0) return { pixels: block.pixels, labels, places: everything };
  const places = everything.filter((index) => !deleted.has(index));
  return { ...gatherSamples({ pixels: block.pixels, labels }, places), places };
}
