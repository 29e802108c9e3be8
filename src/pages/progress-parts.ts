/** Parts of the plate that says how a training goes. */
import { html, nothing } from '../i18n/lit';
import type { PresenceService } from '../services/presence-service';
import type { TrainingService } from '../services/training-service';
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

/** Said aloud at each quarter, not at each tick; that it is done is told by itself. */
export function renderSpoken({ statement, share }: ProgressWords) {
  return html`
    <p class="visually-hidden" role="status">${share === undefined ? statement : wordQuarter(share)}</p>
  `;
}

function wordQuarter(share: number): string {
  const quarters = Math.floor(share * 4);
  return quarters === 0 || quarters === 4 ? '' : `${quarters * 25} percent.`;
}

/** What a training may do without being asked each time. */
export function renderHabits(presence: PresenceService, training: TrainingService) {
  return html`
    <div class="habits">
      ${
        presence.canKeepAwake
          ? renderHabit({
              words: 'Keep this device awake while training',
              hint: 'The screen stays on, so that the device does not fall asleep over its work',
              isOn: presence.keepsAwake.value,
              set: (isOn) => void presence.keepAwake(isOn),
            })
          : nothing
      }
      ${renderHabit({
        words: 'Go on by itself after a crash',
        hint: 'A run that was cut off goes on from its last saved state as soon as Inkling is opened again',
        isOn: training.state.value.resumesAlone,
        set: (isOn) => void training.resumeAlone(isOn),
      })}
    </div>
  `;
}

interface Habit {
  readonly words: string;
  readonly hint: string;
  readonly isOn: boolean;
  readonly set: (isOn: boolean) => void;
}

function renderHabit({ words, hint, isOn, set }: Habit) {
  return html`
    <label class="habit" title=${hint}>
      <input
        type="checkbox"
        .checked=${isOn}
        @change=${({ target }: Event) => set((target as HTMLInputElement).checked)}
      />
      ${words}
    </label>
  `;
}
