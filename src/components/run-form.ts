import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { parameterCount } from '../domain/architecture';
import { sampleCount, type Dataset } from '../domain/dataset';
import { warnOfSet, type DraftErrors } from '../domain/draft-errors';
import { usualSamples, type RunDraft } from '../domain/run-draft';
import { findRecipe, RECIPES, type Recipe } from '../domain/recipe';
import { ENGINE_TITLES, rankEngines, type EngineChoice, type EngineSpeeds } from '../domain/engine';
import { formatCount } from './format';
import { baseStyles, buttonStyles, chipStyles, fieldStyles, plateStyles } from './shared-styles';

/** Where MNIST is, as far as it changes what the form says. */
export type MnistAvailability = 'stored' | 'offered' | 'absent';

/** The settings of a new run. Tells `change` with the new draft, and `start`. */
@customElement('run-form')
export class RunForm extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    chipStyles,
    fieldStyles,
    plateStyles,
    css`
      :host {
        display: block;
      }
      form {
        display: grid;
        gap: var(--s-4);
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--s-2);
      }
      fieldset {
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 1px solid var(--edge);
        border-radius: var(--r-2);
      }
      .recipe {
        display: flex;
        align-items: center;
        gap: 10px;
        min-height: 40px;
        padding: var(--s-1) var(--s-3);
        cursor: pointer;
      }
      .recipe + .recipe {
        border-top: 1px solid var(--rule);
      }
      .recipe:has(input:checked) {
        background: var(--blue-wash);
        font-weight: 600;
      }
      .recipe input {
        width: 18px;
        height: 18px;
        margin: 0;
        accent-color: var(--blue);
      }
      .recipe .hint {
        margin-left: auto;
        font-weight: 400;
      }
      .recipe:has(input:checked) .hint {
        color: var(--ink-2);
      }
      .pair {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--s-3);
        align-items: start;
      }
      details summary {
        min-height: 24px;
        font-weight: 600;
        cursor: pointer;
      }
      details .field {
        margin-top: var(--s-3);
      }
      @media (max-width: 720px), (pointer: coarse) {
        .recipe,
        details summary {
          min-height: var(--h-touch);
        }
        details summary {
          padding: 10px 0;
        }
      }
    `,
  ];

  @property({ attribute: false }) draft!: RunDraft;
  @property({ attribute: false }) errors: DraftErrors = {};
  @property({ attribute: false }) mnist: MnistAvailability = 'offered';
  /** Sets of one's own that can be trained on. */
  @property({ attribute: false }) ownSets: readonly Dataset[] = [];
  /** How fast the engines of this device are; undefined before they have been tried. */
  @property({ attribute: false }) speeds: EngineSpeeds | undefined;
  /** Something is being trained: settings can be read, not changed. */
  @property({ type: Boolean }) locked = false;

  override render() {
    const isBroken = Object.keys(this.errors).length > 0;
    return html`
      <form class="plate" novalidate @submit=${this.onSubmit}>
        <header>
          <h2>Recipe</h2>
          ${
            this.locked
              ? html`
                  <span class="chip notice">Locked while training</span>
                `
              : nothing
          }
        </header>
        <fieldset ?disabled=${this.locked}>
          <legend class="visually-hidden">Recipe</legend>
          ${RECIPES.map((recipe) => this.renderRecipe(recipe))}
        </fieldset>
        ${this.renderDataset()}
        <div class="pair">
          ${this.renderNumber('sampleCount', 'Images')} ${this.renderNumber('epochs', 'Epochs')}
        </div>
        ${this.renderEngine()} ${this.renderMore()}
        <button class="primary" ?disabled=${this.locked || isBroken}>
          ${this.locked ? 'Training…' : 'Start training'}
        </button>
      </form>
    `;
  }

  private renderRecipe(recipe: Recipe) {
    const epochs = `${recipe.epochs} ${recipe.epochs === 1 ? 'epoch' : 'epochs'}`;
    return html`
      <label class="recipe">
        <input
          type="radio"
          name="recipe"
          .checked=${recipe.id === this.draft.recipeId}
          @change=${() => this.change({ recipeId: recipe.id, epochs: recipe.epochs })}
        />
        ${recipe.title}
        <span class="hint">${epochs}</span>
      </label>
    `;
  }

  private renderDataset() {
    const choices: readonly [value: string, title: string, isAbsent: boolean][] = [
      ['mnist', 'MNIST', this.mnist === 'absent'],
      ['generated', 'Generated digits', false],
      ...this.ownSets.map(({ name, title }) => [name, title, false] as [string, string, boolean]),
    ];
    const error = this.errors.dataset;
    return html`
      <div class="field">
        <label for="dataset">Data</label>
        <select
          id="dataset"
          ?disabled=${this.locked}
          @change=${this.onDataset}
          aria-invalid=${error ? 'true' : 'false'}
          aria-describedby="dataset-hint"
        >
          ${choices.map(
            ([value, title, isAbsent]) => html`
              <option value=${value} ?selected=${value === this.draft.dataset} ?disabled=${isAbsent}>
                ${title}
              </option>
            `,
          )}
        </select>
        <span class=${error ? 'field-error' : 'hint'} id="dataset-hint">${error ?? this.datasetHint()}</span>
      </div>
    `;
  }

  private get ownSet(): Dataset | undefined {
    return this.ownSets.find(({ name }) => name === this.draft.dataset);
  }

  private datasetHint(): string {
    if (this.ownSet) return warnOfSet(this.ownSet) ?? 'A set of your own, on this device.';
    if (this.draft.dataset === 'generated') return 'Strokes written by a program, as many as you like.';
    if (this.mnist === 'stored') return '60,000 digits written by hand, on this device.';
    return '60,000 digits written by hand. 11 MB are fetched first, once.';
  }

  private renderNumber(name: 'sampleCount' | 'epochs' | 'seed', label: string) {
    const error = this.errors[name];
    return html`
      <div class="field">
        <label for=${name}>${label}</label>
        <input
          id=${name}
          type="number"
          inputmode="numeric"
          .value=${String(this.draft[name])}
          ?disabled=${this.locked || (name === 'sampleCount' && this.ownSet !== undefined)}
          aria-invalid=${error ? 'true' : 'false'}
          aria-describedby=${`${name}-hint`}
          @input=${(event: Event) => this.change({ [name]: readNumber(event) })}
        />
        <span id=${`${name}-hint`} class=${error ? 'field-error' : 'hint'}>
          ${error ?? this.numberHint(name)}
        </span>
      </div>
    `;
  }

  private numberHint(name: 'sampleCount' | 'epochs' | 'seed'): string {
    const { sampleCount } = this.draft;
    if (name === 'sampleCount') return `${formatCount(sampleCount / 12)} of them check`;
    if (name === 'epochs') return 'Times through them all';
    return 'The same seed gives the same run again.';
  }

  private renderEngine() {
    const choices: readonly [EngineChoice, string][] = [
      ['auto', 'Automatic'],
      ['webgl', `${ENGINE_TITLES.webgl}, the graphics device`],
      ['simd', `${ENGINE_TITLES.simd}, all processor cores`],
      ['cpu', `${ENGINE_TITLES.cpu}, slow but everywhere`],
    ];
    return html`
      <div class="field">
        <label for="engine">Runs on</label>
        <select
          id="engine"
          ?disabled=${this.locked}
          aria-describedby="engine-hint"
          @change=${(event: Event) => this.change({ engine: readChoice(event) as EngineChoice })}
        >
          ${choices.map(
            ([value, label]) => html`
              <option value=${value} ?selected=${value === this.draft.engine}>${label}</option>
            `,
          )}
        </select>
        <span class="hint" id="engine-hint">${this.engineHint()}</span>
      </div>
    `;
  }

  private engineHint(): string {
    const { speeds } = this;
    if (this.draft.engine !== 'auto') return '';
    if (!speeds) return 'The fastest of this device; the first training finds out which.';
    const [fastest] = rankEngines(speeds);
    const speed = fastest && speeds.imagesPerSecond[fastest];
    if (!fastest || !speed) return 'This browser has no WebAssembly SIMD (2021): training is slow here.';
    return `${ENGINE_TITLES[fastest]} is the fastest here: about ${formatCount(speed)} images/s.`;
  }

  private renderMore() {
    const recipe = findRecipe(this.draft.recipeId);
    if (!recipe) return nothing;
    const { architecture, batchSize, learningRate, schedule } = recipe;
    return html`
      <details>
        <summary>More settings</summary>
        <p class="hint">
          ${formatCount(parameterCount(architecture))} parameters, batches of ${batchSize}, learning rate
          ${schedule === 'one-cycle' ? `up to ${learningRate} and down again` : learningRate}.
        </p>
        ${this.renderNumber('seed', 'Seed')}
      </details>
    `;
  }

  private onDataset(event: Event): void {
    const dataset = readChoice(event);
    const own = this.ownSets.find(({ name }) => name === dataset);
    this.change({ dataset, sampleCount: own ? sampleCount(own, 'train') : usualSamples(dataset) });
  }

  private onSubmit(event: Event): void {
    event.preventDefault();
    this.dispatchEvent(new CustomEvent('start'));
  }

  private change(patch: Partial<RunDraft>): void {
    this.dispatchEvent(new CustomEvent('change', { detail: { ...this.draft, ...patch } }));
  }
}

function readNumber(event: Event): number {
  return (event.target as HTMLInputElement).valueAsNumber;
}

function readChoice(event: Event): string {
  return (event.target as HTMLSelectElement).value;
}

declare global {
  interface HTMLElementTagNameMap {
    'run-form': RunForm;
  }
}
