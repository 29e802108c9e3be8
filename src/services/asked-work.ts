import { toErrorRecord, type ErrorRecord } from '../domain/errors';
import { Observable, type Watched } from './observable';

/** What is known of a work: at most one is under way, and the last answer stays until it is put away. */
export interface AskedState<Question, Answer> {
  /** What is being done, and how much of it, 0 … 1. */
  readonly work?: { readonly question: Question; readonly share: number; readonly startedAt: number };
  readonly done?: { readonly question: Question; readonly answer: Answer };
  readonly failure?: ErrorRecord;
}

type Ask<Question, Answer> = (
  question: Question,
  signal: AbortSignal,
  onShare: (share: number) => void,
) => Promise<Answer>;

/** A work of some seconds that somebody asks for: its progress, its answer, and a way to call it off. */
export class AskedWork<Question, Answer> {
  private readonly observed = new Observable<AskedState<Question, Answer>>({});
  private working: AbortController | undefined;

  constructor(private readonly ask: Ask<Question, Answer>) {}

  get state(): Watched<AskedState<Question, Answer>> {
    return this.observed;
  }

  /** Starts anew, in place of what is under way; `state` tells how it goes. */
  async start(question: Question): Promise<void> {
    this.cancel();
    const working = new AbortController();
    this.working = working;
    const startedAt = performance.now();
    const { done } = this.observed.value;
    const keep = done ? { done } : {};
    const tell = (state: AskedState<Question, Answer>) => {
      if (this.working === working) this.observed.value = state;
    };
    tell({ ...keep, work: { question, share: 0, startedAt } });
    try {
      const onShare = (share: number) => tell({ ...keep, work: { question, share, startedAt } });
      tell({ done: { question, answer: await this.ask(question, working.signal, onShare) } });
    } catch (error) {
      const failure = toErrorRecord(error);
      tell(failure.code === 'aborted' ? keep : { ...keep, failure });
    }
  }

  /** Calls off what is under way. The last answer stays. */
  cancel(): void {
    this.working?.abort('cancel');
  }

  /** Puts the last failure away. */
  clearFailure(): void {
    const { failure: _, ...rest } = this.observed.value;
    this.observed.value = rest;
  }
}
