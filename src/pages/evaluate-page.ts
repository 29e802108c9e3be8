import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ChartFile } from '../components/chart-file';
import '../components/error-desk';
import '../components/estimate-figure';
import { formatCount } from '../components/format';
import '../components/progress-ruler';
import { renderSegments, segmentStyles, type Segment } from '../components/segments';
import { baseStyles, buttonStyles, fieldStyles, pageStyles, plateStyles } from '../components/shared-styles';
import type { Pair } from '../domain/confusion-matrix';
import { dataKey, type EvaluatedData } from '../domain/evaluation';
import { versionName, type ModelVersionId } from '../domain/ids';
import { MNIST } from '../domain/mnist';
import { rowsOfPair } from '../domain/readings';
import type { DoneEvaluation, EvaluationQuestion } from '../services/evaluation-service';
import type { Services } from '../services/services';
import { evaluatePageStyles } from './evaluate-page-styles';
import { confusedPairs, listRows, toReadImages, type ImageList } from './evaluated-images';
import './evaluated-image';
import { EvaluationCharts, renderDigitChoice } from './evaluation-charts';
import { renderFacts, renderFigures, renderMatrix, renderReport } from './evaluation-parts';
import { dataOptions, mayBeLearned, wordEvaluation, type DataOption } from './evaluation-words';
import { lastOf } from './last-of';
import { modelOptions } from './model-options';
import { wordMnist } from './run-words';
import './version-comparison';
import { watch } from './watch';

const LISTS: readonly Segment<ImageList>[] = [
  { view: 'hardest', label: 'Hardest' },
  { view: 'surest', label: 'Surest mistakes' },
  { view: 'suspects', label: 'Probable label errors' },
];

/** Images that are shown: those of a cell, or others with a name. */
interface Opened {
  readonly title: string;
  readonly rows: readonly number[];
  readonly pair?: Pair;
}

