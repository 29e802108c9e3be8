import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import type { DraftErrors } from '../domain/draft-errors';
import { ADAM, type OptimizerChoice } from '../domain/optimizer';
import type { ScheduleKind } from '../domain/recipe';
import type { RunSettings } from '../domain/run-draft';
import { renderChoiceField, renderNumberField } from './fields';
import './schedule-curve';
import { baseStyles, fieldStyles } from './shared-styles';

/** Epochs without anything better that early stopping begins with. */
const USUAL_PATIENCE = 3;
/** The momentum that gradient descent is mostly used with. */
const USUAL_MOMENTUM = 0.9;

/** How a network learns: steps, their size, and when it is enough. Tells `change` with the new settings. */
@customElement('learning-settings')
export class LearningSettings extends LitElement {
  static override styles = [
    baseStyles,
    fieldStyles,
    css`
      :host {
        display: grid;
        gap: var(--s-4);
      }
      .pair {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--s-3);
        align-items: start;
      }
    `,
  ];

  @property({ attribute: false }) settings!: RunSettings;
  @property({ attribute: false }) errors: DraftErrors = {};
  @property({ type: Boolean }) locked = false;

  override render() {
    return html`
      ${this.renderRate()} ${this.renderOptimizer()} ${this.renderTargets()} ${this.renderEarlyStopping()}
    `;
  }

  private renderRate() {
    const { schedule, learningRate } = this.settings;
    return html`
      <div class="pair">
        ${renderNumberField({
          ...this.base('learningRate', 'Learning rate'),
          term: 'learning-rate',
          value: learningRate,
          hint: schedule === 'constant' ? 'How large a step is' : 'The largest step',
          change: (value) => this.change({ learningRate: value }),
        })}
        ${renderChoiceField<ScheduleKind>({
          ...this.base('schedule', 'Schedule'),
          choices: [
            ['one-cycle', 'One cycle'],
            ['cosine', 'Cosine'],
            ['constant', 'Constant'],
          ],
          chosen: schedule,
          hint: 'From start to end',
          change: (value) => this.change({ schedule: value }),
        })}
      </div>
      <schedule-curve schedule=${schedule}></schedule-curve>
    `;
  }

  private renderOptimizer() {
    const { optimizer } = this.settings;
    return html`
      <div class="pair">
        ${renderChoiceField<OptimizerChoice['kind']>({
          ...this.base('optimizer', 'Optimiser'),
          choices: [
            ['adam', 'Adam'],
            ['momentum', 'Momentum'],
          ],
          chosen: optimizer.kind,
          hint: optimizer.kind === 'adam' ? 'A step for each weight' : 'Rolls on like a ball',
          change: (kind) => this.chooseOptimizer(kind),
        })}
        ${renderNumberField({
          ...this.base('weightDecay', 'Weight decay'),
          value: optimizer.weightDecay,
          hint: 'Pulls weights to 0',
          change: (weightDecay) => this.change({ optimizer: { ...optimizer, weightDecay } }),
        })}
        ${
          optimizer.kind === 'momentum'
            ? renderNumberField({
                ...this.base('momentum', 'Momentum kept'),
                value: optimizer.momentum,
                hint: 'Of the last step',
                change: (momentum) => this.change({ optimizer: { ...optimizer, momentum } }),
              })
            : nothing
        }
      </div>
    `;
  }

  private renderTargets() {
    const { batchSize, labelSmoothing } = this.settings;
    return html`
      <div class="pair">
        ${renderNumberField({
          ...this.base('batchSize', 'Batch size'),
          term: 'batch',
          value: batchSize,
          isWhole: true,
          hint: 'Images a step',
          change: (value) => this.change({ batchSize: value }),
        })}
        ${renderNumberField({
          ...this.base('labelSmoothing', 'Label smoothing'),
          value: labelSmoothing,
          hint: 'Leaves it some doubt',
          change: (value) => this.change({ labelSmoothing: value }),
        })}
      </div>
    `;
  }

  private renderEarlyStopping() {
    const { earlyStopping } = this.settings;
    const toggle = (event: Event) =>
      this.stopEarly((event.target as HTMLInputElement).checked ? USUAL_PATIENCE : undefined);
    return html`
      <label class="check">
        <input
          type="checkbox"
          id="earlyStopping"
          .checked=${earlyStopping !== undefined}
          ?disabled=${this.locked}
          @change=${toggle}
        />
        <span>
          Stop early
          <span class="hint">and keep the best epoch, once the validation loss does not fall any more</span>
        </span>
      </label>
      ${
        earlyStopping
          ? renderNumberField({
              ...this.base('patience', 'Patience'),
              value: earlyStopping.patience,
              isWhole: true,
              hint: 'Epochs in a row that may bring nothing better than before',
              change: (patience) => this.stopEarly(patience),
            })
          : nothing
      }
    `;
  }

  private base(id: string, label: string) {
    const errors: Readonly<Record<string, string | undefined>> = this.errors;
    return { id, label, error: errors[id], disabled: this.locked };
  }

  private chooseOptimizer(kind: OptimizerChoice['kind']): void {
    const { weightDecay } = this.settings.optimizer;
    this.change({
      optimizer: kind === 'adam' ? { ...ADAM, weightDecay } : { kind, momentum: USUAL_MOMENTUM, weightDecay },
    });
  }

  private stopEarly(patience: number | undefined): void {
    const { earlyStopping: _, ...settings } = this.settings;
    this.tell(patience === undefined ? settings : { ...settings, earlyStopping: { patience } });
  }

  private change(patch: Partial<RunSettings>): void {
    this.tell({ ...this.settings, ...patch });
  }

  private tell(settings: RunSettings): void {
    this.dispatchEvent(new CustomEvent('change', { detail: settings }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'learning-settings': LearningSettings;
  }
}
