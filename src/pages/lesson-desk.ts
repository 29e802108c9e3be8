import { css, html, LitElement } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import { renderChoiceField, renderNumberField } from '../components/fields';
import { formatCount } from '../components/format';
import '../components/ink-icon';
import { baseStyles, buttonStyles, fieldStyles, plateStyles } from '../components/shared-styles';
import { findDraftErrors } from '../domain/draft-errors';
import { LESSON_LOCKS, LONGEST_TITLE, cleanTitle, writeLesson, type LessonLock } from '../domain/lesson-link';
import { RECIPES } from '../domain/recipe';
import { chooseDataset, chooseRecipe, newDraft, type RunDraft } from '../domain/run-draft';
import { readLink, writeLink } from '../domain/run-link';
import type { NoticeService } from '../services/notice-service';
import { copyText } from './copy-text';
import { lessonAddress, readLinkFlag } from './run-flags';

const NO_TITLE = 'Give the lesson a title first.';

/** For teachers: a link that sets Train up, with a title, and locks what is not to be touched. */
@customElement('lesson-desk')
export class LessonDesk extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    fieldStyles,
    plateStyles,
    css`
      .plate {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--s-4);
      }
      .fields {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(180px, 100%), 1fr));
        gap: var(--s-3);
        align-items: start;
      }
      fieldset {
        display: flex;
        flex-wrap: wrap;
        gap: var(--s-1) var(--s-5);
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }
      legend {
        margin-bottom: var(--s-2);
        padding: 0;
        font-size: var(--t-2);
        font-weight: 600;
      }
      .link {
        display: flex;
        flex-wrap: wrap;
        gap: var(--s-2);
        align-items: center;
      }
      .link input {
        flex: 1 1 240px;
        min-width: 0;
        width: auto;
      }
      .check {
        align-items: center;
      }
    `,
  ];

  @property({ attribute: false }) notices!: NoticeService;

  @state() private heading = '';
  @state() private draft: RunDraft = { ...chooseDataset(newDraft(), 'generated', []), epochs: 3 };
  @state() private locks: ReadonlySet<LessonLock> = new Set(['recipe', 'data']);
  /** What was wrong with a link that was pasted. */
  @state() private pasteError = '';

  override render() {
    const error = this.findError();
    return html`
      <section class="plate" aria-label="Lesson links">
        <div>
          <h2>For teachers: lesson links</h2>
          <p class="hint">
            A link that opens Train with everything set up, and grey what is not to be touched. Nothing is
            sent anywhere: the whole lesson is in the link.
          </p>
        </div>
        ${this.renderTitle()} ${this.renderSetup()} ${this.renderPaste()} ${this.renderLocks()}
        ${this.renderLink(error)}
      </section>
    `;
  }

  private renderTitle() {
    return html`
      <div class="field">
        <label for="title">Title of the lesson</label>
        <input
          id="title"
          type="text"
          maxlength=${LONGEST_TITLE}
          .value=${this.heading}
          aria-describedby="title-hint"
          @input=${(event: Event) => (this.heading = (event.target as HTMLInputElement).value)}
        />
        <span class="hint" id="title-hint">Pupils see it above the recipe.</span>
      </div>
    `;
  }

  private renderSetup() {
    const { draft } = this;
    const errors = findDraftErrors(draft);
    return html`
      <div class="fields">
        ${renderChoiceField({
          id: 'recipe',
          label: 'Recipe',
          choices: RECIPES.map(({ id, title }) => [id, title] as const),
          chosen: draft.recipeId,
          change: (id) => (this.draft = chooseRecipe(draft, id)),
        })}
        ${renderChoiceField({
          id: 'dataset',
          label: 'Data',
          choices: [
            ['generated', 'Generated digits'],
            ['mnist', 'MNIST'],
          ],
          chosen: draft.dataset,
          change: (name) => (this.draft = chooseDataset(draft, name, [])),
        })}
        ${renderNumberField({
          id: 'images',
          label: 'Images',
          value: draft.sampleCount,
          isWhole: true,
          error: errors.sampleCount,
          change: (sampleCount) => (this.draft = { ...draft, sampleCount }),
        })}
        ${renderNumberField({
          id: 'epochs',
          label: 'Epochs',
          value: draft.epochs,
          isWhole: true,
          error: errors.epochs,
          change: (epochs) => (this.draft = { ...draft, epochs }),
        })}
      </div>
    `;
  }

  private renderPaste() {
    return html`
      <div class="field">
        <label for="paste">Or paste a link to a setup</label>
        <input
          id="paste"
          type="text"
          autocomplete="off"
          spellcheck="false"
          aria-invalid=${this.pasteError ? 'true' : 'false'}
          aria-describedby="paste-hint"
          @input=${this.onPaste}
        />
        <span id="paste-hint" class=${this.pasteError ? 'field-error' : 'hint'}>
          ${this.pasteError || 'Train has “Copy link to this setup”: with it a lesson can have a network or a learning rate of its own.'}
        </span>
      </div>
    `;
  }

  private renderLocks() {
    return html`
      <fieldset>
        <legend>What pupils cannot change</legend>
        ${LESSON_LOCKS.map(
          ([lock, words]) => html`
            <label class="check">
              <input type="checkbox" .checked=${this.locks.has(lock)} @change=${() => this.toggle(lock)} />
              ${words}
            </label>
          `,
        )}
      </fieldset>
    `;
  }

  private renderLink(error: string | undefined) {
    const address = error ? '' : this.address();
    return html`
      <div class="field">
        <label for="address">The link</label>
        <div class="link">
          <input
            id="address"
            type="text"
            readonly
            .value=${address}
            aria-describedby="address-hint"
            @focus=${({ target }: Event) => (target as HTMLInputElement).select()}
          />
          <button class="primary" ?disabled=${error !== undefined} @click=${this.copy}>
            <ink-icon name="link"></ink-icon>
            Copy lesson link
          </button>
          <a class="button" href=${address || '#/train'} ?hidden=${error !== undefined}>Try it</a>
        </div>
        <span class=${error && error !== NO_TITLE ? 'field-error' : 'hint'} id="address-hint">
          ${error ?? `${formatCount(address.length)} characters. Whoever opens it can still unlock it, and is told that a teacher locked it.`}
        </span>
      </div>
    `;
  }

  private findError(): string | undefined {
    if (cleanTitle(this.heading) === '') return NO_TITLE;
    return Object.values(findDraftErrors(this.draft))[0];
  }

  private address(): string {
    return lessonAddress(location.href, writeLesson(writeLink(this.draft), this.heading, this.locks));
  }

  private toggle(lock: LessonLock): void {
    const locks = new Set(this.locks);
    if (!locks.delete(lock)) locks.add(lock);
    this.locks = locks;
  }

  private onPaste(event: Event): void {
    const text = (event.target as HTMLInputElement).value.trim();
    this.pasteError = '';
    if (text === '') return;
    const written = readLinkFlag(text.slice(Math.max(0, text.indexOf('#'))));
    if (written === undefined) {
      this.pasteError = 'This is no link to a setup. It should have #/train?run= in it.';
      return;
    }
    const { draft, problems } = readLink(written);
    this.draft = draft;
    this.pasteError = problems.join(' ');
  }

  private async copy(): Promise<void> {
    const isCopied = await copyText(this.address());
    this.notices.show(
      isCopied
        ? 'The lesson link is copied.'
        : 'This browser does not let a page copy: select the link and copy it by hand.',
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lesson-desk': LessonDesk;
  }
}
