import { html, LitElement, nothing } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import type { Architecture } from '../domain/architecture';
import type { Augmentation } from '../domain/augmentation';
import { NO_CONTEXT, type DraftContext } from '../domain/draft-context';
import type { DraftErrors } from '../domain/draft-errors';
import type { EngineSpeeds } from '../domain/engine';
import type { LessonLock } from '../domain/lesson-link';
import { findRecipe, RECIPES, type Recipe } from '../domain/recipe';
import {
  chooseRecipe,
  hasOwnSettings,
  startVersion,
  type RunDraft,
  type RunSettings,
} from '../domain/run-draft';
import { renderAmountFields, renderDataFields, type DataFields, type MnistAvailability } from './data-fields';
import { renderEngineField } from './engine-field';
import { renderNumberField } from './fields';
import './ink-icon';
import './learning-settings';
import { renderLinkNotes, type LinkNotes } from './link-notes';
import type { ModelOption } from './model-picker';
import './network-editor';
import { runFormStyles } from './run-form-styles';
import { baseStyles, buttonStyles, chipStyles, fieldStyles, plateStyles } from './shared-styles';
import { renderStartFields } from './start-fields';
import './term-hint';
import './variation-settings';

const NO_LOCKS: ReadonlySet<LessonLock> = new Set();

/**
 * The settings of a new run. Tells `change` with the new draft, `start`, `copy` for a link to the setup,
 * `disclose` with whether one's own settings are in view, and `forget` to put the notes of a link away.
 */
@customElement('run-form')
export class RunForm extends LitElement {
  static override styles = [baseStyles, buttonStyles, chipStyles, fieldStyles, plateStyles, runFormStyles];

  @property({ attribute: false }) draft!: RunDraft;
  @property({ attribute: false }) errors: DraftErrors = {};
  /** What this device has: sets of one's own, models to go on from. */
  @property({ attribute: false }) context: DraftContext = NO_CONTEXT;
  /** The models of the context, in words. */
  @property({ attribute: false }) models: readonly ModelOption[] = [];
  @property({ attribute: false }) mnist: MnistAvailability = 'offered';
  /** Digits to show variations of: [count, 28, 28] bytes. */
  @property({ attribute: false }) examples: Uint8Array<ArrayBuffer> | undefined;
  /** How fast the engines of this device are; undefined before they have been tried. */
  @property({ attribute: false }) speeds: EngineSpeeds | undefined;
  @property({ attribute: false }) notes: LinkNotes | undefined;
  /** Something is being trained: settings can be read, not changed. */
  @property({ type: Boolean }) locked = false;
  /** What a lesson does not let be changed. */
  @property({ attribute: false }) locks: ReadonlySet<LessonLock> = NO_LOCKS;
  /** One's own settings are in view. */
  @property({ type: Boolean, reflect: true }) open = false;
  /** Changes when the colours do. */
  @property() theme = '';

  override render() {
    return html`
      <form class="plate" novalidate @submit=${this.onSubmit}>
        <header>
          <h2>Recipe</h2>
          <span class="chip notice" ?hidden=${!this.locked}>Locked while training</span>
        </header>
        ${this.notes ? renderLinkNotes(this.notes, () => this.tell('forget')) : nothing}
        <div class="body">
          <div class="basics">
            <fieldset ?disabled=${this.isLocked('recipe')}>
              <legend class="visually-hidden">Recipe</legend>
              ${RECIPES.map((recipe) => this.renderRecipe(recipe))}
            </fieldset>
            ${renderDataFields(this.dataFields())} ${renderAmountFields(this.dataFields())}
            ${renderEngineField(this.draft.engine, this.speeds, this.isLocked('engine'), (engine) => this.change({ engine }))}
          </div>
          ${this.renderOwn()} ${this.renderFoot()}
        </div>
      </form>
    `;
  }

  private renderRecipe(recipe: Recipe) {
    const epochs = `${recipe.epochs} ${recipe.epochs === 1 ? 'epoch' : 'epochs'}`;
    const isChosen = recipe.id === this.draft.recipeId;
    return html`
      <label class="recipe">
        <input
          type="radio"
          name="recipe"
          .checked=${isChosen}
          @change=${() => this.tell('change', chooseRecipe(this.draft, recipe.id))}
        />
        ${recipe.title}
        <span class="hint">${isChosen && hasOwnSettings(this.draft) ? 'changed' : epochs}</span>
      </label>
    `;
  }

  private dataFields(): DataFields {
    const { draft, errors, mnist, change } = this;
    const [locked, isEpochsLocked] = [this.isLocked('data'), this.isLocked('epochs')];
    return { draft, errors, mnist, locked, isEpochsLocked, sets: this.context.sets, change };
  }

