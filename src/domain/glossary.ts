/** The words that one meets while a network learns, explained for people who learn here. */

/** A word of the glossary. */
export type TermId =
  | 'epoch'
  | 'batch'
  | 'learning-rate'
  | 'overfitting'
  | 'augmentation'
  | 'validation-and-test'
  | 'confidence'
  | 'confusion-matrix'
  | 'calibration'
  | 'mcnemar'
  | 'champion';

/** An explanation: what a word means, what its drawing shows, and where one meets it. */
export interface Term {
  readonly id: TermId;
  readonly title: string;
  /** One sentence that stands alone. */
  readonly short: string;
  /** What follows from it. */
  readonly more: string;
  /** The drawing, in words: for those who do not see it. */
  readonly drawing: string;
  /** Where it can be seen at work: a route behind the #, and what that page calls it. */
  readonly place: { readonly route: string; readonly words: string };
}

/** All terms, in the order in which one meets them. */
export const TERMS: readonly Term[] = [
  {
    id: 'epoch',
    title: 'Epoch',
    short: 'One epoch is one time through all the images that a network learns from.',
    more: 'In the first epochs it learns most. Later ones bring less and less, and too many can do harm: it then learns the images by heart.',
    drawing: 'A row of images, gone through from left to right, and an arrow back to the first.',
    place: { route: 'train', words: 'Epochs, in the recipe' },
  },
  {
    id: 'batch',
    title: 'Batch',
    short: 'A batch is a handful of images that the network looks at before it changes its weights once.',
    more: 'Small batches make many uncertain steps, large ones few certain ones. 32 to 256 images are usual.',
    drawing: 'Twelve images in three frames of four. An arrow leads from each frame to one step down.',
    place: { route: 'train', words: 'Batch size, in own settings' },
  },
  {
    id: 'learning-rate',
    title: 'Learning rate',
    short: 'The learning rate is the size of the step by which the weights change after each batch.',
    more: 'Too small, and learning takes for ever. Too large, and it jumps over the lowest point, back and forth, until the loss grows without end.',
    drawing:
      'A valley. Small steps go down its left side to the lowest point, large ones jump from side to side.',
    place: { route: 'train', words: 'Learning rate, in own settings' },
  },
  {
    id: 'overfitting',
    title: 'Overfitting',
    short: 'A network overfits when it learns its images by heart instead of what makes a digit.',
    more: 'You see it where the two curves part: the loss on its own images still falls, the loss on images it has not learned from rises. Fewer epochs, more images or more variation help.',
    drawing: 'Two falling curves. The lower one goes on falling, the upper one turns and rises.',
    place: { route: 'train', words: 'the two lines of the loss chart' },
  },
  {
    id: 'augmentation',
    title: 'Augmentation',
    short:
      'Augmentation shows the network each image a little changed: turned, moved, made larger or thinner.',
    more: 'So it never sees quite the same image twice, and has to learn what stays the same: the shape of the digit. Inkling calls it variation of images.',
    drawing: 'A seven, and beside it the same seven turned to the left, turned to the right, and smaller.',
    place: { route: 'train', words: 'Variation of images, in own settings' },
  },
  {
    id: 'validation-and-test',
    title: 'Validation and test',
    short:
      'Images are split in three: most are learned from, some watch the learning, and some are looked at only at the end.',
    more: 'Validation images say which epoch was best. Because they helped to choose, they flatter a little. The test images have chosen nothing: only they say how good a model is.',
    drawing: 'A bar in three parts: a long one to learn from, a short one to validate, a short one to test.',
    place: { route: 'evaluate', words: 'Digits to test with' },
  },
  {
    id: 'confidence',
    title: 'Confidence',
    short: 'The confidence is the share that the network gives to its answer. The ten shares add up to 100%.',
    more: 'The network ends in ten numbers of any size. A function named softmax turns them into shares: the largest gets most. A share is no promise: see calibration.',
    drawing: 'Ten bars, one for each digit. One is long, another short, the rest nearly nothing.',
    place: { route: 'draw', words: 'the ten bars beside the pad' },
  },
  {
    id: 'confusion-matrix',
    title: 'Confusion matrix',
    short: 'A table of what each digit was read as: a row for the digit it is, a column for the answer.',
    more: 'Right answers lie on the diagonal. Everything beside it is a mistake, and its place says which: row 4, column 9 are fours that were read as nines.',
    drawing: 'A grid with a dark diagonal, and two lighter marks beside it.',
    place: { route: 'evaluate', words: 'the large table' },
  },
  {
    id: 'calibration',
    title: 'Calibration',
    short: 'A model is well calibrated when it is right as often as it says.',
    more: 'Of all answers given with 80% confidence, 80 of 100 should be right. Bars under the line: it is too sure of itself. Bars over it: it knows more than it says. A training ends by correcting this with one number, the temperature, where enough was misread to find it.',
    drawing: 'A chart with a diagonal line. The bars follow the line and end a little below it.',
    place: { route: 'evaluate', words: 'the calibration chart' },
  },
  {
    id: 'mcnemar',
    title: 'McNemar’s test',
    short: 'McNemar’s test asks whether one model is really better than another, or only had luck.',
    more: 'Both read the same images. Where both are right or both wrong nothing is learned. Only images that one read and the other did not count: if these fall mostly to one side, it is hardly chance.',
    drawing:
      'A table of two by two: both right, only the first, only the second, both wrong. The two in which they differ are marked.',
    place: { route: 'evaluate', words: 'Beside it, with a second model' },
  },
  {
    id: 'champion',
    title: 'Champion and candidate',
    short: 'The champion is the model that answers. A candidate is a new one that wants its place.',
    more: 'A candidate has to show on the same images that it reads them at least as well. If it does, it may answer; the old champion is kept, and you can go back to it.',
    drawing: 'Two sheets: one with a rosette, and one beside it with an arrow that leads to the rosette.',
    place: { route: 'models', words: 'the table of models' },
  },
];

/** The explanation of a word. */
export function findTerm(id: TermId): Term {
  const term = TERMS.find((known) => known.id === id);
  if (!term) throw new RangeError(`There is no term ${id}`);
  return term;
}
