/** Parts of the plate that says how a training goes. */
import { html, nothing } from 'lit';
import type { PresenceService } from '../services/presence-service';
import type { ProgressWords } from './run-words';

/** What stands there before the first run. */
export function renderNothingYet() {
  return html`
    <section class="plate" aria-label="Progress">
      <p class="statement">Nothing trained yet.</p>
      <p class="hint">Choose a recipe and start. The curves grow while the network learns.</p>
    </section>
  `;
}

/** Said aloud at each quarter, not at each tick. */
export function renderSpoken({ statement, share }: ProgressWords) {
  const quarter = share === undefined ? '' : `${Math.floor(share * 4) * 25} percent.`;
  return html`
    <p class="visually-hidden" role="status">${quarter === '' ? statement : quarter}</p>
  `;
}

/** The switch that keeps the device awake, where the browser can. */
export function renderAwake(presence: PresenceService) {
  if (!presence.canKeepAwake) return nothing;
  return html`
    <label class="awake" title="The screen stays on, so that the device does not fall asleep over its work">
      <input
        type="checkbox"
        .checked=${presence.keepsAwake.value}
        @change=${({ target }: Event) => presence.keepAwake((target as HTMLInputElement).checked)}
      />
      Keep this device awake while training
    </label>
  `;
}
