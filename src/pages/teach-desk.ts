import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatCount } from '../components/format';
import { baseStyles, buttonStyles } from '../components/shared-styles';
import type { ModelVersionId } from '../domain/ids';
import type { NoticeService } from '../services/notice-service';
import type { TeachingService } from '../services/teaching-service';
import { watch } from './watch';

/** "Learn from my 12 corrections": what comes of it is loaded only then. */
@customElement('teach-desk')
export class TeachDesk extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--s-3);
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--s-1) var(--s-3);
      }
      /* Always a line of its own: its words change with the first correction. */
      @media (max-width: 720px) {
        .hint {
          flex-basis: 100%;
        }
      }
    `,
  ];

  @property({ attribute: false }) teaching!: TeachingService;
  @property({ attribute: false }) notices!: NoticeService;
  /** The model that answers, and is to learn. */
  @property({ attribute: false }) versionId!: ModelVersionId;
  /** Changes when the colours do. */
  @property() theme = '';

  @state() private isBoardLoaded = false;
  private hadFocus = false;

  constructor() {
    super();
    watch(
      this,
      () => [this.teaching.state, this.teaching.correctionCount],
      () => void this.loadBoard(),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.teaching.load();
    void this.loadBoard();
  }

  override render() {
    const count = this.teaching.correctionCount.value;
    const isIdle = this.teaching.state.value.state === 'idle';
    return html`
      <div class="line">
        <button ?disabled=${count === 0 || !isIdle} @click=${this.start}>${wordOffer(count)}</button>
        <span class="hint">
          ${count === 0 ? 'Correct an answer first.' : 'Takes seconds, and asks before anything is replaced.'}
        </span>
      </div>
      ${this.isBoardLoaded && !isIdle ? this.renderBoard() : nothing}
    `;
  }

  protected override willUpdate(): void {
    this.hadFocus = this.matches(':focus-within');
  }

  /** Once the question is answered and gone, the focus is back where it began. */
  protected override updated(): void {
    if (this.hadFocus && !this.matches(':focus-within')) this.renderRoot.querySelector('button')?.focus();
  }

  private renderBoard() {
    return html`
      <teach-board .teaching=${this.teaching} .notices=${this.notices} .theme=${this.theme}></teach-board>
    `;
  }

  private async start(): Promise<void> {
    void this.teaching.teach(this.versionId);
    await this.loadBoard();
    await this.updateComplete;
    this.renderRoot.querySelector('teach-board')?.focus();
  }

  private async loadBoard(): Promise<void> {
    if (this.isBoardLoaded || this.teaching.state.value.state === 'idle') return;
    await import('./teach-board');
    this.isBoardLoaded = true;
  }
}

function wordOffer(count: number): string {
  if (count === 0) return 'Learn from my corrections';
  return count === 1 ? 'Learn from my correction' : `Learn from my ${formatCount(count)} corrections`;
}

declare global {
  interface HTMLElementTagNameMap {
    'teach-desk': TeachDesk;
  }
}
