import { html, LitElement, nothing } from '../i18n/lit';
import { customElement, query, state } from 'lit/decorators.js';
import { formatCount } from '../components/format';
import { baseStyles, buttonStyles, fieldStyles } from '../components/shared-styles';
import { sampleCount, type Dataset } from '../domain/dataset';
import { EXPORT_FORMATS, type ExportFormat } from '../domain/dataset-view';
import { dataPageStyles } from './data-page-styles';
import { shownTitle } from './set-title';

/** What somebody wants done with a set. */
export type SetIntent =
  | { readonly kind: 'take'; readonly set: Dataset; readonly format: ExportFormat }
  | { readonly kind: 'rename'; readonly set: Dataset; readonly title: string }
  | { readonly kind: 'remove'; readonly set: Dataset };

/** Asks what is needed before something is done with a set. Tells `intent`. */
@customElement('set-dialog')
export class SetDialog extends LitElement {
  static override styles = [baseStyles, buttonStyles, fieldStyles, dataPageStyles];

  @state() private asked: { readonly kind: SetIntent['kind']; readonly set: Dataset } | undefined;
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('#title') private titleInput!: HTMLInputElement;

  /** Opens the question. */
  ask(kind: SetIntent['kind'], set: Dataset): void {
    this.asked = { kind, set };
    void this.updateComplete.then(() => this.dialog.showModal());
  }

  override render() {
    return html`
      <dialog aria-labelledby="question" @close=${() => (this.asked = undefined)}>
        ${this.asked ? this.renderQuestion(this.asked.kind, this.asked.set) : nothing}
      </dialog>
    `;
  }

  private renderQuestion(kind: SetIntent['kind'], set: Dataset) {
    switch (kind) {
      case 'take':
        return this.renderTake(set);
      case 'rename':
        return this.renderRename(set);
      case 'remove':
        return this.renderRemove(set);
    }
  }

  private renderTake(set: Dataset) {
    const formats = Object.entries(EXPORT_FORMATS) as [ExportFormat, { title: string; hint: string }][];
    return html`
      <h2 id="question">
        Save
        <bdi>${shownTitle(set)}</bdi>
        as a file
      </h2>
      <div class="actions">
        ${formats.map(
          ([format, { title, hint }]) => html`
            <button class="format" @click=${() => this.tell({ kind: 'take', set, format })}>
              <strong>${title}</strong>
              <span class="hint">${hint}</span>
            </button>
          `,
        )}
        ${this.renderLeave('Cancel')}
      </div>
    `;
  }

  private renderRename(set: Dataset) {
    const rename = (event: Event) => {
      event.preventDefault();
      this.tell({ kind: 'rename', set, title: this.titleInput.value });
    };
    return html`
      <form @submit=${rename}>
        <h2 id="question">Another name</h2>
        <div class="field actions">
          <label for="title">Name of the set</label>
          <input id="title" type="text" maxlength="80" required .value=${set.title} />
        </div>
        <div class="actions">
          <button class="primary">Rename</button>
          ${this.renderLeave('Cancel')}
        </div>
      </form>
    `;
  }

  private renderRemove(set: Dataset) {
    return html`
      <h2 id="question">
        Delete
        <bdi>${shownTitle(set)}</bdi>
        ?
      </h2>
      <p>
        ${formatCount(sampleCount(set))} digits are deleted from this device. Runs and models that learned
        from them stay. This cannot be undone.
      </p>
      <div class="actions">
        ${this.renderLeave('Keep it')}
        <button class="danger" @click=${() => this.tell({ kind: 'remove', set })}>Delete it</button>
      </div>
    `;
  }

  private renderLeave(words: string) {
    return html`
      <button type="button" @click=${() => this.dialog.close()}>${words}</button>
    `;
  }

  private tell(intent: SetIntent): void {
    this.dialog.close();
    this.dispatchEvent(new CustomEvent('intent', { detail: intent }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'set-dialog': SetDialog;
  }
}
