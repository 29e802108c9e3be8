import { sampleCount } from '../domain/dataset';
import { isSame } from '../domain/is-same';
import {
  advanceTour,
  beginTour,
  observeTour,
  readTour,
  type TourFacts,
  type TourPlace,
  type TourRecord,
} from '../domain/tour';
import type { Changes } from '../storage/changes';
import type { SettingsRepository } from '../storage/settings-repository';
import type { StressRepository } from '../storage/stress-repository';
import type { CatalogueService } from './catalogue-service';
import type { EvaluationService } from './evaluation-service';
import type { ModelService } from './model-service';
import { Observable, type Watched } from './observable';
import type { TeachingService } from './teaching-service';
import type { TrainingService } from './training-service';

/** Where the tour is: before it was offered, offered, on its way, or over. */
export type TourState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'offered' }
  | { readonly kind: 'over' }
  | { readonly kind: 'on'; readonly place: TourPlace };

/** What the tour follows. */
export interface TourSources {
  readonly settings: SettingsRepository;
  readonly changes: Changes;
  readonly catalogue: CatalogueService;
  readonly training: TrainingService;
  readonly evaluation: EvaluationService;
  readonly teaching: TeachingService;
  readonly models: ModelService;
  readonly stressRuns: StressRepository;
}

/** The guided tour: which step is on, and whether it has been done. It is kept, and goes on after a reload. */
export class TourService {
  private readonly observed = new Observable<TourState>({ kind: 'unknown' });
  private routes: readonly string[] = [];
  private isWatching = false;
  /** Load tests that this device has begun. */
  private floods = 0;
  /** How many writings were begun, and how many of them are under way. */
  private begun = 0;
  private underWay = 0;

  constructor(private readonly sources: TourSources) {
    sources.changes.subscribe(({ store }) => {
      if (store === 'settings') void this.read();
      if (store === 'stressRuns' && this.isWatching) void this.countFloods().then(() => this.observe());
    });
  }

  get state(): Watched<TourState> {
    return this.observed;
  }

  /** Reads how far the tour is. `routes` are the pages that this app has. */
  async load(routes: readonly string[]): Promise<void> {
    this.routes = routes;
    await this.read();
  }

  /** Begins with the first step, and resolves once it is on. */
  async begin(): Promise<void> {
    await this.watch();
    const place = beginTour(this.facts(), this.routes);
    if (place) await this.write({ state: 'on', ...place });
  }

  /** Goes on to the next step, whether this one has been done or not; behind the last one the tour is over. */
  async advance(): Promise<void> {
    const { value } = this.observed;
    if (value.kind !== 'on') return;
    const next = advanceTour(value.place, this.facts(), this.routes);
    await this.write(next ? { state: 'on', ...next } : { state: 'over' });
  }

  /** Ends the tour, or turns its offer down. It is not offered again. */
  async end(): Promise<void> {
    await this.write({ state: 'over' });
  }

  private async read(): Promise<void> {
    const { begun } = this;
    const record = readTour(await this.sources.settings.get('tour'));
    // What was read before something newer was written is not shown any more.
    if (this.underWay > 0 || this.begun > begun) return;
    if (record?.state === 'on') await this.watch();
    this.show(record);
    this.observe();
  }

  private async write(record: TourRecord): Promise<void> {
    this.show(record);
    this.begun += 1;
    this.underWay += 1;
    try {
      await this.sources.settings.set('tour', record);
    } finally {
      this.underWay -= 1;
    }
  }

  /** Other settings change, too: what is the same is not told again. */
  private show(record: TourRecord | undefined): void {
    const next = toState(record);
    if (!isSame(next, this.observed.value)) this.observed.value = next;
  }

  /** Begins to follow what is done on the pages. */
  private async watch(): Promise<void> {
    if (this.isWatching) return;
    this.isWatching = true;
    const { catalogue, training, evaluation, teaching, models } = this.sources;
    const loads = [catalogue.load(), training.load(), teaching.load(), models.load()];
    await Promise.all([...loads, this.countFloods()]);
    for (const watched of [
      catalogue.catalogue,
      training.state,
      evaluation.state,
      teaching.state,
      teaching.correctionCount,
      models.catalogue,
    ]) {
      watched.subscribe(() => this.observe());
    }
  }

  private async countFloods(): Promise<void> {
    this.floods = (await this.sources.stressRuns.list()).length;
  }

  /** A step that has just been done is written down: after a reload it is still done. */
  private observe(): void {
    const { value } = this.observed;
    if (value.kind !== 'on' || value.place.isDone) return;
    const place = observeTour(value.place, this.facts());
    if (place.isDone) void this.write({ state: 'on', ...place });
  }

  private facts(): TourFacts {
    const { catalogue, training, evaluation, teaching, models } = this.sources;
    const { versions, champion } = models.catalogue.value;
    const newest = versions[0]?.id;
    const tested = evaluation.state.value.shown?.versionId;
    return {
      sets: catalogue.catalogue.value.sets.filter((set) => sampleCount(set, 'train') > 0).length,
      finishedRuns: training.state.value.runs.filter(({ status }) => status === 'finished').length,
      corrections: teaching.correctionCount.value,
      versions: versions.length,
      floods: this.floods,
      isTaught: teaching.state.value.state === 'asking',
      champion,
      ...(newest === undefined ? {} : { newestVersion: newest }),
      ...(tested === undefined ? {} : { testedVersion: tested }),
    };
  }
}

function toState(record: TourRecord | undefined): TourState {
  if (!record) return { kind: 'offered' };
  if (record.state === 'over') return { kind: 'over' };
  const { state: _, ...place } = record;
  return { kind: 'on', place };
}