/** Evaluate: how well a model reads, everything in figures, and each figure one click from its images. */
@customElement('evaluate-page')
export class EvaluatePage extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    fieldStyles,
    plateStyles,
    pageStyles,
    segmentStyles,
    evaluatePageStyles,
  ];

  @property({ attribute: false }) services!: Services;
  /** Changes when the colours do. */
  @property() theme = '';

  /** The model that was chosen; the one that answers where nobody chose. */
  @state() private chosenVersion: ModelVersionId | undefined;
  @state() private chosenKey: string | undefined;
  @state() private opened: Opened | undefined;
  /** The image that is looked at. */
  @state() private row: number | undefined;
  @state() private digit = 0;
  @state() private list: ImageList = 'hardest';

  private readonly charts = new EvaluationCharts();
  private readonly imagesOf = lastOf(toReadImages);
  private readonly rowsOf = lastOf(listRows);
  private readonly listed = lastOf(toReadImages);
  private readonly pairsOf = lastOf(confusedPairs);
  private hasLooked = false;

  constructor() {
    super();
    watch(
      this,
      () => [
        this.services.evaluation.state,
        this.services.models.catalogue,
        this.services.catalogue.catalogue,
        this.services.datasets.mnist,
      ],
      () => this.lookOnce(),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { catalogue, datasets, evaluation } = this.services;
    this.addEventListener('save', this.onSave);
    void Promise.all([catalogue.load(), datasets.ensureLoaded(), evaluation.load()]).then(() => {
      this.hasLooked = false;
      this.lookOnce();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('save', this.onSave);
  }

  override render() {
    const { shown, work, failure, rival } = this.services.evaluation.state.value;
    return html`
      ${this.renderHead(shown)}
      <error-desk
        .error=${failure}
        ?hidden=${!failure}
        @dismiss=${() => this.services.evaluation.clearFailure()}
      ></error-desk>
      ${this.renderChoice(shown)} ${work ? this.renderWork() : nothing}
      ${shown ? this.renderShown(shown, rival) : work ? nothing : this.renderNothing()}
    `;
  }

  private renderHead(shown: DoneEvaluation | undefined) {
    return html`
      <header class="head">
        <div>
          <h1>Evaluate</h1>
          <p class="figures">
            ${
              shown
                ? wordEvaluation(shown.versionId, shown.data, shown.examined.readings.count)
                : 'How well a model reads, and where it fails.'
            }
          </p>
        </div>
      </header>
    `;
  }

  private renderChoice(shown: DoneEvaluation | undefined) {
    const models = modelOptions(this.services.models.catalogue.value);
    const data = this.data();
    const rival = this.services.evaluation.state.value.rival?.versionId;
    const others = models.filter(({ id }) => id !== shown?.versionId);
    return html`
      <section class="plate choice" aria-label="What is tested">
        <div class="field">
          <label for="model">Model</label>
          <select id="model" @change=${this.onModel}>
            ${models.map(
              ({ id, label }) => html`
                <option value=${id} ?selected=${id === this.version()}>${label}</option>
              `,
            )}
          </select>
        </div>
        <div class="field">
          <label for="data">Digits</label>
          <select id="data" @change=${this.onData}>
            ${this.options().map(
              ({ key, label }) => html`
                <option value=${key} ?selected=${key === dataKey(data)}>${label}</option>
              `,
            )}
          </select>
        </div>
        <div class="field">
          <label for="rival">Beside it</label>
          <select id="rival" ?disabled=${!shown || others.length === 0} @change=${this.onRival}>
            <option value="" ?selected=${rival === undefined}>No other model</option>
            ${others.map(
              ({ id, label }) => html`
                <option value=${id} ?selected=${id === rival}>${label}</option>
              `,
            )}
          </select>
        </div>
        <div class="buttons">${this.renderButton(shown)}</div>
        ${
          mayBeLearned(data)
            ? html`
                <p class="hint">
                  A model reads digits that it learned from better than others. To know how good it is, test
                  it with others.
                </p>
              `
            : nothing
        }
      </section>
    `;
  }

  private renderButton(shown: DoneEvaluation | undefined) {
    const isShown = shown?.versionId === this.version() && dataKey(shown.data) === dataKey(this.data());
    return html`
      <button
        class=${isShown ? '' : 'primary'}
        ?disabled=${this.isBusy()}
        @click=${() => this.test(this.question())}
      >
        ${isShown ? 'Test again' : `Test ${versionName(this.version())}`}
      </button>
    `;
  }

  private renderWork() {
    const { done, total, versionId } = this.services.evaluation.state.value.work!;
    const statement = `Testing ${versionName(versionId)}.`;
    return html`
      <section class="plate work" aria-label="Test">
        <div class="line">
          <p class="statement">
            ${statement}
            <span>
              ${total === 0 ? 'Getting the digits ready.' : `${formatCount(done)} of ${formatCount(total)} digits.`}
            </span>
          </p>
          <button @click=${() => this.services.evaluation.cancel()}>Cancel</button>
        </div>
        <progress-ruler .share=${total === 0 ? undefined : done / total} label=${statement}></progress-ruler>
      </section>
    `;
  }

  /** MNIST on its way, or what the first test will be. */
  private renderNothing() {
    const mnist = wordMnist(this.services.datasets.mnist.value);
    if (mnist) {
      return html`
        <section class="plate work" aria-label="MNIST">
          <div class="line">
            <p class="statement">
              ${mnist.statement}
              <span>${mnist.rest}</span>
            </p>
            <button @click=${() => this.services.datasets.cancelAcquire()}>Cancel</button>
          </div>
          <progress-ruler .share=${mnist.share} label=${mnist.statement}></progress-ruler>
        </section>
      `;
    }
    const hasOwn = this.services.models.catalogue.value.versions.length > 0;
    return html`
      <section class="plate" aria-label="Nothing tested yet">
        <h2>Nothing tested yet</h2>
        <p>
          ${hasOwn ? '' : 'Nothing was trained here yet, but the model that came with Inkling can be tested. '}
          Testing takes a few seconds.
        </p>
        <p ?hidden=${hasOwn}><a href="#/train">Train a model of your own</a></p>
      </section>
    `;
  }

  private renderShown(shown: DoneEvaluation, rival: DoneEvaluation | undefined) {
    const { evaluation } = shown.examined;
    const isStale = this.services.evaluation.state.value.work !== undefined;
    return html`
      ${renderFigures(evaluation, rival, isStale)} ${renderFacts(evaluation)}
      ${rival ? this.renderComparison(shown, rival) : nothing}
      <div class="board">
        <div class="beside">
          ${renderMatrix(evaluation, this.opened?.pair, (pair) => this.openPair(shown, pair))}
        </div>
        <div class="beside">${this.renderOpened(shown)} ${this.renderPairs(shown)}</div>
      </div>
      ${this.renderList(shown)}
      <div class="pair">
        ${this.charts.renderCalibration(evaluation, this.theme)}
        ${renderReport(evaluation, (text) => this.copy(text))}
      </div>
      <div class="pair">${this.charts.renderConfidence(evaluation, this.theme)}</div>
      <div class="between">
        <span>Curves of the digit</span>
        ${renderDigitChoice(this.digit, (digit) => (this.digit = digit))}
      </div>
      <div class="pair">${this.charts.renderRankings(evaluation, this.digit, this.theme)}</div>
    `;
  }

  private renderComparison(shown: DoneEvaluation, rival: DoneEvaluation) {
    // A test of other digits is on its way.
    if (dataKey(shown.data) !== dataKey(rival.data)) return nothing;
    return html`
      <version-comparison
        .shown=${shown}
        .rival=${rival}
        @show=${(event: CustomEvent<Opened>) => this.open(event.detail)}
      ></version-comparison>
    `;
  }

  private renderOpened(shown: DoneEvaluation) {
    if (!this.opened) {
      return html`
        <section class="plate" aria-label="Images">
          <h2>Images</h2>
          <p class="hint">Choose a cell of the matrix to see its images.</p>
        </section>
      `;
    }
    const { title, rows } = this.opened;
    const images = this.imagesOf(shown, rows);
    const count = rows.length === 1 ? '1 image' : `${formatCount(rows.length)} images`;
    return html`
      <read-images
        heading=${title}
        explanation=${rows.length === 0 ? 'No image.' : `${count}, the surest answers first.`}
        .images=${images}
        .chosen=${this.row}
        .theme=${this.theme}
        @choose=${(event: CustomEvent<number>) => this.look(event.detail)}
      ></read-images>
      ${this.rowIsIn(rows) ? this.renderRow(shown) : nothing}
    `;
  }

  private renderRow(shown: DoneEvaluation) {
    return html`
      <evaluated-image
        .shown=${shown}
        .row=${this.row!}
        .explanation=${this.services.explanation}
        .busy=${this.isBusy()}
        .theme=${this.theme}
        @relabel=${(event: CustomEvent<number>) => this.relabel(event.detail)}
        @keep=${() => this.keep(shown)}
        @close=${() => (this.row = undefined)}
      ></evaluated-image>
    `;
  }

  private renderPairs(shown: DoneEvaluation) {
    return html`
      <pair-table
        .pairs=${this.pairsOf(shown)}
        @open=${(event: CustomEvent<Pair>) => this.openPair(shown, event.detail)}
      ></pair-table>
    `;
  }

  private renderList(shown: DoneEvaluation) {
    const { rows, explanation } = this.rowsOf(shown, this.list);
    return html`
      <read-images
        heading="Worth a look"
        explanation=${explanation}
        .images=${this.listed(shown, rows)}
        .chosen=${this.row}
        .theme=${this.theme}
        @choose=${(event: CustomEvent<number>) => this.look(event.detail)}
      >
        <div slot="tools">${renderSegments('Show', LISTS, this.list, (list) => (this.list = list))}</div>
      </read-images>
      ${!this.rowIsIn(this.opened?.rows ?? []) && this.rowIsIn(rows) ? this.renderRow(shown) : nothing}
    `;
  }

  private rowIsIn(rows: readonly number[]): boolean {
    return this.row !== undefined && rows.includes(this.row);
  }

  private openPair(shown: DoneEvaluation, pair: Pair): void {
    const rows = rowsOfPair(shown.examined.readings, pair);
    this.open({ title: `${pair.label} read as ${pair.answer}`, rows, pair });
  }

  private open(opened: Opened): void {
    this.opened = opened;
    this.row = undefined;
    void this.bring('.board read-images');
  }

  private look(row: number): void {
    this.row = row === this.row ? undefined : row;
    void this.bring('evaluated-image');
  }

  /** On a phone, what was asked for may be below the fold. */
  private async bring(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector(selector)?.scrollIntoView({ block: 'nearest' });
  }

  private async relabel(label: number): Promise<void> {
    if (this.row === undefined) return;
    await this.services.evaluation.relabel(this.row, label);
    const { shown } = this.services.evaluation.state.value;
    const pair = this.opened?.pair;
    if (shown && pair) {
      this.opened = { ...this.opened!, rows: rowsOfPair(shown.examined.readings, pair) };
    }
    this.services.notices.show(`It is a ${label} now. All figures were counted again.`);
  }

  private async keep({ examined }: DoneEvaluation): Promise<void> {
    const row = this.row!;
    const label = examined.readings.labels[row]!;
    await this.services.collection.keep(
      'corrected',
      examined.pixels.slice(784 * row, 784 * (row + 1)),
      label,
    );
    this.services.notices.show(`Kept as a ${label} in Corrections.`);
  }

  private async copy(text: string): Promise<void> {
    await navigator.clipboard.writeText(text);
    this.services.notices.show('The report is on the clipboard.');
  }

  private readonly onSave = (event: Event): void => {
    const { name, content } = (event as CustomEvent<ChartFile>).detail;
    this.services.evaluation.save(name, content);
  };

  private async test(question: EvaluationQuestion): Promise<void> {
    const { data } = question;
    const needsMnist = data.kind === 'stored' && data.name === MNIST;
    if (needsMnist && !(await this.services.datasets.ensureMnist())) return;
    await this.services.evaluation.examine(question);
    this.opened = undefined;
    this.row = undefined;
  }

  /** What was tested before is shown again without being asked for. */
  private lookOnce(): void {
    const { evaluation, models, catalogue } = this.services;
    const { shown, work } = evaluation.state.value;
    if (this.hasLooked || shown || work) return;
    if (!models.catalogue.value.isLoaded || !catalogue.catalogue.value.isLoaded) return;
    if (!evaluation.isKnown(this.question())) return;
    this.hasLooked = true;
    void evaluation.examine(this.question());
  }

  private question(): EvaluationQuestion {
    return { versionId: this.version(), data: this.data() };
  }

  private version(): ModelVersionId {
    const shown = this.services.evaluation.state.value.shown?.versionId;
    return this.chosenVersion ?? shown ?? this.services.models.catalogue.value.champion;
  }

  private data(): EvaluatedData {
    const options = this.options();
    const { shown } = this.services.evaluation.state.value;
    const key = this.chosenKey ?? (shown && dataKey(shown.data));
    return (options.find((option) => option.key === key) ?? options[0]!).data;
  }

  private options(): readonly DataOption[] {
    return dataOptions(this.services.catalogue.catalogue.value.sets, this.services.datasets.mnist.value);
  }

  private isBusy(): boolean {
    const { state } = this.services.datasets.mnist.value;
    return this.services.evaluation.state.value.work !== undefined || state === 'fetching';
  }

  private onModel({ target }: Event): void {
    this.chosenVersion = Number((target as HTMLSelectElement).value) as ModelVersionId;
  }

  private onData({ target }: Event): void {
    this.chosenKey = (target as HTMLSelectElement).value;
  }

  private onRival({ target }: Event): void {
    const { value } = target as HTMLSelectElement;
    void this.services.evaluation.compareWith(value === '' ? undefined : (Number(value) as ModelVersionId));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'evaluate-page': EvaluatePage;
  }
}
