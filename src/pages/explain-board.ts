import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import '../components/alike-tiles';
import '../components/change-view';
import '../components/error-desk';
import '../components/evidence-view';
import { withArticle } from '../components/article';
import '../components/layer-maps';
import '../components/progress-ruler';
import { renderSegments, segmentStyles, type Segment } from '../components/segments';
import { baseStyles, buttonStyles, fieldStyles } from '../components/shared-styles';
import type { ModelVersionId } from '../domain/ids';
import { rankDigits } from '../domain/prediction';
import { CLASS_COUNT } from '../domain/sample';
import type {
  Explained,
  ExplainedAnswer,
  ExplanationService,
  ExplanationState,
  ExplanationView,
  Question,
} from '../services/explanation-service';
import { explainBoardStyles } from './explain-board-styles';
import { watch } from './watch';

const VIEWS: readonly Segment<ExplanationView>[] = [
  { view: 'evidence', label: 'Evidence' },
  { view: 'layers', label: 'Layers' },
  { view: 'alike', label: 'Alike' },
  { view: 'change', label: 'What if' },
];
const DIGITS = Array.from({ length: CLASS_COUNT }, (_, digit) => digit);

/** What is behind "Why a 4?": four ways to look into the answer. It asks anew when anything changes. */
@customElement('explain-board')
export class ExplainBoard extends LitElement {
  static override styles = [baseStyles, buttonStyles, fieldStyles, segmentStyles, explainBoardStyles];

  @property({ attribute: false }) explanation!: ExplanationService;
  /** The model that answers. */
  @property({ attribute: false }) versionId!: ModelVersionId;
  /** The answer to explain; undefined while there is none. */
  @property({ attribute: false }) answer: ExplainedAnswer | undefined;
  /** Changes when the colours do. */
  @property() theme = '';

  @state() private view: ExplanationView = 'evidence';
  /** The digit to hold the answer against; undefined for the second likeliest. */
  @state() private chosenRival: number | undefined;
  @state() private chosenSet: string | undefined;

  /** The sets that there were when somebody asked: another one is another question. */
  private setsAsked: unknown;

  constructor() {
    super();
    watch(this, () => [this.explanation.state, this.explanation.sets]);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.explanation.cancel();
  }

  override render() {
    if (!this.answer) {
      return html`
        <p class="hint">Write a digit first.</p>
      `;
    }
    return html`
      <div class="bar">
        ${renderSegments('Explain by', VIEWS, this.view, (view) => (this.view = view))} ${this.renderChoice()}
      </div>
      ${this.renderState(this.explanation.state.value, this.answer)}
    `;
  }

  protected override updated(changes: PropertyValues): void {
    const isAsked = ['answer', 'versionId', 'view', 'chosenRival', 'chosenSet'].some((name) =>
      changes.has(name),
    );
    const isOverSets = this.view === 'alike' && this.setsAsked !== this.explanation.sets.value;
    if (isAsked || isOverSets) this.ask();
  }

  private ask(): void {
    const { answer, view, versionId, chosenSet } = this;
    if (!answer) return this.explanation.cancel();
    this.setsAsked = this.explanation.sets.value;
    const { pixels, prediction } = answer;
    const question: Question = {
      view,
      versionId,
      pixels,
      digit: prediction.digit,
      rival: this.rivalOf(answer),
    };
    void this.explanation.ask(chosenSet === undefined ? question : { ...question, dataset: chosenSet });
  }

  private rivalOf({ prediction }: ExplainedAnswer): number {
    const second = rankDigits(prediction)[1] ?? 0;
    const { chosenRival } = this;
    return chosenRival === undefined || chosenRival === prediction.digit ? second : chosenRival;
  }

  private renderChoice() {
    switch (this.view) {
      case 'evidence':
        return this.renderRival('and not');
      case 'change':
        return this.renderRival('What would make it');
      case 'alike':
        return this.renderSets();
      case 'layers':
        return nothing;
    }
  }

  private renderRival(label: string) {
    const { answer } = this;
    if (!answer) return nothing;
    const rival = this.rivalOf(answer);
    const choose = (event: Event) => (this.chosenRival = Number((event.target as HTMLSelectElement).value));
    return html`
      <label class="choice">
        <span>${label}</span>
        <select @change=${choose}>
          ${DIGITS.filter((digit) => digit !== answer.prediction.digit).map(
            (digit) => html`
              <option value=${digit} .selected=${digit === rival}>${withArticle(digit)}</option>
            `,
          )}
        </select>
      </label>
    `;
  }

  private renderSets() {
    const sets = this.explanation.sets.value;
    if (sets.length < 2) return nothing;
    const choose = (event: Event) => (this.chosenSet = (event.target as HTMLSelectElement).value);
    return html`
      <label class="choice">
        <span>Look in</span>
        <select @change=${choose}>
          ${sets.map(
            ({ name, title }) => html`
              <option value=${name} .selected=${name === this.chosenSet}>${title}</option>
            `,
          )}
        </select>
      </label>
    `;
  }

  private renderState({ known, isWorking, share, error }: ExplanationState, answer: ExplainedAnswer) {
    if (error) return this.renderError(error);
    // Until the next answer is there, the last one of the same view stays: no flicker while somebody draws.
    const shown = known?.question.view === this.view ? known : undefined;
    return html`
      <div class="view" aria-busy=${isWorking}>
        ${shown ? this.renderKnown(shown.explained, shown.question) : nothing}
        ${isWorking && (share !== undefined || !shown) ? this.renderWork(share, answer) : nothing}
      </div>
    `;
  }

  private renderKnown(explained: Explained, { pixels, digit }: Question): TemplateResult {
    const { theme } = this;
    switch (explained.view) {
      case 'evidence':
        return html`
          <evidence-view .evidence=${explained.evidence} .pixels=${pixels} .theme=${theme}></evidence-view>
        `;
      case 'layers':
        return html`
          <layer-maps .pictures=${explained.layers} .theme=${theme}></layer-maps>
        `;
      case 'change':
        return html`
          <change-view
            .change=${explained.change}
            .original=${pixels}
            .digit=${digit}
            .theme=${theme}
          ></change-view>
        `;
      case 'alike':
        return explained.alike ? this.renderAlike(explained.alike, digit) : renderNoSet();
    }
  }

  private renderAlike(alike: NonNullable<Extract<Explained, { view: 'alike' }>['alike']>, digit: number) {
    return html`
      <alike-tiles .alike=${alike} .digit=${digit} .theme=${this.theme}></alike-tiles>
    `;
  }

  private renderWork(share: number | undefined, { prediction }: ExplainedAnswer) {
    const words =
      this.view === 'alike'
        ? 'Taking the set through the network, once.'
        : `Looking into why it is ${withArticle(prediction.digit)}.`;
    return html`
      <div class="work">
        <p>${words}</p>
        <progress-ruler .share=${share} label=${words}></progress-ruler>
      </div>
    `;
  }

  private renderError(error: NonNullable<ExplanationState['error']>) {
    return html`
      <error-desk .error=${error} @dismiss=${() => this.explanation.cancel()}>
        <button @click=${() => this.ask()}>Try again</button>
      </error-desk>
    `;
  }
}

function renderNoSet(): TemplateResult {
  return html`
    <p>No set of digits is on this device yet, so there is nothing to compare with.</p>
    <p><a href="#/data">Get MNIST, or add digits of your own</a></p>
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'explain-board': ExplainBoard;
  }
}
