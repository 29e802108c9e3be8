import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import { withArticle } from '../components/article';
import { baseStyles } from '../components/shared-styles';
import type { ModelVersionId } from '../domain/ids';
import type { ExplainedAnswer, ExplanationService } from '../services/explanation-service';

/** "Why a 4?": closed until somebody asks. What is behind it is loaded, and computed, only then. */
@customElement('explain-desk')
export class ExplainDesk extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      details {
        border-top: 1px solid var(--rule);
      }
      summary {
        display: grid;
        gap: 2px;
        padding: var(--s-3) 0;
        cursor: pointer;
        list-style: none;
      }
      summary::-webkit-details-marker {
        display: none;
      }
      h2 {
        color: var(--blue);
      }
      h2::before {
        content: '+';
        display: inline-block;
        width: 1em;
      }
      [open] h2::before {
        content: '−';
      }
      summary:hover h2 {
        text-decoration: underline;
      }
    `,
  ];

  @property({ attribute: false }) explanation!: ExplanationService;
  /** The model that answers. */
  @property({ attribute: false }) versionId!: ModelVersionId;
  /** The answer to explain; undefined while there is none. */
  @property({ attribute: false }) answer: ExplainedAnswer | undefined;
  /** Changes when the colours do. */
  @property() theme = '';

  @state() private isOpen = false;

  override render() {
    const { answer } = this;
    const title = answer ? `Why ${withArticle(answer.prediction.digit)}?` : 'Why this answer?';
    return html`
      <details @toggle=${this.onToggle}>
        <summary>
          <h2>${title}</h2>
          <span class="hint">What speaks for it, layer by layer, what is alike, what would change it</span>
        </summary>
        ${this.isOpen ? this.renderBoard() : nothing}
      </details>
    `;
  }

  private renderBoard() {
    return html`
      <explain-board
        .explanation=${this.explanation}
        .versionId=${this.versionId}
        .answer=${this.answer}
        .theme=${this.theme}
      ></explain-board>
    `;
  }

  private readonly onToggle = async (event: Event): Promise<void> => {
    const { open } = event.target as HTMLDetailsElement;
    if (open) await import('./explain-board');
    this.isOpen = open;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'explain-desk': ExplainDesk;
  }
}
