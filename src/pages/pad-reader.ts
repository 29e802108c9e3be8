import type { ReactiveControllerHost } from 'lit';
import { record, redo, startHistory, undo, type History } from '../domain/history';
import type { FoundDigits } from '../domain/segment-digits';
import type { Stroke } from '../domain/strokes';
import type { PictureReading, Recognition, RecognitionService } from '../services/recognition-service';

/** What lies on the pad: strokes, or a picture in their place. */
export interface PadContent {
  readonly strokes: readonly Stroke[];
  readonly picture?: PictureReading;
}

const BLANK: PadContent = { strokes: [] };

/** The name under which the time from a movement of the pen to its answer is measured. */
const ANSWER_MEASURE = 'stroke to answer';

/** The pad of Draw: what lies on it, how it came there, and how the model reads it. */
export class PadReader {
  /** The digits that were found on the pad. */
  found: FoundDigits | undefined;
  /** The model's answer to each of them. */
  answers: readonly Recognition[] = [];
  /** The digit, of several, that bars, pixels and correction are about. */
  chosen = 0;

  private history: History<PadContent> = startHistory(BLANK);
  private liveStroke: Stroke = [];
  /** When the oldest movement of the pen came that has no answer yet. */
  private movedAt: number | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    /** Asked when it is needed: a page gets its services after it was made. */
    private readonly recognition: () => RecognitionService,
    /** Called when the pad has changed for good and has been read. */
    private readonly onRead: () => void,
  ) {}

  get content(): PadContent {
    return this.history.present;
  }

  get isBlank(): boolean {
    const { strokes, picture } = this.content;
    return strokes.length === 0 && !picture;
  }

  get canUndo(): boolean {
    return this.history.past.length > 0;
  }

  get canRedo(): boolean {
    return this.history.future.length > 0;
  }

  /** The chosen digit, 28 × 28. */
  get pixels(): Uint8Array<ArrayBuffer> | undefined {
    return this.found?.digits[this.chosen]?.pixels;
  }

  /** The answer to the chosen digit. */
  get answer(): Recognition | undefined {
    return this.answers[this.chosen];
  }

  /** Looks at another of several digits. */
  choose(digit: number): void {
    this.chosen = digit;
    this.host.requestUpdate();
  }

  /** Reads a stroke that is being drawn. */
  moveStroke(stroke: Stroke): void {
    this.liveStroke = stroke;
    this.movedAt ??= performance.now();
    // The browser tells of moves once a frame, and questions that are overtaken are dropped.
    void this.read();
  }

  /** Keeps a stroke that has been drawn. */
  endStroke(stroke: Stroke): void {
    this.liveStroke = [];
    this.put({ strokes: [...this.content.strokes, stroke] });
  }

  /** Lays a picture on the pad, in the place of what was there. */
  showPicture(picture: PictureReading): void {
    this.put({ strokes: [], picture });
  }

  clear(): void {
    if (!this.isBlank) this.put(BLANK);
  }

  undo(): void {
    this.change(undo(this.history));
  }

  redo(): void {
    this.change(redo(this.history));
  }

  /** Reads the pad where the model can answer; else the model's readiness will ask again. */
  async read(): Promise<void> {
    const { strokes, picture } = this.content;
    const all = this.liveStroke.length > 0 ? [...strokes, this.liveStroke] : strokes;
    const found = picture && all.length === 0 ? picture.found : this.recognition().findDigits(all);
    this.found = found;
    this.chosen = Math.min(this.chosen, Math.max(0, found.digits.length - 1));
    this.host.requestUpdate();
    if (found.digits.length === 0) {
      this.answers = [];
      this.movedAt = undefined;
      return;
    }
    if (this.recognition().readiness.value.state !== 'ready') return;
    const answers = await this.recognition().recognize(found.digits.map(({ pixels }) => pixels));
    // The pad may have been cleared in the meantime.
    if (!answers || this.found.digits.length === 0) return;
    this.answers = answers;
    this.chosen = Math.min(this.chosen, answers.length - 1);
    this.host.requestUpdate();
    await this.host.updateComplete;
    this.measureAnswer();
  }

  private put(content: PadContent): void {
    this.change(record(this.history, content));
  }

  private change(history: History<PadContent>): void {
    this.history = history;
    void this.read().then(this.onRead);
  }

  /** Tells whoever measures (`npm run bench:app`) how long a person waited; only the last one is kept. */
  private measureAnswer(): void {
    if (this.movedAt === undefined) return;
    performance.clearMeasures(ANSWER_MEASURE);
    performance.measure(ANSWER_MEASURE, { start: this.movedAt });
    this.movedAt = undefined;
  }
}
