import { html, nothing } from '../i18n/lit';
import '../components/load-shape-editor';
import '../components/stress-form';
import { checkStages, type LoadStage } from '../domain/load-shape';
import { checkPlan, READY_PLANS, type ReadyPlan, type StressPlan } from '../domain/stress-plan';
import type { StressRun } from '../domain/stress-run';
import { secondsOf } from './stress-words';

/** What is shown of a plan. */
interface PlanShown {
  readonly plan: StressPlan;
  /** The test that follows it, while it runs. */
  readonly followed: StressRun | undefined;
  /** The other host that this build may test; empty where there is none. */
  readonly host: string;
}

/** What a person can do with a plan. */
interface PlanActs {
  readonly change: (change: Partial<StressPlan>) => void;
  readonly saveLocustfile: () => void;
}

/** The plan of a load: its shape to be drawn, and its fields. While it is followed, neither can be changed. */
export function renderPlan({ plan, followed, host }: PlanShown, { change, saveLocustfile }: PlanActs) {
  return html`
    <section class="plate" aria-label="Load plan">
      <header>
        <div>
          <h2>Load plan</h2>
          <p class="hint">${followed ? 'It is being followed.' : 'A ready one, or your own.'}</p>
        </div>
        <div class="tools">
          ${followed ? nothing : READY_PLANS.map((ready) => renderReady(ready, change))}
          <button class="quiet" @click=${saveLocustfile}>Save locustfile.py</button>
        </div>
      </header>
      <load-shape-editor
        .stages=${plan.stages}
        .unit=${plan.model === 'open' ? 'a second' : 'users'}
        .now=${followed ? secondsOf(followed) : undefined}
        .fixed=${followed !== undefined}
        @change=${(event: CustomEvent<readonly LoadStage[]>) => change({ stages: event.detail })}
      ></load-shape-editor>
      ${followed ? nothing : renderFields(plan, host, change)}
    </section>
  `;
}

function renderFields(plan: StressPlan, host: string, change: PlanActs['change']) {
  const problem = checkPlan(plan);
  // What is wrong with the stages is said below their drawing.
  const isSaid = problem === checkStages(plan.stages);
  return html`
    <stress-form
      .plan=${plan}
      .host=${host}
      @change=${(event: CustomEvent<Partial<StressPlan>>) => change(event.detail)}
    ></stress-form>
    <p class="field-error" role="alert" ?hidden=${isSaid}>${isSaid ? '' : problem}</p>
  `;
}

function renderReady({ title, hint, plan }: ReadyPlan, change: PlanActs['change']) {
  return html`
    <button title=${hint} @click=${() => change(plan)}>${title}</button>
  `;
}
