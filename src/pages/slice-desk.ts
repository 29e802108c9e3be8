import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import '../components/error-desk';
import { formatCount } from '../components/format';
import { baseStyles, buttonStyles, plateStyles } from '../components/shared-styles';
import '../components/slice-table';
import '../components/work-line';
import { dataKey, type EvaluatedData } from '../domain/evaluated-data';
import { versionName } from '../domain/ids';
import { rowsOfSlice, sliceReadings, sliceSets } from '../domain/slices';
import type { DoneEvaluation, EvaluationService } from '../services/evaluation-service';
import { lastOf } from './last-of';
import { facetRows, parseFacetKey, setRows, slicesCsv } from './slice-rows';
import { watch } from './watch';

/**
 * How a model does on parts: of the images of the test, and of all sets. Tells `show` with a title and rows, and
 * `test` with the data of a set.
 */
@customElement('slice-desk')
export class SliceDesk extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    plateStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        gap: 20px;
        align-items: start;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: var(--s-2) var(--s-3);
        margin-bottom: var(--s-2);
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--s-2);
      }
      @media (max-width: 1099px) {
        :host {
          grid-template-columns: minmax(0, 1fr);
        }
      }
      @media (max-width: 720px) {
        :host {
          gap: 14px;
        }
      }
    `,
  ];

  @property({ attribute: false }) evaluation!: EvaluationService;
  @property({ attribute: false }) shown!: DoneEvaluation;
  /** While something else is tested, sets cannot be. */
  @property({ type: Boolean }) busy = false;

  private readonly within = lastOf((shown: DoneEvaluation) =>
    facetRows(sliceReadings(shown.examined.readings, shown.examined.facets)),
  );
  private readonly across = lastOf(sliceSets);

  constructor() {
    super();
    watch(this, () => [this.evaluation.sets.state]);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.evaluation.sets.cancel();
  }

  override render() {
    return html`
      ${this.renderWithin()} ${this.renderSets()}
    `;
  }

  private renderWithin() {
    const groups = this.within(this.shown);
    const { accuracy } = this.shown.examined.evaluation;
    return html`
      <section class="plate" aria-label="Parts of these digits">
        <header>
          <div>
            <h2>Parts of these digits</h2>
            <p class="hint">
              ${groups.length === 0 ? 'They are too few to be divided.' : 'Each against all of them: the dashed line. Choose one to see its images.'}
            </p>
          </div>
          ${groups.length === 0 ? nothing : this.renderSave('inkling-parts', () => slicesCsv(groups))}
        </header>
        <slice-table
          label="Accuracy of parts of these digits"
          .groups=${groups}
          .whole=${accuracy.value}
          ?hidden=${groups.length === 0}
          @open=${(event: CustomEvent<string>) => this.showPart(event.detail)}
        ></slice-table>
      </section>
    `;
  }

  private renderSets() {
    const { sets } = this.evaluation;
    const { work, done, failure } = sets.state.value;
    const { versionId } = this.shown;
    const isThis = done?.question === versionId;
    const name = versionName(versionId);
    return html`
      <section class="plate" aria-label="Every set">
        <error-desk .error=${failure} ?hidden=${!failure} @dismiss=${() => sets.clearFailure()}></error-desk>
        <header>
          <div>
            <h2>Every set</h2>
            <p class="hint">
              How ${name} reads each set by itself, by where its digits come from, the drawn benchmark among
              them.
            </p>
          </div>
          <div class="buttons">
            ${isThis && !work ? this.renderSave('inkling-sets', () => slicesCsv(setRows(this.across(done.answer)))) : nothing}
            <button ?disabled=${this.busy || work !== undefined} @click=${() => sets.start(versionId)}>
              ${isThis ? 'Test again' : 'Test on every set'}
            </button>
          </div>
        </header>
        ${
          work
            ? html`
                <work-line
                  statement=${`Testing ${name} on every set.`}
                  .share=${work.share}
                  @cancel=${() => sets.cancel()}
                ></work-line>
              `
            : nothing
        }
        ${isThis ? this.renderAcross(this.across(done.answer)) : nothing}
      </section>
    `;
  }

  private renderAcross(sliced: ReturnType<typeof sliceSets>) {
    return html`
      <p class="hint figures">
        Together ${formatCount(sliced.whole.score.total)} digits. Choose a set to see everything of it.
      </p>
      <slice-table
        label="Accuracy on every set"
        .groups=${setRows(sliced)}
        .whole=${sliced.whole.accuracy.value}
        @open=${(event: CustomEvent<string>) => this.testSet(event.detail)}
      ></slice-table>
    `;
  }

  private renderSave(name: string, csv: () => string) {
    const save = () => this.evaluation.save(`${name}.csv`, new Blob([csv()], { type: 'text/csv' }));
    return html`
      <button class="quiet" @click=${save}>Save CSV</button>
    `;
  }

  private showPart(key: string): void {
    const { readings, facets } = this.shown.examined;
    const { title, code } = parseFacetKey(key);
    const facet = facets.find((one) => one.title === title)!;
    const detail = {
      title: `${title}: ${facet.names[code]}`,
      rows: rowsOfSlice(readings, facet, code),
      order: 'the mistakes first',
    };
    this.dispatchEvent(new CustomEvent('show', { detail }));
  }

  private testSet(key: string): void {
    const { done } = this.evaluation.sets.state.value;
    const found = done?.answer.find(({ data }) => dataKey(data) === key);
    if (!found) return;
    const detail: EvaluatedData = found.data;
    this.dispatchEvent(new CustomEvent('test', { detail, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'slice-desk': SliceDesk;
  }
}
