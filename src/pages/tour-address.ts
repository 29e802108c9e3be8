import { CORRECTED, DRAWN, sampleCount, type Dataset } from '../domain/dataset';
import { NO_CONTEXT } from '../domain/draft-context';
import { MNIST } from '../domain/mnist';
import { chooseDataset, newDraft, type RunDraft } from '../domain/run-draft';
import { writeLink } from '../domain/run-link';
import type { TourStep } from '../domain/tour-steps';

/** A run of the tour: long enough for a curve, short enough to wait for. */
const EPOCHS = 3;
const MNIST_SAMPLES = 6000;

/** The address of a step's page. Train gets a short run on the newest set with it. */
export function tourAddress({ id, route }: TourStep, sets: readonly Dataset[]): string {
  if (id !== 'train') return `#/${route}`;
  return `#/train?run=${writeLink(tourDraft(sets), { ...NO_CONTEXT, sets })}`;
}

function tourDraft(sets: readonly Dataset[]): RunDraft {
  const small: readonly string[] = [CORRECTED, DRAWN];
  const newest = sets.findLast((set) => !small.includes(set.name) && sampleCount(set, 'train') > 0);
  const draft = chooseDataset(newDraft(), newest?.name ?? 'generated', sets);
  return { ...draft, epochs: EPOCHS, ...(newest?.name === MNIST ? { sampleCount: MNIST_SAMPLES } : {}) };
}