  private renderOwn() {
    const { batchSize, learningRate, schedule } = this.draft.settings;
    const rate = schedule === 'one-cycle' ? `up to ${learningRate} and down again` : String(learningRate);
    return html`
      <details class="own" .open=${this.open} @toggle=${this.onToggle}>
        <summary>
          Own settings
          <span class="hint">Batches of ${batchSize}, learning rate ${rate}.</span>
        </summary>
        ${this.open ? this.renderGroups() : nothing}
      </details>
    `;
  }

  private renderGroups() {
    return html`
      <div class="groups">${this.renderNetwork()} ${this.renderLearning()} ${this.renderVariation()}</div>
      <button
        type="button"
        class="quiet back"
        ?disabled=${this.isLocked('recipe')}
        ?hidden=${!hasOwnSettings(this.draft)}
        @click=${this.backToRecipe}
      >
        Back to the recipe as it is
      </button>
    `;
  }

  private renderNetwork() {
    const { draft, errors, models, change } = this;
    const locked = this.isLocked('recipe');
    const { isMnistAbsent } = this.context;
    const version = startVersion(draft, this.context);
    return html`
      <section class="group" aria-labelledby="network-title">
        <h3 id="network-title">Network</h3>
        ${renderStartFields({ draft, errors, models, isMnistAbsent, locked, change })}
        <network-editor
          .architecture=${version?.architecture ?? draft.settings.architecture}
          .error=${errors.layers ?? ''}
          ?fixed=${version !== undefined}
          ?locked=${locked}
          @change=${(event: CustomEvent<Architecture>) => this.settle({ architecture: event.detail })}
        ></network-editor>
      </section>
    `;
  }

  private renderLearning() {
    const { draft, errors } = this;
    const locked = this.isLocked('recipe');
    return html`
      <section class="group" aria-labelledby="learning-title">
        <h3 id="learning-title">Learning</h3>
        <learning-settings
          .settings=${draft.settings}
          .errors=${errors}
          ?locked=${locked}
          @change=${(event: CustomEvent<RunSettings>) => this.change({ settings: event.detail })}
        ></learning-settings>
        ${renderNumberField({
          id: 'seed',
          label: 'Seed',
          value: draft.seed,
          isWhole: true,
          hint: 'The same seed gives the same run again.',
          error: errors.seed,
          disabled: locked,
          change: (seed) => this.change({ seed }),
        })}
      </section>
    `;
  }

  private renderVariation() {
    const { draft, errors } = this;
    const locked = this.isLocked('recipe');
    return html`
      <section class="group" aria-labelledby="variation-title">
        <div class="titled">
          <h3 id="variation-title">Variation of images</h3>
          <term-hint term="augmentation"></term-hint>
        </div>
        <variation-settings
          .augmentation=${draft.settings.augmentation}
          .errors=${errors}
          .examples=${this.examples}
          .seed=${draft.seed}
          ?locked=${locked}
          theme=${this.theme}
          @change=${(event: CustomEvent<Augmentation>) => this.settle({ augmentation: event.detail })}
        ></variation-settings>
      </section>
    `;
  }

  private renderFoot() {
    const broken = Object.values(this.errors)[0];
    return html`
      <div class="foot">
        <button
          class="primary"
          ?disabled=${this.locked || broken !== undefined}
          aria-describedby="start-hint"
        >
          ${this.locked ? 'Training…' : 'Start training'}
        </button>
        <span class="field-error" id="start-hint" ?hidden=${this.open || !this.isErrorHidden()}>
          Own settings, below, hold something that cannot be: ${broken}
        </span>
        <button
          type="button"
          class="quiet"
          ?disabled=${broken !== undefined}
          @click=${() => this.tell('copy')}
        >
          <ink-icon name="link"></ink-icon>
          Copy link to this setup
        </button>
      </div>
    `;
  }

  /** True where what is wrong is out of view: then it is said beside the button. */
  private isErrorHidden(): boolean {
    const inView = new Set(['dataset', 'sampleCount', 'epochs']);
    return Object.keys(this.errors).some((field) => !inView.has(field));
  }

  private isLocked(lock: LessonLock): boolean {
    return this.locked || this.locks.has(lock);
  }

  private readonly change = (patch: Partial<RunDraft>): void => {
    this.tell('change', { ...this.draft, ...patch });
  };

  private settle(patch: Partial<RunSettings>): void {
    this.change({ settings: { ...this.draft.settings, ...patch } });
  }

  private readonly backToRecipe = (): void => {
    const { recipeId, epochs } = this.draft;
    const recipe = findRecipe(recipeId);
    if (recipe) this.tell('change', { ...chooseRecipe(this.draft, recipeId), epochs, startFrom: undefined });
  };

  private readonly onToggle = (event: Event): void => {
    const { open } = event.target as HTMLDetailsElement;
    if (open === this.open) return;
    this.open = open;
    this.tell('disclose', open);
  };

  private onSubmit(event: Event): void {
    event.preventDefault();
    const isBroken = Object.keys(this.errors).length > 0;
    if (!isBroken && !this.locked) this.tell('start');
  }

  private tell(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'run-form': RunForm;
  }
}
