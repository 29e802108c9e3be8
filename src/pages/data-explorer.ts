import { html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ChartFile } from '../components/chart-file';
import '../components/class-bars';
import '../components/class-images';
import '../components/data-map';
import '../components/error-desk';
import { formatCount, formatDate } from '../components/format';
import '../components/pixel-view';
import '../components/progress-ruler';
import '../components/sample-grid';
import type { SampleTile } from '../components/sample-grid';
import { renderSegments, segmentStyles, type Segment } from '../components/segments';
import { baseStyles, buttonStyles, fieldStyles, plateStyles } from '../components/shared-styles';
import type { Dataset } from '../domain/dataset';
import { SAMPLE_SPLITS, SPLIT_TITLES, type SampleSplit } from '../domain/dataset-view';
import { CLASS_COUNT, imageAt } from '../domain/sample';
import { splitOf, type OpenSamples, type SampleService } from '../services/sample-service';
import { dataExplorerStyles } from './data-explorer-styles';
import { countBySplit, filterSamples, NO_FILTER, type SampleFilter } from './sample-filter';
import { watch } from './watch';
import { shownTitle } from './set-title';

const DIGITS = Array.from({ length: CLASS_COUNT }, (_, digit) => digit);
const DIGIT_SEGMENTS: readonly Segment<string>[] = [
  { view: 'all', label: 'All' },
  ...DIGITS.map((digit) => ({ view: String(digit), label: String(digit) })),
];

