import { html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import '../components/digit-boxes';
import '../components/digit-canvas';
import type { StrokeEventDetail } from '../components/digit-canvas';
import '../components/error-desk';
import '../components/ink-icon';
import '../components/model-picker';
import '../components/pixel-view';
import '../components/number-answer';
import '../components/probability-bars';
import '../components/reading-steps';
import { baseStyles, buttonStyles, chipStyles, pageStyles } from '../components/shared-styles';
import { CORRECTED } from '../domain/dataset';
import { toErrorRecord, type ErrorRecord } from '../domain/errors';
import { record, redo, startHistory, undo, type History } from '../domain/history';
import type { ModelVersionId } from '../domain/ids';
import { ENGINE_TITLES } from '../domain/engine';
import { CLASS_COUNT } from '../domain/sample';
import type { FoundDigits } from '../domain/segment-digits';
import type { Stroke } from '../domain/strokes';
import type { CollectionService } from '../services/collection-service';
import type { ExplanationService } from '../services/explanation-service';
import type { ModelService } from '../services/model-service';
import type { NoticeService } from '../services/notice-service';
import type { OpenedFileService } from '../services/opened-file-service';
import type { PictureReading, Recognition, RecognitionService } from '../services/recognition-service';
import type { TeachingService } from '../services/teaching-service';
import { wordNumber, wordRecognition } from './answer-words';
import { drawPageStyles } from './draw-page-styles';
import './explain-desk';
import { modelOptions } from './model-options';
import { pictureFrom } from './picture-from';
import './teach-desk';
import { watch } from './watch';

/** What lies on the pad: strokes, or a picture in their place. */
interface PadContent {
  readonly strokes: readonly Stroke[];
  readonly picture?: PictureReading;
}

const DIGITS = Array.from({ length: CLASS_COUNT }, (_, digit) => digit);
const BLANK: PadContent = { strokes: [] };

/** The name under which the time from a movement of the pen to its answer is measured. */
const ANSWER_MEASURE = 'stroke to answer';

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

  @state() private history: History<PadContent> = startHistory(BLANK);
  @state() private penWidth: number = PENS[1].width;
  @state() private found: FoundDigits | undefined;
  @state() private answers: readonly Recognition[] = [];
  /** The digit, of several, that bars, pixels and correction are about. */
  @state() private chosen = 0;
  @state() private spoken = '';
  @state() private pictureError: ErrorRecord | undefined;
  @state() private isReadingPicture = false;
  @state() private isDropping = false;
  @state() private isNarrow = false;
  @query('input[type=file]') private fileInput!: HTMLInputElement;

  private liveStroke: Stroke = [];
  private get pixels(): Uint8Array<ArrayBuffer> | undefined {
    return this.found?.digits[this.chosen]?.pixels;
  }
  private get answer(): Recognition | undefined {
    return this.answers[this.chosen];
  }
  /** When the oldest movement of the pen came that has no answer yet. */
  private movedAt: number | undefined;
  private readonly narrow = matchMedia('(max-width: 720px)');

  constructor() {
    super();
    watch(
      this,
      () => [this.recognition.readiness, this.models.catalogue, this.opened.picture],
      () => {
        this.recognizeWhenReady();
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
      ${this.renderHead()} ${this.renderErrors()}
      <div
        class="board ${this.isDropping ? 'dropping' : ''}"
        @dragover=${this.onDragOver}
        @dragleave=${() => (this.isDropping = false)}
        @drop=${this.onDrop}
      >
        <div class="left">${this.renderPad()} ${this.renderTools()}</div>
        <div class="right">
          ${this.renderAnswer()}
          <probability-bars
            .probabilities=${this.answer?.prediction.probabilities}
            .upright=${this.isNarrow}
          ></probability-bars>
          ${this.renderCorrection()}
          <explain-desk
            .explanation=${this.explanation}
            .versionId=${this.models.catalogue.value.champion}
            .answer=${this.answer}
            .theme=${this.theme}
          ></explain-desk>
          ${this.renderSeen()} ${this.renderSteps()}
        </div>
      </div>
      <p class="visually-hidden" role="status">${this.spoken}</p>
    `;
  }

  private renderHead() {
    const { value: catalogue } = this.models.catalogue;
    return html`
      <header class="head">
        <div>
          <h1>Draw</h1>
          <p>
            Write a digit, or several. The model answers while you draw.
            <a href="#/about">How good it is</a>
          </p>
        </div>
        <div class="side">
          <model-picker
            .options=${modelOptions(catalogue)}
            .chosen=${catalogue.champion}
            @choose=${(event: CustomEvent<ModelVersionId>) => this.models.chooseChampion(event.detail)}
          ></model-picker>
          ${
            this.answer
              ? html`
                  <span class="chip engine" title="The part of this device that computed the answer">
                    <ink-icon name="engine"></ink-icon>
                    ${ENGINE_TITLES[this.answer.engine]}
                  </span>
                `
              : ''
          }
        </div>
      </header>
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
    const { strokes, picture } = this.history.present;
    const isOne = picture?.found.digits.length === 1;
    return html`
      <digit-boxes .found=${this.answers.length > 1 ? this.found : undefined} .chosen=${this.chosen}>
        <digit-canvas
          .strokes=${strokes}
          .picture=${isOne ? picture.pixels : undefined}
          .sheet=${isOne ? undefined : picture?.steps.ink}
          .penWidth=${this.penWidth}
          .theme=${this.theme}
          @stroke-change=${({ detail }: CustomEvent<StrokeEventDetail>) => this.onStrokeChange(detail.stroke)}
          @stroke-end=${({ detail }: CustomEvent<StrokeEventDetail>) => this.onStrokeEnd(detail.stroke)}
          @stroke-cancel=${() => this.onStrokeChange([])}
          @undo=${() => this.changeHistory(undo)}
          @redo=${() => this.changeHistory(redo)}
          @clear=${this.clear}
        ></digit-canvas>
      </digit-boxes>
    `;
  }

  private renderTools() {
    const { past, future, present } = this.history;
    return html`
      <div class="tools">
        <button title="Undo" ?disabled=${past.length === 0} @click=${() => this.changeHistory(undo)}>
          <ink-icon name="undo"></ink-icon>
          <span class="word">Undo</span>
        </button>
        <button
          aria-label="Redo"
          title="Redo"
          ?disabled=${future.length === 0}
          @click=${() => this.changeHistory(redo)}
        >
          <ink-icon name="redo"></ink-icon>
        </button>
        <button title="Clear" ?disabled=${isBlank(present)} @click=${this.clear}>
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

  private renderAnswer() {
    if (this.answers.length > 1) return this.renderNumber();
    const words = this.answer && wordRecognition(this.answer);
    const timing = this.answer ? `${words?.shares}. ${Math.round(this.answer.answerMs)} ms` : '';
    return html`
      <div class="answer">
        <span class="digit ${words ? '' : 'none'}" aria-hidden="true">${words?.digit ?? '–'}</span>
        <div>
          <p class="statement">${words?.statement ?? this.waitingWords()}</p>
          <p class="shares figures">${timing}</p>
          ${this.renderTouching()}
        </div>
      </div>
    `;
  }

  private renderNumber() {
    const words = wordNumber(this.answers);
    const slowest = Math.max(...this.answers.map(({ answerMs }) => answerMs));
    return html`
      <div class="answer several">
        <number-answer
          .answers=${this.answers}
          .chosen=${this.chosen}
          @choose=${({ detail }: CustomEvent<number>) => (this.chosen = detail)}
        ></number-answer>
        <div>
          <p class="statement">${words.statement}</p>
          <p class="shares figures">${words.shares}. ${Math.round(slowest)} ms</p>
          ${this.renderTouching()}
        </div>
      </div>
    `;
  }

  private renderTouching() {
    if (this.answers.length === 0 || !this.found?.digits.some(({ isTouching }) => isTouching)) return '';
    return html`
      <p class="hint touching">Two digits may touch here. Leave a gap between them.</p>
    `;
  }

  private renderSteps() {
    const { picture } = this.history.present;
    if (!picture) return '';
    return html`
      <reading-steps
        .steps=${picture.steps}
        .isNumber=${picture.found.digits.length > 1}
        .theme=${this.theme}
      ></reading-steps>
    `;
  }

  private waitingWords(): string {
    const { state } = this.recognition.readiness.value;
    if (state === 'loading') return 'Getting the model ready. You can draw already.';
    if (state === 'failed') return 'There is no model to answer.';
    return 'Write one digit.';
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
                ?disabled=${!this.answer}
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

  private renderSeen() {
    return html`
      <section class="seen" aria-label="What the network sees">
        <pixel-view
          .pixels=${this.pixels}
          .theme=${this.theme}
          label=${this.pixels ? 'Your digit as 28 by 28 pixels' : 'Nothing drawn yet'}
        ></pixel-view>
        <div>
          <h2>What the network sees</h2>
          <p class="hint">
            28 × 28 pixels: the digit is scaled to 20 pixels and centred, the way the training images are. The
            network gets it light on dark.
          </p>
        </div>
      </section>
    `;
  }

  protected override firstUpdated(_changes: PropertyValues<this>): void {
    this.recognizeWhenReady();
  }

  private onStrokeChange(stroke: Stroke): void {
    this.liveStroke = stroke;
    this.movedAt ??= performance.now();
    // The browser tells of moves once a frame, and questions that are overtaken are dropped.
    void this.recognize();
  }

  private onStrokeEnd(stroke: Stroke): void {
    this.liveStroke = [];
    this.changeHistory((history) => record(history, { strokes: [...history.present.strokes, stroke] }));
  }

  private clear(): void {
    if (!isBlank(this.history.present)) this.changeHistory((history) => record(history, BLANK));
  }

  private changeHistory(change: (history: History<PadContent>) => History<PadContent>): void {
    this.history = change(this.history);
    this.pictureError = undefined;
    void this.recognize().then(() => this.speak());
  }

  private recognizeWhenReady(): void {
    if (this.recognition.readiness.value.state === 'ready') void this.recognize();
  }

  private async recognize(): Promise<void> {
    const { strokes, picture } = this.history.present;
    const all = this.liveStroke.length > 0 ? [...strokes, this.liveStroke] : strokes;
    const found = picture && all.length === 0 ? picture.found : this.recognition.findDigits(all);
    this.found = found;
    this.chosen = Math.min(this.chosen, Math.max(0, found.digits.length - 1));
    if (found.digits.length === 0) {
      this.answers = [];
      this.movedAt = undefined;
      return;
    }
    if (this.recognition.readiness.value.state !== 'ready') return;
    const answers = await this.recognition.recognize(found.digits.map(({ pixels }) => pixels));
    // The pad may have been cleared in the meantime.
    if (!answers || this.found.digits.length === 0) return;
    this.answers = answers;
    this.chosen = Math.min(this.chosen, answers.length - 1);
    await this.updateComplete;
    this.measureAnswer();
  }

  /** Tells whoever measures (`npm run bench:app`) how long a person waited; only the last one is kept. */
  private measureAnswer(): void {
    if (this.movedAt === undefined) return;
    performance.clearMeasures(ANSWER_MEASURE);
    performance.measure(ANSWER_MEASURE, { start: this.movedAt });
    this.movedAt = undefined;
  }

  private async correct(digit: number): Promise<void> {
    if (!this.pixels) return;
    try {
      const kept = await this.collection.keep(CORRECTED, this.pixels, digit);
      this.notices.showUndoable(`Kept as a ${digit}.`, () => void this.collection.takeBack(kept));
    } catch (error) {
      this.notices.fail(error);
    }
  }

  private speak(): void {
    this.spoken = this.answer ? this.wordAnswers().statement : '';
  }

  private wordAnswers() {
    const [first, ...others] = this.answers;
    return first && others.length === 0 ? wordRecognition(first) : wordNumber(this.answers);
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
      const picture = await this.recognition.readPicture(pictureFrom(file));
      this.changeHistory((history) => record(history, { strokes: [], picture }));
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

function isBlank({ strokes, picture }: PadContent): boolean {
  return strokes.length === 0 && !picture;
}

declare global {
  interface HTMLElementTagNameMap {
    'draw-page': DrawPage;
  }
}
