import { AppError, toErrorRecord, type ErrorRecord } from '../domain/errors';
import type { ModelVersionId } from '../domain/ids';
import type { ModelFormat } from '../domain/model-formats';
import type { MlClient } from '../ml-client/ml-client';
import { saveFile } from '../platform/save-file';
import { Observable, type Watched } from './observable';

/** The longest that writing a model may take, or starting a worker that reads one, in milliseconds. */
const DEADLINE_MS = 30_000;
/** The longest that a model from outside may be read, in milliseconds. */
const READ_DEADLINE_MS = 10_000;
/** The longest silence while digits are packed: a large set is one piece of work for the browser's gzip. */
const FURTHER_DEADLINE_MS = 120_000;

/** What is being done with a file, and why the last thing failed. */
export interface ModelFileState {
  readonly isBusy: boolean;
  /** How far the archive is that takes a model further, 0 … 1; undefined where none is made. */
  readonly share?: number;
  readonly failure?: ErrorRecord;
}

/** Models as files: hands them out, and takes them in. */
export class ModelFileService {
  private writing: AbortController | undefined;
  private readonly observed = new Observable<ModelFileState>({ isBusy: false });

  constructor(
    private readonly client: MlClient,
    /** Starts a worker for one file of somebody else's: it is ended with the file, whatever that did to it. */
    private readonly openReader: () => MlClient,
    private readonly onKept: () => void,
    private readonly deadlines = { start: DEADLINE_MS, read: READ_DEADLINE_MS },
  ) {}

  get state(): Watched<ModelFileState> {
    return this.observed;
  }

  /** Writes a model as a file. Resolves to undefined where that failed; `state` says why. */
  async write(versionId: ModelVersionId, format: ModelFormat): Promise<Blob | undefined> {
    const written = await this.work(() =>
      this.client.call('exportModel', { versionId, format }, { deadlineMs: DEADLINE_MS }),
    );
    return written?.blob as Blob | undefined;
  }

  /**
   * Writes a model, a set where one is named, and a program that trains it elsewhere. Resolves to undefined where
   * that failed or was called off; `state` says why, and how far it is.
   */
  async takeFurther(versionId: ModelVersionId, title: string, dataset: string): Promise<Blob | undefined> {
    this.writing = new AbortController();
    const { signal } = this.writing;
    const question = { versionId, title, ...(dataset === '' ? {} : { dataset }) };
    const written = await this.work(() => {
      this.observed.value = { isBusy: true, share: 0 };
      return this.client.call('takeFurther', question, {
        signal,
        deadlineMs: FURTHER_DEADLINE_MS,
        onEvent: ({ share }) => (this.observed.value = { isBusy: true, share }),
      });
    });
    return written?.blob as Blob | undefined;
  }

  /** Calls off what `takeFurther` writes. */
  cancelFurther(): void {
    this.writing?.abort('cancel');
  }

  /** Hands a file to the browser's downloads. */
  save(fileName: string, content: Blob): void {
    saveFile(fileName, content);
  }

  /**
   * Reads a model from a file. Resolves to the version that it became, or to undefined where it was refused;
   * `state` says why. It does not answer until it is chosen.
   */
  async read(file: File): Promise<ModelVersionId | undefined> {
    const read = await this.work(() => this.readApart(file));
    if (read) this.onKept();
    return read?.versionId;
  }

  /** Puts the last failure away. */
  clearFailure(): void {
    this.observed.value = { isBusy: this.observed.value.isBusy };
  }

  private async readApart(file: File) {
    const reader = this.openReader();
    const params = { file, fileName: file.name };
    const { start, read } = this.deadlines;
    try {
      return await reader.call('importModel', params, { deadlineMs: start, deadlineAfter: () => read });
    } catch (error) {
      const isLost = error instanceof AppError && error.help.reason === 'WORKER_LOST';
      if (!isLost) throw error;
      // Not with the first paint: its words are for the few who meet them.
      const { refuseModel } = await import('../domain/refuse-model');
      throw refuseModel('MODEL_TIMEOUT', 'This file was not read in time.');
    } finally {
      reader.terminate();
    }
  }

  private async work<T>(task: () => Promise<T>): Promise<T | undefined> {
    this.observed.value = { isBusy: true };
    try {
      const result = await task();
      this.observed.value = { isBusy: false };
      return result;
    } catch (error) {
      const failure = toErrorRecord(error);
      this.observed.value = { isBusy: false, ...(failure.code === 'aborted' ? {} : { failure }) };
      return undefined;
    }
  }
}
