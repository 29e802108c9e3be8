import { asIs } from '../i18n/as-is';
import { html } from '../i18n/lit';
import { renderNumberField } from '../components/fields';
import { formatCount } from '../components/format';
import { mostUsers, type LoadStage } from '../domain/load-shape';
import { aggregate, failureShare, type StressRun } from '../domain/stress-run';
import { toStressRows } from './stress-words';

/** What a load can be changed to while it is made. */
export type LoadEdit = Pick<LoadStage, 'users' | 'spawnRate'>;

/** What a person can do while a test runs. */
interface NowActs {
  /** Something else was typed into the fields. */
  readonly type: (edit: LoadEdit) => void;
  /** From now on the load is what was typed. */
  readonly edit: (edit: LoadEdit) => void;
}

/** What Locust has in its head, and its Edit. `typed` is what stands in the fields, where it was changed. */
export function renderNow(run: StressRun, typed: LoadEdit | undefined, { type, edit }: NowActs) {
  const { stages, model } = run.plan;
  const wanted = typed ?? { users: mostUsers(stages), spawnRate: stages.at(-1)!.spawnRate };
  const unit = model === 'open' ? 'Requests a second from now on' : 'Users from now on';
  return html`
    <section class="plate" aria-label="Now">
      <header>
        <dl class="figure-row figures">
          <div>
            <dt>Host</dt>
            <dd class="host">${asIs(run.host)}</dd>
          </div>
          ${figuresOf(run).map(
            ([name, value]) => html`
              <div>
                <dt>${name}</dt>
                <dd>${value}</dd>
              </div>
            `,
          )}
        </dl>
        <div class="edit">
          ${renderNumberField({ id: 'edit-users', label: unit, value: wanted.users, isWhole: true, change: (users) => type({ ...wanted, users }) })}
          ${renderNumberField({ id: 'edit-rate', label: 'Ramp up (a second)', value: wanted.spawnRate, change: (spawnRate) => type({ ...wanted, spawnRate }) })}
          <button ?disabled=${run.status === 'stopping'} @click=${() => edit(wanted)}>Edit</button>
        </div>
      </header>
    </section>
  `;
}

function figuresOf(run: StressRun): readonly (readonly [name: string, value: string])[] {
  return [
    ['Status', run.status],
    [run.plan.model === 'open' ? 'Requests a second' : 'Users', formatCount(run.users)],
    ['Workers', String(run.plan.workers)],
    ['RPS', toStressRows(run).at(-1)!.rps.toFixed(1)],
    ['Failures', `${(failureShare(aggregate(run.entries)) * 100).toFixed(2)}%`],
  ];
}
