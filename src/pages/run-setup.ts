import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { MnistAvailability } from '../components/data-fields';
import type { LinkNotes } from '../components/link-notes';
import { VARIED_COUNT } from '../components/varied-digits';
import { sampleCount } from '../domain/dataset';
import type { DraftContext } from '../domain/draft-context';
import { findDraftErrors, type DraftErrors } from '../domain/draft-errors';
import { MNIST } from '../domain/mnist';
import type { RunConfig } from '../domain/run';
import { chooseDataset, hasOwnSettings, newDraft, toRunConfig, type RunDraft } from '../domain/run-draft';
import { holdLocked, type LessonLock } from '../domain/lesson-link';
import { readLink, writeLink } from '../domain/run-link';
import type { CatalogueService } from '../services/catalogue-service';
import type { DatasetService } from '../services/dataset-service';
import type { ModelService } from '../services/model-service';
import type { NoticeService } from '../services/notice-service';
import { keepLesson, keptLesson } from './kept-lesson';
import { linkAddress, readDraftFlags, readLessonFlag, readLinkFlag } from './run-flags';

/** What the setup of a run asks. */
export interface SetupServices {
  readonly datasets: DatasetService;
  readonly catalogue: CatalogueService;
  readonly models: ModelService;
  readonly notices: NoticeService;
}

/** The setup of the next run: what the form shows, what is wrong with it, and the links to it. */
export class RunSetup implements ReactiveController {
  draft: RunDraft = readDraftFlags(newDraft(), location.search);
  /** What a link filled in; undefined where none did. */
  notes: LinkNotes | undefined;
  /** What a lesson does not let be changed. */
  locks: ReadonlySet<LessonLock> = new Set();
  /** One's own settings are in view. */
  isOpen = false;
  /** Digits to show variations of; loaded when they come into view. */
  examples: Uint8Array<ArrayBuffer> | undefined;
  private hasMnistExamples = false;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly services: () => SetupServices,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('hashchange', this.onRoute);
    void this.services().datasets.ensureLoaded();
    this.refresh();
    void this.openLink();
  }

  hostDisconnected(): void {
    window.removeEventListener('hashchange', this.onRoute);
  }

  get mnist(): MnistAvailability {
    const mnist = this.services().datasets.mnist.value;
    if (mnist.state === 'stored') return 'stored';
    return mnist.state === 'missing' && !mnist.isOffered ? 'absent' : 'offered';
  }

  /** What this device has. */
  get context(): DraftContext {
    const { datasets, catalogue, models } = this.services();
    const { shipped, versions } = models.catalogue.value;
    return {
      sets: catalogue.catalogue.value.sets.filter(
        (set) => set.name !== MNIST && sampleCount(set, 'train') > 0,
      ),
      versions: shipped ? [shipped, ...versions] : versions,
      isMnistAbsent: this.mnist === 'absent',
      ...(datasets.memoryBytes === undefined ? {} : { memoryBytes: datasets.memoryBytes }),
    };
  }

  get errors(): DraftErrors {
    return findDraftErrors(this.draft, this.context);
  }

  /** The run that the form asks for. */
  config(): RunConfig {
    return toRunConfig(this.draft, this.context);
  }

  change(draft: RunDraft): void {
    this.draft = holdLocked(draft, this.draft, this.locks);
    this.host.requestUpdate();
  }

  disclose(isOpen: boolean): void {
    this.isOpen = isOpen;
    this.refresh();
    this.host.requestUpdate();
  }

  /** Puts away what was said of a link, and takes the locks of a lesson off. */
  forgetLink(): void {
    this.notes = undefined;
    this.locks = new Set();
    keepLesson(undefined);
    if (readLessonFlag(location.hash)) history.replaceState(null, '', '#/train');
    this.host.requestUpdate();
  }

  /** Takes in what has become known of this device. */
  refresh(): void {
    this.leaveAbsentMnist();
    if (this.isOpen) void this.loadExamples();
  }

  /** Copies the address of this setup; where that is not allowed, it goes where it can be copied by hand. */
  async copyLink(): Promise<void> {
    const address = linkAddress(location.href, writeLink(this.draft, this.context));
    const { notices } = this.services();
    try {
      await navigator.clipboard.writeText(address);
      notices.show('The link to this setup is copied.');
    } catch (error) {
      if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
      history.replaceState(null, '', address);
      notices.show('This browser does not let a page copy: the link is in the address bar.');
    }
  }

  private readonly onRoute = (): void => void this.openLink();

  /** Fills the form from the address. It never starts a run. */
  private async openLink(): Promise<void> {
    // A lesson stays until it is unlocked, also where somebody has looked at another page meanwhile.
    const hash = readLinkFlag(location.hash) === undefined ? keptLesson() : location.hash;
    const written = readLinkFlag(hash);
    if (written === undefined) return;
    const lesson = readLessonFlag(hash);
    keepLesson(lesson && hash);
    const { datasets, catalogue, models } = this.services();
    // What cannot be loaded is not there: the link's notes then say so.
    await Promise.allSettled([datasets.ensureLoaded(), catalogue.load(), models.load()]);
    const { draft, problems } = readLink(written, this.context);
    this.draft = draft;
    this.locks = lesson?.locks ?? new Set();
    this.notes = lesson
      ? { problems: [...lesson.problems, ...problems], lesson: lesson.title }
      : { problems };
    this.disclose(hasOwnSettings(draft));
  }

  /** What cannot be had is not offered: without MNIST the form turns to generated digits. */
  private leaveAbsentMnist(): void {
    if (this.draft.dataset !== 'mnist' || this.mnist !== 'absent') return;
    this.draft = chooseDataset(this.draft, 'generated', []);
  }

  private async loadExamples(): Promise<void> {
    const isStored = this.mnist === 'stored';
    if (this.examples && this.hasMnistExamples === isStored) return;
    this.hasMnistExamples = isStored;
    this.examples = await this.services().datasets.loadExamples(VARIED_COUNT);
    this.host.requestUpdate();
  }
}
