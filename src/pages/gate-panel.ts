import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import '../components/error-desk';
import '../components/gate-figures';
import '../components/progress-ruler';
import { baseStyles, buttonStyles } from '../components/shared-styles';
import { isAborted, type ErrorRecord } from '../domain/errors';
import { SHIPPED_MODEL, versionName, type ModelVersionId } from '../domain/ids';
import type { GateVerdict } from '../domain/promotion-gate';
import type { ModelService } from '../services/model-service';
import type { NoticeService } from '../services/notice-service';
import type { PromotionService } from '../services/promotion-service';
import { sentenceName, standingOf, wordStanding, wordVerdict, type GateStanding } from './gate-panel-words';
import { watch } from './watch';

/** What the gate says of a version, and what can be done about it. */
@customElement('gate-panel')
export class GatePanel extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--s-3);
        min-width: 0;
      }
      :host([hidden]) {
        display: none;
      }
      details {
        margin-block: calc(-1 * var(--s-1)) calc(-1 * var(--s-2));
      }
      details[open] {
        margin-bottom: 0;
      }
      .line,
      .actions {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--s-2) var(--s-3);
      }
      .line {
        justify-content: space-between;
      }
      .statement {
        font: 400 var(--t-5) / 1.25 var(--font-book);
      }
      ul {
        display: grid;
        gap: var(--s-1);
        padding-inline-start: 1.2em;
      }
      .reasons,
      li {
        max-width: 68ch;
        color: var(--ink-2);
      }
      summary {
        display: flex;
        align-items: center;
        min-height: var(--h-control);
        color: var(--blue);
        cursor: pointer;
      }
      @media (max-width: 720px), (pointer: coarse) {
        summary {
          min-height: var(--h-touch);
        }
      }
      dialog {
        width: min(520px, calc(100vw - 32px));
        padding: 20px;
        border: 1px solid var(--rule);
        border-radius: var(--r-3);
        background: var(--sheet);
        color: var(--ink);
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 40%);
      }
      dialog .actions {
        margin-top: var(--s-4);
      }
      dialog ul {
        margin: var(--s-2) 0;
      }
    `,
  ];

  @property({ attribute: false }) promotion!: PromotionService;
  @property({ attribute: false }) models!: ModelService;
  @property({ attribute: false }) notices!: NoticeService;
  /** The version that it is about. */
  @property({ attribute: false }) versionId!: ModelVersionId;
  /** Whether to use it anyway is being asked. */
  @state() private isAsking = false;
  @query('dialog') private dialog!: HTMLDialogElement;

  constructor() {
    super();
    watch(this, () => [this.promotion.state, this.models.catalogue]);
  }

  /** Lets a version answer that passes; of one that does not, says why, and asks whether to use it anyway. */
  async use(): Promise<void> {
    const id = this.versionId;
    if (this.models.catalogue.value.champion === id) return;
    const verdict = await this.judge(true);
    if (verdict?.promoted) return this.tellOfChange(verdict.candidate.versionId, verdict.champion.versionId);
    if (verdict && this.versionId === id) this.ask();
  }

  protected override willUpdate(): void {
    this.hidden = this.standing.kind === 'nothing' && !this.failure;
  }

  override render() {
    const { versionId: id, standing, failure } = this;
    return html`
      <div class="line">
        <p class="statement" role="status">${wordStanding(id, standing)}</p>
        ${
          standing.kind === 'judging'
            ? html`
                <button @click=${() => this.promotion.cancel(id)}>Cancel</button>
              `
            : nothing
        }
      </div>
      ${this.renderStanding(standing)}
      <error-desk .error=${failure} ?hidden=${!failure}>
        <button @click=${() => this.ask()}>Use it anyway</button>
      </error-desk>
      ${this.renderQuestion()}
    `;
  }

  private renderStanding(standing: GateStanding) {
    switch (standing.kind) {
      case 'nothing':
        return nothing;
      case 'judging':
        return html`
          <progress-ruler .share=${standing.share} label="Judging"></progress-ruler>
        `;
      case 'unjudged':
        return html`
          <div class="actions"><button @click=${() => this.judge(false)}>Judge it now</button></div>
        `;
      default:
        return html`
          ${renderReasons(standing.verdict)}
          <div class="actions">${this.renderActions(standing)}</div>
          ${this.renderFigures(standing.verdict)}
        `;
    }
  }

  private renderActions({
    kind,
    verdict,
  }: Exclude<GateStanding, { kind: 'nothing' | 'judging' | 'unjudged' }>) {
    const before = verdict.champion.versionId;
    switch (kind) {
      case 'answers':
        return html`
          <button ?hidden=${!this.isHere(before)} @click=${() => this.models.chooseChampion(before)}>
            Undo: back to ${versionName(before)}
          </button>
        `;
      case 'passed':
        return html`
          <button @click=${() => this.use()}>Use it</button>
        `;
      case 'candidate':
        return html`
          <button @click=${() => this.ask()}>Use it anyway</button>
        `;
      case 'overridden':
        return nothing;
    }
  }

  private renderFigures(verdict: GateVerdict) {
    if (verdict.comparisons.length === 0) return nothing;
    return html`
      <details>
        <summary>The figures</summary>
        <gate-figures
          .verdict=${verdict}
          candidate=${columnName(verdict.candidate.versionId)}
          champion=${columnName(verdict.champion.versionId)}
        ></gate-figures>
      </details>
    `;
  }

  private renderQuestion() {
    return html`
      <dialog aria-labelledby="question" @close=${() => (this.isAsking = false)}>
        ${this.isAsking ? this.renderAsked() : nothing}
      </dialog>
    `;
  }

  private renderAsked() {
    const { champion } = this.models.catalogue.value;
    const verdict = this.promotion.state.value.verdicts.get(this.versionId);
    return html`
      <h2 id="question">Use ${versionName(this.versionId)} anyway?</h2>
      ${verdict && !verdict.isPassed ? renderReasons(verdict) : nothing}
      <p>It answers on Draw at once. ${sentenceName(champion)} is kept, and can be brought back.</p>
      <div class="actions">
        <button class="primary" @click=${() => this.dialog.close()}>Keep ${versionName(champion)}</button>
        <button @click=${() => this.override()}>Use it anyway</button>
      </div>
    `;
  }

  private get standing(): GateStanding {
    return standingOf(this.versionId, this.models.catalogue.value.champion, this.promotion.state.value);
  }

  private get failure(): ErrorRecord | undefined {
    return this.promotion.state.value.failures.get(this.versionId);
  }

  private isHere(id: ModelVersionId): boolean {
    const { versions, shipped } = this.models.catalogue.value;
    return versions.some((version) => version.id === id) || (id === SHIPPED_MODEL && !!shipped);
  }

  /** Resolves to undefined where it was called off or failed; the panel says why. */
  private async judge(isAskedFor: boolean): Promise<GateVerdict | undefined> {
    try {
      return await this.promotion.judge(this.versionId, { isAskedFor });
    } catch (error) {
      if (!isAborted(error) && !this.promotion.state.value.failures.has(this.versionId)) throw error;
      return undefined;
    }
  }

  private ask(): void {
    this.isAsking = true;
    void this.updateComplete.then(() => {
      // Holding models against each other takes seconds, in which somebody may have left.
      if (this.isConnected) this.dialog.showModal();
    });
  }

  private async override(): Promise<void> {
    const [id, { champion }] = [this.versionId, this.models.catalogue.value];
    this.dialog.close();
    await this.models.chooseChampion(id);
    this.tellOfChange(id, champion);
  }

  private tellOfChange(id: ModelVersionId, before: ModelVersionId): void {
    const undo = () => void this.models.chooseChampion(before);
    this.notices.showUndoable(`${sentenceName(id)} answers on Draw now.`, undo);
  }
}

function renderReasons(verdict: GateVerdict) {
  const reasons = wordVerdict(verdict);
  if (reasons.length === 1) {
    return html`
      <p class="reasons">${reasons[0]}</p>
    `;
  }
  return html`
    <ul>
      ${reasons.map(
        (reason) => html`
          <li>${reason}</li>
        `,
      )}
    </ul>
  `;
}

/** A model at the head of a column. */
function columnName(id: ModelVersionId): string {
  return id === SHIPPED_MODEL ? 'Shipped' : versionName(id);
}

declare global {
  interface HTMLElementTagNameMap {
    'gate-panel': GatePanel;
  }
}
