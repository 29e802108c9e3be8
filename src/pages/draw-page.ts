import { html, LitElement } from '../i18n/lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import '../components/digit-boxes';
import '../components/digit-canvas';
import type { StrokeEventDetail } from '../components/digit-canvas';
import '../components/error-desk';
import '../components/ink-icon';
import '../components/probability-bars';
import { baseStyles, buttonStyles, chipStyles, pageStyles } from '../components/shared-styles';
import { CORRECTED } from '../domain/dataset';
import { toErrorRecord, type ErrorRecord } from '../domain/errors';
import { CLASS_COUNT } from '../domain/sample';
import type { CollectionService } from '../services/collection-service';
import type { ExplanationService } from '../services/explanation-service';
import type { ModelService } from '../services/model-service';
import type { NoticeService } from '../services/notice-service';
import type { OpenedFileService } from '../services/opened-file-service';
import type { RecognitionService } from '../services/recognition-service';
import type { TeachingService } from '../services/teaching-service';
import { drawPageStyles } from './draw-page-styles';
import { renderAnswer, renderHead, renderSeen, renderSteps, wordAnswers } from './draw-parts';
import './explain-desk';
import { PadReader } from './pad-reader';
import { pictureFrom } from './picture-from';
import './teach-desk';
import { watch } from './watch';

const DIGITS = Array.from({ length: CLASS_COUNT }, (_, digit) => digit);

/** The pens, by their width in squares. */
const PENS = [
  { title: 'Fine', width: 1.4 },
  { title: 'Pen', width: 2 },
  { title: 'Broad', width: 2.8 },
] as const;

/** Draw: write one digit, and the model answers while you draw. */
@customElement('draw-page')
export class DrawPage extends LitElement {
  static override styles = [baseStyles, buttonStyles, chipStyles, pageStyles, drawPageStyles];

  @property({ attribute: false }) recognition!: RecognitionService;
  @property({ attribute: false }) models!: ModelService;
  @property({ attribute: false }) collection!: CollectionService;
  @property({ attribute: false }) teaching!: TeachingService;
  @property({ attribute: false }) explanation!: ExplanationService;
  @property({ attribute: false }) notices!: NoticeService;
  @property({ attribute: false }) opened!: OpenedFileService;
  @property() theme = '';

  @state() private penWidth: number = PENS[1].width;
  @state() private spoken = '';
  @state() private pictureError: ErrorRecord | undefined;
  @state() private isReadingPicture = false;
  @state() private isDropping = false;
  @state() private isNarrow = false;
  @query('input[type=file]') private fileInput!: HTMLInputElement;

  private readonly pad = new PadReader(
    this,
    () => this.recognition,
    () => (this.spoken = wordAnswers(this.pad)),
  );
  private readonly narrow = matchMedia('(max-width: 720px)');

