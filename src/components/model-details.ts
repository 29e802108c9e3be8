import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, query } from 'lit/decorators.js';
import { parseTags } from '../domain/model-list';
import { MODEL_FORMATS, type ModelFormat } from '../domain/model-formats';
import type { ModelFacts } from './model-rows';
import { baseStyles, buttonStyles, fieldStyles, plateStyles } from './shared-styles';

/** What a person calls a model, by what they find it again, and what they want to remember of it. */
export interface ModelNotes {
  readonly name: string;
  readonly notes: string;
  readonly tags: readonly string[];
}

/** The longest name, notes and tags, in characters. */
const LONGEST_NAME = 80;
const LONGEST_NOTES = 2000;
const LONGEST_TAGS = 300;
/** What the navigation covers on a phone, in pixels. */
const HIDDEN_BELOW = 72;

/**
 * One model: what is known of it, what a person says of it, and what can be done with it; more of that is slotted
 * in. Tells `describe` with ModelNotes, `save` with a format, `report`,
 * `test`, `canceltest` and `remove`.
 */
@customElement('model-details')
export class ModelDetails extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    fieldStyles,
    plateStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      h2 {
        overflow-wrap: anywhere;
        scroll-margin-top: 40px;
      }
      .plate,
      form {
        display: grid;
        gap: var(--s-4);
      }
      form {
        gap: var(--s-3);
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--s-1) var(--s-4);
      }
      dt {
        color: var(--ink-2);
      }
      dd {
        overflow-wrap: anywhere;
      }
      textarea {
        width: 100%;
        min-height: 5.5em;
        padding: var(--s-2) var(--s-3);
        border: 1px solid var(--edge);
        border-radius: var(--r-2);
        background: var(--sheet);
        color: var(--ink);
        font: 400 var(--t-3) / 1.4 var(--font-ui);
        resize: vertical;
      }
      h3 {
        margin: 0 0 var(--s-2);
        font-size: var(--t-2);
        font-weight: 600;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--s-2);
      }
      .formats {
        display: grid;
        gap: var(--s-2);
      }
      .formats button {
        display: grid;
        justify-content: start;
        justify-items: start;
        gap: 2px;
        padding: var(--s-2) var(--s-3);
        text-align: start;
      }
    `,
  ];

  @property() heading = '';
  @property({ attribute: false }) facts: ModelFacts = [];
  @property({ attribute: false }) words: ModelNotes = { name: '', notes: '', tags: [] };
  /** The model that came with the app keeps its name. */
  @property({ type: Boolean }) fixed = false;
  /** Why it cannot be deleted; empty where it can. */
  @property() kept = '';
  /** A file is being written or read. */
  @property({ type: Boolean }) busy = false;
  /** What the button says that tests it; empty where it cannot be tested. */
  @property() test = '';
  @property({ type: Boolean }) testing = false;
  /** What the report of its training is called; empty where that is not on this device. */
  @property() report = '';
  @query('#name') private nameInput!: HTMLInputElement;
  @query('#tags') private tagsInput!: HTMLInputElement;
  @query('#notes') private notesInput!: HTMLTextAreaElement;

  override render() {
    return html`
      <section class="plate" aria-label="Model">
        <h2 tabindex="-1"><bdi>${this.heading}</bdi></h2>
        ${this.fixed ? nothing : this.renderWords()}
        <slot name="gate"></slot>
        <dl class="figures">
          ${this.facts.map(
            ([name, value]) => html`
              <dt>${name}</dt>
              <dd><bdi>${value}</bdi></dd>
            `,
          )}
        </dl>
        ${this.renderTest()}
        <slot name="test"></slot>
        ${this.renderFormats()}
        <slot></slot>
        ${this.fixed ? nothing : this.renderDelete()}
      </section>
    `;
  }

  /** Brings the eye and the keyboard here where this is out of sight: on a phone it is below a long list. */
  show(): void {
    const heading = this.renderRoot.querySelector('h2')!;
    const { top, bottom } = heading.getBoundingClientRect();
    if (top >= 0 && bottom < innerHeight - HIDDEN_BELOW) return;
    heading.scrollIntoView();
    heading.focus({ preventScroll: true });
  }

  private renderWords() {
    const describe = (event: Event) => {
      event.preventDefault();
      const tags = parseTags(this.tagsInput.value);
      this.tell('describe', { name: this.nameInput.value, notes: this.notesInput.value, tags });
    };
    return html`
      <form @submit=${describe}>
        <div class="field">
          <label for="name">Name</label>
          <input id="name" type="text" maxlength=${LONGEST_NAME} .value=${this.words.name} />
        </div>
        <div class="field">
          <label for="tags">Tags</label>
          <input
            id="tags"
            type="text"
            maxlength=${LONGEST_TAGS}
            aria-describedby="tags-hint"
            .value=${this.words.tags.join(', ')}
          />
          <p class="hint" id="tags-hint">With commas between them. They find it again among many.</p>
        </div>
        <div class="field">
          <label for="notes">Notes</label>
          <textarea id="notes" maxlength=${LONGEST_NOTES} .value=${this.words.notes}></textarea>
        </div>
        <div class="actions"><button>Keep these words</button></div>
      </form>
    `;
  }

  private renderTest() {
    if (this.test === '') return nothing;
    return html`
      <div class="actions">
        <button ?disabled=${this.testing} @click=${() => this.tell('test', undefined)}>${this.test}</button>
        ${
          this.testing
            ? html`
                <button @click=${() => this.tell('canceltest', undefined)}>Cancel</button>
              `
            : nothing
        }
      </div>
    `;
  }

  private renderFormats() {
    const formats = Object.entries(MODEL_FORMATS) as [ModelFormat, { title: string; hint: string }][];
    return html`
      <div>
        <h3>Save as a file</h3>
        <div class="formats">
          ${formats.map(
            ([format, { title, hint }]) => html`
              <button ?disabled=${this.busy} @click=${() => this.tell('save', format)}>
                <strong>${title}</strong>
                <span class="hint">${hint}</span>
              </button>
            `,
          )}
          ${this.report === '' ? nothing : this.renderReport()}
        </div>
      </div>
    `;
  }

  private renderReport() {
    return html`
      <button @click=${() => this.tell('report', undefined)}>
        <strong>${this.report}</strong>
        <span class="hint">A web page with settings, hashes, curves and figures of its training</span>
      </button>
    `;
  }

  private renderDelete() {
    return html`
      <div class="actions">
        <button ?disabled=${this.kept !== ''} @click=${() => this.tell('remove', undefined)}>Delete</button>
        <p class="hint" ?hidden=${this.kept === ''}>${this.kept}</p>
      </div>
    `;
  }

  private tell(
    name: 'describe' | 'save' | 'report' | 'test' | 'canceltest' | 'remove',
    detail: unknown,
  ): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'model-details': ModelDetails;
  }
}
