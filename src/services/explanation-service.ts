import type { Dataset } from '../domain/dataset';
import { toErrorRecord, type ErrorRecord } from '../domain/errors';
import type { Alike, Change, Evidence, LayerPictures } from '../domain/explanation';
import type { ModelVersionId } from '../domain/ids';
import { MNIST } from '../domain/mnist';
import type { Prediction } from '../domain/prediction';
import type { MlClient } from '../ml-client/ml-client';
import type { Changes } from '../storage/changes';
import type { ShardRepository } from '../storage/shard-repository';
import { LatestWins } from './latest-wins';
import { Observable, type Watched } from './observable';

/** The longest silence while something is explained, in milliseconds. */
const DEADLINE_MS = 60_000;

/** The four ways to look into an answer. */
export type ExplanationView = 'evidence' | 'layers' | 'alike' | 'change';

/** An answer that can be explained. `pixels` is [28, 28] bytes. */
export interface ExplainedAnswer {
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly prediction: Prediction;
}

/** What somebody wants to know of an answer. */
export interface Question {
  readonly view: ExplanationView;
  readonly versionId: ModelVersionId;
  /** [28, 28] bytes. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** What the digit was read as, and which other one it is held against. */
  readonly digit: number;
  readonly rival: number;
  /** The set in which to look for digits that are alike; MNIST, or the first there is, without one. */
  readonly dataset?: string;
}

/** An explanation, by the view that asked for it. */
export type Explained =
  | { readonly view: 'evidence'; readonly evidence: Evidence }
  | { readonly view: 'layers'; readonly layers: LayerPictures }
  | { readonly view: 'alike'; readonly alike: Alike; readonly dataset: string }
  /** No set is on this device. */
  | { readonly view: 'alike'; readonly alike?: undefined }
  | { readonly view: 'change'; readonly change: Change };

/** What is known, and what is being found out. */
export interface ExplanationState {
  /** The last explanation and the question that it answers; it stays while a newer one is worked on. */
  readonly known?: { readonly question: Question; readonly explained: Explained };
  readonly isWorking: boolean;
  /** How far it is, 0 … 1, where that is known. */
  readonly share?: number;
  readonly error?: ErrorRecord;
}

/** Explains answers, one question at a time: a newer one calls the older ones off. */
export class ExplanationService {
  private readonly observed = new Observable<ExplanationState>({ isWorking: false });
  private readonly setsState = new Observable<readonly Dataset[]>([]);
  private readonly questions = new LatestWins();
  private asking: AbortController | undefined;

  constructor(
    private readonly shards: ShardRepository,
    private readonly client: MlClient,
    changes: Changes,
  ) {
    changes.subscribe(({ store }) => {
      if (store === 'datasets') void this.loadSets();
    });
  }

  get state(): Watched<ExplanationState> {
    return this.observed;
  }

  /** The sets on this device in which digits can be looked for, MNIST first. */
  get sets(): Watched<readonly Dataset[]> {
    return this.setsState;
  }

  /** Reads which sets there are. */
  async loadSets(): Promise<void> {
    const sets = await this.shards.listDatasets();
    const sorted = sets.toSorted((a, b) => Number(b.name === MNIST) - Number(a.name === MNIST));
    // Told only where something changed: whoever watches asks anew.
    if (JSON.stringify(sorted) !== JSON.stringify(this.setsState.value)) this.setsState.value = sorted;
  }

  /** Finds an explanation; `state` tells how it goes. What was asked before is called off. */
  async ask(question: Question): Promise<void> {
    this.asking?.abort('cancel');
    const asking = new AbortController();
    this.asking = asking;
    const patch = (next: Partial<ExplanationState>) => {
      if (this.asking === asking) this.observed.value = { ...this.rest(), ...next };
    };
    patch({ isWorking: true });
    try {
      const onShare = (share: number) => patch({ isWorking: true, share });
      const explained = await this.questions.run(() => this.explain(question, asking.signal, onShare));
      if (explained) patch({ isWorking: false, known: { question, explained } });
    } catch (error) {
      const record = toErrorRecord(error);
      patch({ isWorking: false, ...(record.code !== 'aborted' && { error: record }) });
    }
  }

  /** Calls off what is being found out. What is known stays. */
  cancel(): void {
    this.asking?.abort('cancel');
    this.asking = undefined;
    this.observed.value = { ...this.rest(), isWorking: false };
  }

  /** What stays from one state to the next: neither an old error nor an old progress. */
  private rest(): ExplanationState {
    const { known, isWorking } = this.observed.value;
    return known ? { known, isWorking } : { isWorking };
  }

  private async explain(
    question: Question,
    signal: AbortSignal,
    onShare: (share: number) => void,
  ): Promise<Explained> {
    const { view, digit, rival } = question;
    const asked = { versionId: question.versionId, pixels: question.pixels };
    const options = { signal, deadlineMs: DEADLINE_MS };
    switch (view) {
      case 'evidence': {
        const evidence = await this.client.call('weighEvidence', { ...asked, digit, rival }, options);
        return { view, evidence };
      }
      case 'layers':
        return { view, layers: await this.client.call('showLayers', asked, options) };
      case 'change':
        return { view, change: await this.client.call('findChange', { ...asked, target: rival }, options) };
      case 'alike': {
        const dataset = await this.chooseSet(question.dataset);
        if (dataset === undefined) return { view };
        const onEvent = ({ share }: { readonly share: number }) => onShare(share);
        const alike = await this.client.call('findAlike', { ...asked, dataset }, { ...options, onEvent });
        return { view, alike, dataset };
      }
    }
  }

  private async chooseSet(wanted: string | undefined): Promise<string | undefined> {
    await this.loadSets();
    const sets = this.setsState.value;
    return (sets.find(({ name }) => name === wanted) ?? sets[0])?.name;
  }
}
