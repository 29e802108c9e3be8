import { IMPORT_LIMITS } from '../../src/domain/import-limits';
import { ImportTally, type ImportedSample, type SampleSink } from '../../src/domain/import-report';
import { Pace, type WorkOptions } from '../../src/platform/pace';
import { unpackedBytes, type ReadableFile } from '../../src/platform/unpacked-bytes';

/** A file that somebody chose, or an entry of an archive made into one. Its name is text only. */
export type TableFile = ReadableFile & Pick<File, 'name'>;

/** What the files of one import share: where samples go, what became of them, how far it is. */
export class ImportRun {
  readonly tally = new ImportTally();
  private readonly budget = { bytesLeft: IMPORT_LIMITS.totalBytes };
  private readonly pace: Pace;
  private readonly totalBytes: number;
  private finishedBytes = 0;

  constructor(
    private readonly files: readonly TableFile[],
    private readonly sink: SampleSink,
    options: WorkOptions,
  ) {
    this.pace = new Pace(options);
    this.totalBytes = files.reduce((sum, { size }) => sum + size, 0);
  }

  /** The unpacked bytes of a file, in pieces. Throws as `unpackedBytes` does, and `aborted`. */
  async *read(file: TableFile): AsyncGenerator<{ bytes: Uint8Array<ArrayBuffer>; readShare: number }> {
    for await (const piece of unpackedBytes(file, this.budget)) {
      await this.step(0);
      yield piece;
    }
  }

  /** Hands a sample to the sink; `done` is how many bytes of the present files that was. Throws `aborted`. */
  async take(sample: ImportedSample, name: string, done: number): Promise<void> {
    await this.tally.take(this.sink, sample, name);
    await this.step(done);
  }

  /** One row of a file was not good. Throws `aborted`. */
  async rejectRow(name: string, done: number): Promise<void> {
    this.tally.reject('ROW_INVALID', name);
    await this.step(done);
  }

  /** All of these files has been taken. */
  finish(...files: readonly TableFile[]): void {
    this.finishedBytes += files.reduce((sum, { size }) => sum + size, 0);
  }

  /** The name of a part of a file; the file's own is only needed where there are several. */
  nameOf(part: string, file: TableFile): string {
    return this.files.length === 1 ? part : `${file.name}, ${part}`;
  }

  private async step(done: number): Promise<void> {
    await this.pace.step((this.finishedBytes + done) / this.totalBytes);
  }
}
