import { shareDone, trainingTitle } from '../domain/training-title';
import { say } from '../i18n/speech';
import { showBadge } from '../platform/app-badge';
import { LeavePrompt } from '../platform/leave-prompt';
import { ScreenWake } from '../platform/screen-wake';
import type { Changes } from '../storage/changes';
import type { SettingsRepository } from '../storage/settings-repository';
import { Observable, type Watched } from './observable';
import type { TrainingService } from './training-service';

interface Sources {
  readonly training: TrainingService;
  readonly settings: SettingsRepository;
  readonly changes: Changes;
}

/**
 * What can be seen of a training while one looks elsewhere: the page's title and the app's badge, from
 * whatever page of the app. It also keeps the device awake meanwhile, where that is wanted, and has the
 * browser ask before the page is left.
 */
export class PresenceService {
  private readonly awake = new Observable(false);
  private readonly wake = new ScreenWake();
  private readonly leaving = new LeavePrompt();
  private page = 'Inkling';
  private badge: number | undefined;

  constructor(private readonly sources: Sources) {
    sources.training.state.subscribe(() => this.show());
    this.awake.subscribe(() => this.show());
    sources.changes.subscribe(({ store }) => {
      if (store === 'settings') void this.load();
    });
  }

  /** True where the device is to be kept awake while it trains. */
  get keepsAwake(): Watched<boolean> {
    return this.awake;
  }

  /** True where this browser can keep the device awake. */
  get canKeepAwake(): boolean {
    return this.wake.isOffered;
  }

  /** Reads what was chosen on an earlier visit. */
  async load(): Promise<void> {
    this.awake.value = (await this.sources.settings.get('keepAwake')) ?? false;
  }

  /** Says whether to keep the device awake while it trains, for this visit and the next ones. */
  async keepAwake(isWanted: boolean): Promise<void> {
    await this.sources.settings.set('keepAwake', isWanted);
  }

  /** Says which page is shown: its name is the title while nothing is trained. */
  showPage(title: string): void {
    this.page = title;
    this.show();
  }

  private show(): void {
    const { active, runs } = this.sources.training.state.value;
    const epochs = runs.find(({ id }) => id === active?.runId)?.config.recipe.epochs;
    const title = active && epochs ? trainingTitle(active.tick, epochs) : this.page;
    const share = active?.tick && epochs ? shareDone(active.tick, epochs) : undefined;
    setTitle(`${say(title)} · Inkling`);
    this.setBadge(share === undefined ? undefined : Math.floor(share * 100));
    this.wake.want(active !== undefined && this.awake.value);
    this.leaving.want(active !== undefined && !active.isAskedFor);
  }

  /** 0 would be no badge. Told only what has changed: the system redraws its icons for each. */
  private setBadge(percent: number | undefined): void {
    const badge = percent === undefined ? undefined : Math.max(1, percent);
    if (badge === this.badge) return;
    this.badge = badge;
    showBadge(badge);
  }
}

function setTitle(title: string): void {
  if (document.title !== title) document.title = title;
}
