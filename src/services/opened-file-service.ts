import { goalsOf, type FileGoal } from '../domain/opened-file';
import { takeSharedFiles, watchLaunches } from '../platform/opened-files';
import { Observable, type Watched } from './observable';

/** Files that the system handed to the app: what can be done with them waits for a yes. */
export interface OpenedFiles {
  readonly files: readonly File[];
  readonly goals: readonly FileGoal[];
}

/** What takes the files in, once somebody has said so. */
export interface FileTakers {
  readonly data: (files: readonly File[]) => void;
  readonly models: (file: File) => void;
  /** Goes to a page, given the part of its address from `#` on, where it is one of the app's. */
  readonly page: (hash: string) => void;
  /** Says what could not be taken. */
  readonly failure: (error: Error) => void;
}

/** Files that were opened with the app, or shared with it, from the system. Nothing is done with them unasked. */
export class OpenedFileService {
  private readonly observed = new Observable<OpenedFiles | undefined>(undefined);
  private readonly forDraw = new Observable<File | undefined>(undefined);

  constructor(private readonly takers: FileTakers) {}

  get opened(): Watched<OpenedFiles | undefined> {
    return this.observed;
  }

  /** A picture that Draw is to read. */
  get picture(): Watched<File | undefined> {
    return this.forDraw;
  }

  /** The picture that Draw is to read, if there is one; asked again, it is gone. */
  takePicture(): File | undefined {
    const file = this.forDraw.value;
    this.forDraw.value = undefined;
    return file;
  }

  /** Begins to listen, and takes what was shared while no page was open. */
  async begin(baseUrl: string): Promise<void> {
    watchLaunches(baseUrl, { onFiles: (files) => this.show(files), onAddress: this.takers.page });
    // Hardly any address says so.
    if (location.hash.includes('?shared=')) {
      const { takeShareFailure } = await import('./share-failure');
      this.takers.failure(takeShareFailure());
    }
    this.show(await takeSharedFiles(baseUrl));
  }

  /** Takes the files where somebody wants them. Draw reads one picture at a time: the others wait. */
  take(goal: FileGoal): void {
    const [first, ...others] = this.observed.value?.files ?? [];
    this.dismiss();
    if (!first) return;
    if (goal === 'data') this.takers.data([first, ...others]);
    if (goal === 'models') this.takers.models(first);
    if (goal === 'draw') {
      this.forDraw.value = first;
      this.show(others);
    }
  }

  /** Puts the files away. */
  dismiss(): void {
    this.observed.value = undefined;
  }

  private show(files: readonly File[]): void {
    if (files.length > 0) this.observed.value = { files, goals: goalsOf(files.map(({ name }) => name)) };
  }
}
