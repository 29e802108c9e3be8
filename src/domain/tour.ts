/** The guided tour through the whole life of a model, as data and pure functions. */
import { SHIPPED_MODEL, type ModelVersionId } from './ids';
import { isRecord } from './is-same';
import { TOUR_STEPS, type TourStep, type TourStepId } from './tour-steps';

/** What is known of this device, as far as it tells that a step has been done. */
export interface TourFacts extends TourBaseline {
  /** Sets that a network can learn from. */
  readonly sets: number;
  /** The model whose test is shown. */
  readonly testedVersion?: ModelVersionId;
  /** The last model that was trained here. */
  readonly newestVersion?: ModelVersionId;
  /** A lesson has been given, and its result waits for an answer. */
  readonly isTaught: boolean;
  readonly champion: ModelVersionId;
}

/** What there was when a step began: only what came since then is the doing of the step. */
export interface TourBaseline {
  readonly finishedRuns: number;
  readonly corrections: number;
  readonly versions: number;
  readonly floods: number;
}

/** How far somebody is. */
export interface TourPlace {
  readonly step: TourStepId;
  readonly isDone: boolean;
  readonly baseline: TourBaseline;
}

/** What is kept of the tour: nothing before it was offered, and never an offer again after that. */
export type TourRecord = { readonly state: 'over' } | ({ readonly state: 'on' } & TourPlace);

/** When each step has been done; a step that is not here asks for nothing but a look. */
const DONE: Readonly<Partial<Record<TourStepId, (facts: TourFacts, baseline: TourBaseline) => boolean>>> = {
  data: ({ sets }) => sets > 0,
  train: ({ finishedRuns }, baseline) => finishedRuns > baseline.finishedRuns,
  evaluate: ({ testedVersion, newestVersion }) =>
    testedVersion !== undefined && (newestVersion === undefined || testedVersion === newestVersion),
  draw: ({ corrections }, baseline) => corrections > baseline.corrections,
  retrain: ({ isTaught, versions }, baseline) => isTaught || versions > baseline.versions,
  flood: ({ floods }, baseline) => floods > baseline.floods,
  deploy: ({ champion }) => champion !== SHIPPED_MODEL,
};

/** The steps of the pages that this app has, in order. */
export function stepsOf(routes: readonly string[]): readonly TourStep[] {
  return TOUR_STEPS.filter(({ route }) => routes.includes(route));
}

/** The first step. */
export function beginTour(facts: TourFacts, routes: readonly string[]): TourPlace | undefined {
  return placeAt(stepsOf(routes)[0], facts);
}

/** The place after what has become known: a step that has been done stays done. */
export function observeTour(place: TourPlace, facts: TourFacts): TourPlace {
  const isDone = place.isDone || isStepDone(place.step, facts, place.baseline);
  return isDone === place.isDone ? place : { ...place, isDone };
}

/** The next step, whether this one has been done or is skipped; undefined behind the last one. */
export function advanceTour(
  { step }: TourPlace,
  facts: TourFacts,
  routes: readonly string[],
): TourPlace | undefined {
  const order = TOUR_STEPS.findIndex(({ id }) => id === step);
  const next = stepsOf(routes).find(({ id }) => TOUR_STEPS.findIndex((known) => known.id === id) > order);
  return placeAt(next, facts);
}

/** True for a step that asks to do something, rather than to look. */
export function asksToAct(step: TourStepId): boolean {
  return step in DONE;
}

/** What was kept of the tour. What is no such record, or names a step that is gone, is a tour that is over. */
export function readTour(value: unknown): TourRecord | undefined {
  if (value === undefined) return undefined;
  const over = { state: 'over' } as const;
  if (!isRecord(value) || value['state'] !== 'on') return over;
  const step = TOUR_STEPS.find(({ id }) => id === value['step'])?.id;
  const baseline = readBaseline(value['baseline']);
  if (!step || !baseline) return over;
  return { state: 'on', step, isDone: value['isDone'] === true, baseline };
}

function readBaseline(value: unknown): TourBaseline | undefined {
  if (!isRecord(value)) return undefined;
  const { finishedRuns, corrections, versions, floods } = value;
  if (!isCount(finishedRuns) || !isCount(corrections) || !isCount(versions) || !isCount(floods))
    return undefined;
  return { finishedRuns, corrections, versions, floods };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

function isStepDone(step: TourStepId, facts: TourFacts, baseline: TourBaseline): boolean {
  return DONE[step]?.(facts, baseline) ?? true;
}

function placeAt(step: TourStep | undefined, facts: TourFacts): TourPlace | undefined {
  if (!step) return undefined;
  const { finishedRuns, corrections, versions, floods } = facts;
  const baseline = { finishedRuns, corrections, versions, floods };
  return { step: step.id, isDone: isStepDone(step.id, facts, baseline), baseline };
}
