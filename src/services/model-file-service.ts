import { toErrorRecord, type ErrorRecord } from '../domain/errors';
import type { ModelVersionId } from '../domain/ids';
import type { ModelFormat } from '../domain/model-formats';
import type { MlClient } from '../ml-client/ml-client';
import { saveFile } from '../platform/save-file';
import { Observable, type Watched } from './observable';

/** The longest that reading or writing a model may take, in milliseconds. */
const DEADLINE_MS = 30_000;

/** What is being done with a file, and why the last thing failed. */
export interface ModelFileState {
  readonly isBusy: boolean;
  readonly failure?: ErrorRecord;
}

/** Models as files: hands them out, and takes them in. */
export class ModelFileService {
  private readonly observed = new Observable<ModelFileState>({ isBusy: false });

  constructor(
    private readonly client: MlClient,
    private readonly onKept: () => void,
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

  /** Hands a file to the browser's downloads. */
  save(fileName: string, content: Blob): void {
    saveFile(fileName, content);
  }

  /**
   * Reads a model from a file. Resolves to the version that it became, or to undefined where it was refused;
   * `state` says why. It does not answer until it is chosen.
   */
  async read(file: File): Promise<ModelVersionId | undefined> {
    const params = { file, fileName: file.name };
    const read = await this.work(() => this.client.call('importModel', params, { deadlineMs: DEADLINE_MS }));
    if (read) this.onKept();
    return read?.versionId;
  }

  /** Puts the last failure away. */
  clearFailure(): void {
    this.observed.value = { isBusy: this.observed.value.isBusy };
  }

  private async work<T>(task: () => Promise<T>): Promise<T | undefined> {
    this.observed.value = { isBusy: true };
    try {
      const result = await task();
      this.observed.value = { isBusy: false };
      return result;
    } catch (error) {
      this.observed.value = { isBusy: false, failure: toErrorRecord(error) };
      return undefined;
    }
  }
}