  constructor() {
    super();
    watch(
      this,
      () => [this.recognition.readiness, this.models.catalogue, this.opened.picture],
      () => {
        this.readWhenReady();
        this.readOpened();
      },
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.onWidthChange();
    this.narrow.addEventListener('change', this.onWidthChange);
    window.addEventListener('paste', this.onPaste);
    this.readOpened();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.narrow.removeEventListener('change', this.onWidthChange);
    window.removeEventListener('paste', this.onPaste);
  }

  override render() {
    return html`
      ${renderHead(this.models, this.pad.answer)} ${this.renderErrors()}
      <div
        class="board ${this.isDropping ? 'dropping' : ''}"
        @dragover=${this.onDragOver}
        @dragleave=${() => (this.isDropping = false)}
        @drop=${this.onDrop}
      >
        <div class="left">${this.renderPad()} ${this.renderTools()}</div>
        <div class="right">
          ${renderAnswer(this.pad, this.recognition)}
          <probability-bars
            .probabilities=${this.pad.answer?.prediction.probabilities}
            .upright=${this.isNarrow}
          ></probability-bars>
          ${this.renderCorrection()}
          <explain-desk
            .explanation=${this.explanation}
            .versionId=${this.models.catalogue.value.champion}
            .answer=${this.pad.answer}
            .theme=${this.theme}
          ></explain-desk>
          ${renderSeen(this.pad.pixels, this.theme)} ${renderSteps(this.pad.content.picture, this.theme)}
        </div>
      </div>
      <p class="visually-hidden" role="status">${this.spoken}</p>
    `;
  }

  private renderErrors() {
    const readiness = this.recognition.readiness.value;
    return html`
      <error-desk .error=${this.pictureError} @dismiss=${() => (this.pictureError = undefined)}></error-desk>
      <error-desk
        .error=${readiness.state === 'failed' ? readiness.error : undefined}
        ?hidden=${readiness.state !== 'failed'}
      >
        <button @click=${() => this.recognition.prepare(this.models.catalogue.value.champion)}>
          Load the model again
        </button>
      </error-desk>
    `;
  }

  private renderPad() {
    const { content, found, answers, chosen } = this.pad;
    const { strokes, picture } = content;
    const isOne = picture?.found.digits.length === 1;
    return html`
      <digit-boxes .found=${answers.length > 1 ? found : undefined} .chosen=${chosen}>
        <digit-canvas
          .strokes=${strokes}
          .picture=${isOne ? picture.pixels : undefined}
          .sheet=${isOne ? undefined : picture?.steps.ink}
          .penWidth=${this.penWidth}
          .theme=${this.theme}
          @stroke-change=${({ detail }: CustomEvent<StrokeEventDetail>) => this.pad.moveStroke(detail.stroke)}
          @stroke-end=${({ detail }: CustomEvent<StrokeEventDetail>) => this.endStroke(detail)}
          @stroke-cancel=${() => this.pad.moveStroke([])}
          @undo=${this.undo}
          @redo=${this.redo}
          @clear=${this.clear}
        ></digit-canvas>
      </digit-boxes>
    `;
  }

  private renderTools() {
    const { canUndo, canRedo, isBlank } = this.pad;
    return html`
      <div class="tools">
        <button title="Undo" ?disabled=${!canUndo} @click=${this.undo}>
          <ink-icon name="undo"></ink-icon>
          <span class="word">Undo</span>
        </button>
        <button aria-label="Redo" title="Redo" ?disabled=${!canRedo} @click=${this.redo}>
          <ink-icon name="redo"></ink-icon>
        </button>
        <button title="Clear" ?disabled=${isBlank} @click=${this.clear}>
          <ink-icon name="clear"></ink-icon>
          <span class="word">Clear</span>
        </button>
        <fieldset class="pens">
          <legend class="visually-hidden">Width of the pen</legend>
          ${PENS.map(({ title, width }) => this.renderPen(title, width))}
        </fieldset>
      </div>
      <div class="tools picture">
        <button ?disabled=${this.isReadingPicture} @click=${() => this.pickPicture()}>
          <ink-icon name="picture"></ink-icon>
          ${this.isReadingPicture ? 'Reading…' : 'Open a picture'}
        </button>
        <button class="camera" ?disabled=${this.isReadingPicture} @click=${() => this.pickPicture('camera')}>
          <ink-icon name="camera"></ink-icon>
          Take a photo
        </button>
        <span class="hint mouse">or drop one here, or paste it</span>
        <input type="file" accept="image/*" hidden aria-hidden="true" tabindex="-1" @change=${this.onFile} />
      </div>
      <p class="hint keys">
        With the keyboard: Tab to the pad, arrows to move, Space to put the pen down and lift it, Escape to
        clear.
      </p>
    `;
  }

  private renderPen(title: string, width: number) {
    return html`
      <label>
        <input
          type="radio"
          name="pen"
          .checked=${this.penWidth === width}
          @change=${() => (this.penWidth = width)}
        />
        <span>${title}</span>
      </label>
    `;
  }

  private renderCorrection() {
    return html`
      <section class="correction" aria-label="Correct the answer">
        <p>
          Which digit is it?
          <span class="hint">Your answer is kept on this device, for training.</span>
        </p>
        <div class="meant" role="group" aria-label="It is a">
          ${DIGITS.map(
            (digit) => html`
              <button
                ?disabled=${!this.pad.answer}
                aria-label="It is a ${digit}"
                @click=${() => this.correct(digit)}
              >
                ${digit}
              </button>
            `,
          )}
        </div>
        <teach-desk
          .teaching=${this.teaching}
          .notices=${this.notices}
          .versionId=${this.models.catalogue.value.champion}
          .theme=${this.theme}
        ></teach-desk>
      </section>
    `;
  }

  protected override firstUpdated(): void {
    void import('./draw-terms');
    this.readWhenReady();
  }

  private readWhenReady(): void {
    if (this.recognition.readiness.value.state === 'ready') void this.pad.read();
  }

  // Whatever a person does next puts away what was wrong with the last picture.
  private endStroke({ stroke }: StrokeEventDetail): void {
    this.pictureError = undefined;
    this.pad.endStroke(stroke);
  }

  private undo(): void {
    this.pictureError = undefined;
    this.pad.undo();
  }

  private redo(): void {
    this.pictureError = undefined;
    this.pad.redo();
  }

  private clear(): void {
    this.pictureError = undefined;
    this.pad.clear();
  }

  private async correct(digit: number): Promise<void> {
    const { pixels } = this.pad;
    if (!pixels) return;
    try {
      const kept = await this.collection.keep(CORRECTED, pixels, digit);
      this.notices.showUndoable(`Kept as a ${digit}.`, () => void this.collection.takeBack(kept));
    } catch (error) {
      this.notices.fail(error);
    }
  }

  /** A picture that the system opened with the app. */
  private readOpened(): void {
    const file = this.opened.takePicture();
    if (file) void this.openPicture(file);
  }

  private async openPicture(file: Blob | undefined): Promise<void> {
    this.pictureError = undefined;
    this.isReadingPicture = true;
    try {
      this.pad.showPicture(await this.recognition.readPicture(pictureFrom(file)));
    } catch (error) {
      this.pictureError = toErrorRecord(error);
    } finally {
      this.isReadingPicture = false;
    }
  }

  private onFile(): void {
    const file = this.fileInput.files?.[0];
    this.fileInput.value = '';
    if (file) void this.openPicture(file);
  }

  /** Phones open their camera for it; where there is none, they let a person choose a file all the same. */
  private pickPicture(from: 'files' | 'camera' = 'files'): void {
    if (from === 'camera') this.fileInput.setAttribute('capture', 'environment');
    else this.fileInput.removeAttribute('capture');
    this.fileInput.click();
  }

  private onDragOver(event: DragEvent): void {
    event.preventDefault();
    this.isDropping = true;
  }

  private onDrop(event: DragEvent): void {
    event.preventDefault();
    this.isDropping = false;
    void this.openPicture(event.dataTransfer?.files[0]);
  }

  private readonly onPaste = (event: ClipboardEvent): void => {
    event.preventDefault();
    void this.openPicture(event.clipboardData?.files[0]);
  };

  private readonly onWidthChange = (): void => {
    this.isNarrow = this.narrow.matches;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'draw-page': DrawPage;
  }
}