/** What is in a set: its digits, how many of each, what they look like together; and mending it. */
@customElement('data-explorer')
export class DataExplorer extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    fieldStyles,
    plateStyles,
    segmentStyles,
    dataExplorerStyles,
  ];

  @property({ attribute: false }) samples!: SampleService;
  @property({ attribute: false }) set!: Dataset;
  /** Changes when the colours do. */
  @property() theme = '';

  @state() private filter: SampleFilter = NO_FILTER;
  @state() private selection: ReadonlySet<number> = new Set();
  /** The number of the sample that is looked at. */
  @state() private opened: number | undefined;

  /** What was shown last, so that it is not found anew for each digit. */
  private shown: readonly number[] = [];
  private shownOf: readonly unknown[] = [];

  constructor() {
    super();
    watch(this, () => [this.samples.open]);
  }

  protected override willUpdate(changes: Map<string, unknown>): void {
    if (changes.has('set') && this.samples.open.value?.name !== this.set.name) {
      this.filter = NO_FILTER;
      this.selection = new Set();
      this.opened = undefined;
      void this.samples.openSet(this.set.name);
    }
    this.findShown();
  }

  override render() {
    const open = this.samples.open.value;
    const samples = open?.samples;
    return html`
      <error-desk .error=${open?.error} ?hidden=${!open?.error}></error-desk>
      <div class="board">
        <section class="plate digits" aria-label="Digits">
          ${this.renderHead(samples)} ${samples ? this.renderChoice(samples) : nothing}
          <progress-ruler
            .share=${open?.loaded}
            label="Reading the set"
            ?hidden=${open?.loaded === 1}
          ></progress-ruler>
          <sample-grid
            .count=${this.shown.length}
            .tileAt=${this.tileAt}
            .selection=${this.selection}
            .theme=${this.theme}
            label="Digits of the set"
            @selectionchange=${(event: CustomEvent<ReadonlySet<number>>) => (this.selection = event.detail)}
            @open=${(event: CustomEvent<number>) => (this.opened = this.shown[event.detail])}
          ></sample-grid>
        </section>
        <div class="side" @save=${this.onSave}>
          ${this.renderOpened(samples)}
          <class-bars
            fileName="inkling-digits-of-set"
            .series=${samples ? countBySplit(samples) : []}
            .theme=${this.theme}
          ></class-bars>
          <class-images
            fileName="inkling-average-digits-of-set"
            .classes=${open?.description?.statistics.classes ?? []}
            .theme=${this.theme}
          ></class-images>
          ${this.renderFacts()}
        </div>
      </div>
      ${this.renderMap(samples)}
    `;
  }

  private renderHead(samples: OpenSamples | undefined) {
    const { digit, split, only } = this.filter;
    return html`
      <header>
        <div>
          <h2><bdi>${shownTitle(this.set)}</bdi></h2>
          <p class="hint figures" role="status">
            ${samples ? `${formatCount(this.shown.length)} shown. Arrows move, Space chooses.` : 'Opening…'}
          </p>
        </div>
        <div class="filters">
          ${renderSegments('Digit', DIGIT_SEGMENTS, digit === undefined ? 'all' : String(digit), (view) =>
            this.narrow({ digit: view === 'all' ? undefined : Number(view) }),
          )}
          <select aria-label="Split" @change=${this.onSplit}>
            <option value="" ?selected=${split === undefined}>All splits</option>
            ${SAMPLE_SPLITS.map(
              (each) => html`
                <option value=${each} ?selected=${each === split}>${SPLIT_TITLES[each]}</option>
              `,
            )}
          </select>
          <select aria-label="Only" @change=${this.onOnly}>
            <option value="" ?selected=${only === undefined}>All digits</option>
            <option value="changed" ?selected=${only === 'changed'}>Relabelled</option>
            <option value="alike" ?selected=${only === 'alike'}>Look-alikes</option>
          </select>
        </div>
      </header>
    `;
  }

  private renderChoice(samples: OpenSamples) {
    const count = this.selection.size;
    const undo = this.samples.open.value?.canUndo
      ? html`
          <button @click=${() => this.samples.undo()}>Undo the last change</button>
        `
      : nothing;
    if (count === 0) {
      return html`
        <div class="choice">
          <span class="hint">Choose digits to give them another label or to delete them.</span>
          ${undo}
        </div>
      `;
    }
    const numbers = this.chosenNumbers();
    return html`
      <div class="choice">
        <span class="figures">${formatCount(count)} chosen. They are all a</span>
        <span class="relabel" role="group" aria-label="Relabel as">
          ${DIGITS.map(
            (digit) => html`
              <button
                aria-label="Relabel as ${digit}"
                aria-pressed=${numbers.every((number) => samples.labels[number] === digit) ? 'true' : 'false'}
                @click=${() => this.change(() => this.samples.relabel(numbers, digit))}
              >
                ${digit}
              </button>
            `,
          )}
        </span>
        <button @click=${() => this.change(() => this.samples.remove(numbers))}>Delete</button>
        <button class="quiet" @click=${() => (this.selection = new Set())}>Choose none</button>
        ${undo}
      </div>
    `;
  }

  private renderOpened(samples: OpenSamples | undefined) {
    if (!samples || this.opened === undefined) return nothing;
    const number = this.opened;
    return html`
      <section class="plate opened" aria-label="Chosen digit">
        <pixel-view
          .pixels=${imageAt(samples.pixels, number)}
          .theme=${this.theme}
          label="A ${samples.labels[number]}, 28 by 28 pixels"
        ></pixel-view>
        <div>
          <h2>A ${samples.labels[number]}</h2>
          <dl class="figures">
            <dt>Number</dt>
            <dd>${formatCount(number + 1)}</dd>
            <dt>Used for</dt>
            <dd>${SPLIT_TITLES[splitOf(samples, number)]}</dd>
            ${
              samples.relabelled.has(number)
                ? html`
                    <dt>Label</dt>
                    <dd>changed here</dd>
                  `
                : nothing
            }
          </dl>
          <button class="quiet" @click=${() => (this.opened = undefined)}>Close</button>
        </div>
      </section>
    `;
  }

  private renderFacts() {
    const open = this.samples.open.value;
    const { description, duplicates, busy } = open ?? {};
    const ink = description?.statistics.ink;
    return html`
      <section class="plate" aria-label="More about the set">
        <div class="more">
          <button ?disabled=${!description || busy !== undefined} @click=${() => this.samples.showMap()}>
            ${busy === 'map' ? 'Laying out…' : 'Lay them out on a map'}
          </button>
          <button ?disabled=${!description || busy !== undefined} @click=${this.findAlike}>
            ${busy === 'duplicates' ? 'Comparing…' : 'Find look-alikes'}
          </button>
        </div>
        <p class="hint figures" role="status">${duplicates ? wordDuplicates(duplicates) : ''}</p>
        ${
          ink
            ? html`
                <p class="hint figures">
                  A pixel holds ${(ink.mean * 100).toFixed(1)}% ink on average, give or take
                  ${(ink.deviation * 100).toFixed(1)}%.
                </p>
                <p class="hint">Here since ${formatDate(this.set.completedAt)}.</p>
                <p class="hint hash" title="SHA-256 over pixels and labels: the same data have the same">
                  Content: ${description.contentHash.train}
                </p>
              `
            : nothing
        }
      </section>
    `;
  }

  private renderMap(samples: OpenSamples | undefined) {
    const map = this.samples.open.value?.map;
    if (!map || !samples) return nothing;
    return html`
      <data-map
        heading="Digits on a map"
        explanation="Each point is a digit; those that resemble each other lie side by side. The two directions hold ${(
          map.share * 100
        ).toFixed(
          0,
        )}% of all difference (principal components). ${formatCount(map.points.length)} of ${formatCount(samples.count)} are shown."
        .points=${map.points}
        .tileAt=${(number: number) => toTile(samples, number)}
        .theme=${this.theme}
        @open=${(event: CustomEvent<number>) => (this.opened = event.detail)}
      ></data-map>
    `;
  }

  private tileAt: (index: number) => SampleTile | undefined = () => undefined;

  /** Finds what is shown only where something it depends on has changed. */
  private findShown(): void {
    const open = this.samples.open.value;
    const of = [open?.samples, open?.duplicates, this.filter];
    if (of.every((value, at) => value === this.shownOf[at])) return;
    this.shownOf = of;
    const samples = open?.samples;
    const shown = samples ? filterSamples(samples, this.filter, open.duplicates) : [];
    this.shown = shown;
    this.tileAt = (index) => {
      const number = shown[index];
      return samples && number !== undefined ? toTile(samples, number) : undefined;
    };
  }

  private chosenNumbers(): readonly number[] {
    return [...this.selection].flatMap((index) => this.shown[index] ?? []);
  }

  private narrow(patch: Partial<SampleFilter>): void {
    this.filter = { ...this.filter, ...patch };
    this.selection = new Set();
  }

  private async change(work: () => Promise<void>): Promise<void> {
    const { selection } = this;
    await work();
    // What was chosen meanwhile stays chosen.
    if (this.selection === selection) this.selection = new Set();
  }

  private readonly onSplit = ({ target }: Event): void => {
    const { value } = target as HTMLSelectElement;
    this.narrow({ split: value === '' ? undefined : (value as SampleSplit) });
  };

  private readonly onOnly = ({ target }: Event): void => {
    const { value } = target as HTMLSelectElement;
    this.narrow({ only: value === '' ? undefined : (value as SampleFilter['only']) });
    if (value === 'alike' && !this.samples.open.value?.duplicates) void this.samples.findDuplicates();
  };

  private readonly onSave = (event: Event): void => {
    const { name, content } = (event as CustomEvent<ChartFile>).detail;
    this.samples.save(name, content);
  };

  private readonly findAlike = async (): Promise<void> => {
    await this.samples.findDuplicates();
    this.narrow({ only: 'alike' });
  };
}

function toTile(samples: OpenSamples, number: number): SampleTile {
  return {
    pixels: imageAt(samples.pixels, number),
    label: String(samples.labels[number]),
    number: number + 1,
    isChanged: samples.relabelled.has(number),
  };
}

function wordDuplicates(groups: readonly (readonly number[])[]): string {
  if (groups.length === 0) return 'No two digits look the same.';
  const count = groups.reduce((sum, group) => sum + group.length, 0);
  return `${formatCount(count)} digits in ${formatCount(groups.length)} groups look the same.`;
}

declare global {
  interface HTMLElementTagNameMap {
    'data-explorer': DataExplorer;
  }
}
