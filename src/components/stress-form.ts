import { html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import {
  formatRunTime,
  mostUsers,
  parseRunTime,
  readyShape,
  shapeDuration,
  singleStage,
  type ShapeName,
} from '../domain/load-shape';
import { PERCENTILES } from '../domain/latency-stats';
import { namePercentile } from '../domain/stress-run';
import {
  TASK_KINDS,
  TASKS,
  type LoadModel,
  type StressPlan,
  type StressTarget,
  type SuccessCriteria,
} from '../domain/stress-plan';
import { renderChoiceField, renderNumberField, type Choice } from './fields';
import { stressFormStyles } from './stress-form-styles';
import { baseStyles, buttonStyles, fieldStyles } from './shared-styles';

type Shape = 'steady' | ShapeName | 'drawn';

const SHAPES: readonly Choice<Shape>[] = [
  ['steady', 'Steady'],
  ['steps', 'Steps'],
  ['spike', 'Spike'],
  ['double-wave', 'Double wave'],
  ['ramp-down', 'Ramp down'],
  ['drawn', 'As drawn', true],
];
const MODELS: readonly Choice<LoadModel>[] = [
  ['closed', 'Closed: users wait'],
  ['open', 'Open: at a rate'],
];

/** What is chosen before a test, in Locust's words. Tells `change` with the parts of the plan that changed. */
@customElement('stress-form')
export class StressForm extends LitElement {
  static override styles = [baseStyles, buttonStyles, fieldStyles, stressFormStyles];

  @property({ attribute: false }) plan!: StressPlan;
  /** The other host that this build may test; empty where there is none. */
  @property() host = '';
  @state() private shape: Exclude<Shape, 'drawn'> = 'steady';
  @state() private runTime: string | undefined;

  override render() {
    return html`
      <div class="fields">${this.renderUsers()} ${this.renderTarget()}</div>
      <details>
        <summary>Tasks, think time and deadline</summary>
        <div class="fields">${this.renderTasks()} ${this.renderTimes()}</div>
      </details>
      <details>
        <summary>Success criteria</summary>
        <div class="fields">${this.renderCriteria()}</div>
      </details>
    `;
  }

  private renderUsers() {
    const { stages, model } = this.plan;
    const isOpen = model === 'open';
    const isSingle = stages.length === 1;
    const isDrawn = !isSingle && !this.isShape(this.shape);
    return html`
      ${renderNumberField({
        id: 'users',
        label: isOpen ? 'Requests a second (peak)' : 'Number of users (peak concurrency)',
        value: mostUsers(stages),
        isWhole: true,
        change: (users) => this.reshape(this.shape, users, shapeDuration(stages)),
      })}
      ${renderNumberField({
        id: 'spawn-rate',
        label: isOpen ? 'Ramp up (requests/s more each second)' : 'Ramp up (users started/second)',
        value: stages[0]?.spawnRate ?? 1,
        disabled: !isSingle,
        hint: isSingle ? undefined : 'Each stage has its own.',
        change: (spawnRate) =>
          this.tell({ stages: singleStage(mostUsers(stages), spawnRate, shapeDuration(stages)) }),
      })}
      ${this.renderRunTime()}
      ${renderChoiceField<Shape>({
        id: 'shape',
        label: 'Load shape',
        choices: SHAPES,
        chosen: isSingle ? 'steady' : isDrawn ? 'drawn' : this.shape,
        change: (shape) => shape !== 'drawn' && this.reshape(shape, mostUsers(stages), shapeDuration(stages)),
      })}
    `;
  }

  private renderRunTime() {
    const text = this.runTime ?? formatRunTime(shapeDuration(this.plan.stages));
    const isWrong = parseRunTime(text) === undefined;
    return html`
      <div class="field">
        <label for="run-time">Run time</label>
        <input
          id="run-time"
          type="text"
          autocomplete="off"
          .value=${text}
          aria-invalid=${isWrong ? 'true' : 'false'}
          aria-describedby="run-time-hint"
          @input=${this.onRunTime}
          @change=${() => (this.runTime = undefined)}
        />
        <span id="run-time-hint" class=${isWrong ? 'field-error' : 'hint'}>
          e.g. 20, 20s, 3m, 2h, 1h20m, 3h30m10s
        </span>
      </div>
    `;
  }

  private renderTarget() {
    const targets: readonly Choice<StressTarget>[] = [
      ['service-worker', 'This app’s service worker'],
      ['router', 'This app’s router, directly'],
      ['host', this.host ? `Another host: ${this.host}` : 'Another host: not in this build', !this.host],
    ];
    return html`
      ${renderChoiceField<StressTarget>({
        id: 'target',
        label: 'Host',
        choices: targets,
        chosen: this.plan.target,
        change: (target) => this.tell({ target, host: target === 'host' ? this.host : '' }),
      })}
      ${renderChoiceField<LoadModel>({
        id: 'model',
        label: 'Model',
        choices: MODELS,
        chosen: this.plan.model,
        change: (model) => this.tell({ model }),
      })}
      ${
        this.plan.target === 'host'
          ? html`
              <p class="notice wide" role="alert">
                This sends real requests to ${this.host}. Test only what is yours, or what you were asked to
                test. Its answers must allow this page (CORS). At most 50 users for 10 minutes.
              </p>
            `
          : nothing
      }
    `;
  }

  private renderTasks() {
    const { weights } = this.plan;
    return TASK_KINDS.map((kind) =>
      renderNumberField({
        id: kind,
        label: `${TASKS[kind].title}: weight`,
        value: weights[kind],
        isWhole: true,
        change: (weight) => this.tell({ weights: { ...weights, [kind]: weight } }),
      }),
    );
  }

  private renderTimes() {
    const { thinkMs, deadlineMs, workers, model } = this.plan;
    const [least, most] = thinkMs;
    const disabled = model === 'open';
    return [
      renderNumberField({
        id: 'think-least',
        label: 'Think time from (ms)',
        value: least,
        disabled,
        change: (value) => this.tell({ thinkMs: [value, most] }),
      }),
      renderNumberField({
        id: 'think-most',
        label: 'Think time to (ms)',
        value: most,
        disabled,
        change: (value) => this.tell({ thinkMs: [least, value] }),
      }),
      renderNumberField({
        id: 'deadline',
        label: 'Deadline of an answer (ms)',
        value: deadlineMs,
        change: (value) => this.tell({ deadlineMs: value }),
      }),
      renderNumberField({
        id: 'workers',
        label: 'Workers that make the load',
        value: workers,
        isWhole: true,
        change: (value) => this.tell({ workers: value }),
      }),
    ];
  }

  private renderCriteria() {
    const { percentile, latencyMs, failureShare, requestsPerSecond } = this.plan.criteria;
    return [
      renderChoiceField({
        id: 'percentile',
        label: 'Response time of',
        choices: PERCENTILES.map((share) => [String(share), namePercentile(share)] as const),
        chosen: String(percentile),
        change: (share) => this.judge({ percentile: Number(share) }),
      }),
      renderNumberField({
        id: 'latency',
        label: 'at most (ms)',
        value: latencyMs,
        change: (value) => this.judge({ latencyMs: value }),
      }),
      renderNumberField({
        id: 'failures',
        label: 'Failures at most (%)',
        value: Number((failureShare * 100).toFixed(6)),
        change: (value) => this.judge({ failureShare: value / 100 }),
      }),
      renderNumberField({
        id: 'rate',
        label: 'Requests a second at least',
        value: requestsPerSecond,
        hint: '0 asks for none.',
        change: (value) => this.judge({ requestsPerSecond: value }),
      }),
    ];
  }

  private judge(change: Partial<SuccessCriteria>): void {
    this.tell({ criteria: { ...this.plan.criteria, ...change } });
  }

  private readonly onRunTime = (event: Event): void => {
    this.runTime = (event.target as HTMLInputElement).value;
    const seconds = parseRunTime(this.runTime);
    if (seconds !== undefined) this.reshape(this.shape, mostUsers(this.plan.stages), seconds);
  };

  /** Makes the stages anew; what was drawn by hand is left behind then. */
  private reshape(shape: Exclude<Shape, 'drawn'>, users: number, seconds: number): void {
    this.shape = shape;
    const rate = this.plan.stages[0]?.spawnRate ?? 1;
    const stages = shape === 'steady' ? singleStage(users, rate, seconds) : readyShape(shape, users, seconds);
    this.tell({ stages });
  }

  private isShape(shape: Exclude<Shape, 'drawn'>): boolean {
    const { stages } = this.plan;
    if (shape === 'steady') return false;
    const ready = readyShape(shape, mostUsers(stages), shapeDuration(stages));
    return JSON.stringify(ready) === JSON.stringify(stages);
  }

  private tell(change: Partial<StressPlan>): void {
    this.dispatchEvent(new CustomEvent<Partial<StressPlan>>('change', { detail: change }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'stress-form': StressForm;
  }
}
