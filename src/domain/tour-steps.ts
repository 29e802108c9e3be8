/** The steps of the guided tour, and what each says. */

/** A step of the tour. */
export type TourStepId =
  'data' | 'train' | 'evaluate' | 'draw' | 'retrain' | 'flood' | 'deploy' | 'api' | 'end';

/** A step: the page that it is done on, and its words. */
export interface TourStep {
  readonly id: TourStepId;
  /** The route of its page, behind the #. */
  readonly route: string;
  /** What that page is called. */
  readonly page: string;
  readonly title: string;
  /** What to do. */
  readonly task: string;
  /** What was achieved by it. */
  readonly done: string;
}

/** All steps, in order. A step whose page this app does not have is left out. */
export const TOUR_STEPS: readonly TourStep[] = [
  {
    id: 'data',
    route: 'data',
    page: 'Data',
    title: 'Digits to learn from',
    task: 'A network learns from examples. Press “Make a set”, then “Make it”: a program writes 5,000 digits.',
    done: 'There are digits to learn from. Have a look at them below.',
  },
  {
    id: 'train',
    route: 'train',
    page: 'Train',
    title: 'Watch a network learn',
    task: 'The recipe is filled in for a short run. Press “Start training”, and watch the two curves.',
    done: 'It has learned, and became a model of your own.',
  },
  {
    id: 'evaluate',
    route: 'evaluate',
    page: 'Evaluate',
    title: 'See where it fails',
    task: 'Choose your newest model and some digits, then press “Test”. The large table says what it confuses.',
    done: 'Tested. Whatever lies beside the diagonal was read wrongly.',
  },
  {
    id: 'draw',
    route: 'draw',
    page: 'Draw',
    title: 'Try it by hand',
    task: 'Write one digit, as oddly as you like. Then press the number that you meant.',
    done: 'Your digit is kept, with what it means.',
  },
  {
    id: 'retrain',
    route: 'draw',
    page: 'Draw',
    title: 'Let it learn from you',
    task: 'Press “Learn from my corrections”. It takes seconds, and asks before anything is replaced.',
    done: 'It has learned from you. Compare before and after, and decide.',
  },
  {
    id: 'flood',
    route: 'stress',
    page: 'Stress',
    title: 'Send it a flood',
    task: 'Many ask at once: start a short load test, and see how long each has to wait.',
    done: 'The flood is on its way. The charts show how long an answer takes.',
  },
  {
    id: 'deploy',
    route: 'models',
    page: 'Models',
    title: 'Let your model answer',
    task: 'Choose which of your models answers from now on. The old one is kept, and you can go back.',
    done: 'A model of your own answers now.',
  },
  {
    id: 'api',
    route: 'api',
    page: 'API',
    title: 'Ask it as a program does',
    task: 'Send the example: this device answers it, and nothing leaves it.',
    done: 'Send the example: this device answers it, and nothing leaves it.',
  },
  {
    id: 'end',
    route: 'about',
    page: 'About',
    title: 'That is the whole life of a model',
    task: 'Digits, training, test, use, correction, release.',
    done: 'Digits, training, test, use, correction, release: all of it on this device. “Words to learn” explains what you met.',
  },
];

/** A step by its name. */
export function findStep(id: TourStepId): TourStep {
  const step = TOUR_STEPS.find((known) => known.id === id);
  if (!step) throw new RangeError(`There is no step ${id}`);
  return step;
}
