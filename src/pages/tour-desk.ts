import { html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import '../components/tour-card';
import type { TourAction, TourCard, TourWords } from '../components/tour-card';
import { asksToAct, stepsOf, type TourPlace } from '../domain/tour';
import { findStep, type TourStep } from '../domain/tour-steps';
import type { Services } from '../services/services';
import type { TourService } from '../services/tour-service';
import { tourAddress } from './tour-address';
import { TourTarget } from './tour-target';

const OFFER: TourWords = {
  place: '',
  title: 'New here?',
  text: 'A tour leads through all of Inkling, by doing it. It takes about ten minutes.',
};
const OFFER_ACTIONS: readonly TourAction[] = [
  { name: 'begin', label: 'Take the tour', isPrimary: true },
  { name: 'end', label: 'No, thanks' },
];

/**
 * The guided tour: a card that says what to do, and a mark around what it is done with. It lies over no page
 * that could not be scrolled free of it. Tells `leave` when it goes away under the focus.
 */
@customElement('tour-desk')
export class TourDesk extends LitElement {
  @property({ attribute: false }) services!: Services;
  /** The pages that this app has. */
  @property({ attribute: false }) routes: readonly string[] = [];

  @state() private tour: TourService | undefined;
  @state() private route = routeOfLocation();
  /** Somebody came by the front door: only there is the tour offered. */
  @state() private mayOffer = routeOfLocation() === 'draw';
  @query('tour-card') private card!: TourCard | null;

  private readonly size = new ResizeObserver(() => this.makeRoom());
  private target: TourTarget | undefined;
  private measured: TourCard | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.onRoute);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.onRoute);
  }

  override render() {
    const state = this.tour?.state.value;
    if (state?.kind === 'on') return this.renderStep(state.place);
    if (state?.kind !== 'offered' || !this.mayOffer) return nothing;
    return html`
      <tour-card .words=${OFFER} .actions=${OFFER_ACTIONS} @begin=${this.begin} @end=${this.end}></tour-card>
    `;
  }

  private renderStep(place: TourPlace) {
    const step = findStep(place.step);
    const steps = stepsOf(this.routes);
    const at = steps.findIndex(({ id }) => id === step.id);
    const words: TourWords = {
      place: `Step ${at + 1} of ${steps.length}`,
      title: step.title,
      text: place.isDone ? step.done : step.task,
    };
    return html`
      <tour-card
        .words=${words}
        .actions=${actionsOf(place, steps[at + 1], this.route === step.route)}
        @go=${() => this.go(step)}
        @show=${() => this.target?.focus()}
        @next=${this.next}
        @skip=${this.next}
        @end=${this.end}
      ></tour-card>
    `;
  }

  /** What was set before this element's code was there is known from here on. */
  protected override firstUpdated(): void {
    this.target = new TourTarget(this.getRootNode() as ShadowRoot, () => this.freeBottom());
    void this.open();
  }

  protected override updated(): void {
    if (this.card !== this.measured) {
      this.size.disconnect();
      this.measured = this.card;
      if (this.card) this.size.observe(this.card);
      this.makeRoom();
    }
    const state = this.tour?.state.value;
    const isPointing = state?.kind === 'on' && (!state.place.isDone || !asksToAct(state.place.step));
    this.target?.point(isPointing ? state.place.step : undefined);
  }

  private async open(): Promise<void> {
    const tour = await this.services.openTour();
    tour.state.subscribe(() => this.requestUpdate());
    await tour.load(this.routes);
    this.tour = tour;
  }

  private async begin(): Promise<void> {
    await this.tour?.begin();
    this.goOn();
  }

  private readonly next = async (): Promise<void> => {
    await this.tour?.advance();
    this.goOn();
  };

  private async end(): Promise<void> {
    await this.tour?.end();
    this.leave();
  }

  /** Opens the page of the step that is on now. */
  private goOn(): void {
    const state = this.tour?.state.value;
    if (state?.kind !== 'on') return this.leave();
    this.go(findStep(state.place.step));
  }

  private go(step: TourStep): void {
    const address = tourAddress(step, this.services.catalogue.catalogue.value.sets);
    // The page that is open already stays as it is: the focus only goes back to the card.
    if (routeOfLocation() === step.route && step.id !== 'train') {
      void this.updateComplete.then(() => this.card?.focus());
    } else location.hash = address;
  }

  private leave(): void {
    this.dispatchEvent(new CustomEvent('leave'));
  }

  private readonly onRoute = (): void => {
    this.route = routeOfLocation();
    // Whoever walks past an offer has answered it.
    if (this.tour?.state.value.kind === 'offered' && this.mayOffer) void this.tour.end();
    this.mayOffer = false;
  };

  private freeBottom(): number {
    return this.card?.getBoundingClientRect().top ?? window.innerHeight;
  }

  /** Lets the page be scrolled free of the card: by hand, and when something in it takes the focus. */
  private makeRoom(): void {
    const { style } = document.documentElement;
    if (!this.card) {
      style.removeProperty('--dock');
      style.removeProperty('scroll-padding-bottom');
      return;
    }
    style.setProperty('--dock', `${this.card.offsetHeight}px`);
    style.setProperty('scroll-padding-bottom', `${window.innerHeight - this.freeBottom() + 16}px`);
  }
}

/** What can be done at a place: go to its page, do its task or skip it, go on. */
function actionsOf(
  { step, isDone }: TourPlace,
  next: TourStep | undefined,
  isHere: boolean,
): readonly TourAction[] {
  const end: TourAction = { name: 'end', label: 'End tour' };
  if (!next) return [{ name: 'next', label: 'Close', isPrimary: true }];
  const { page } = findStep(step);
  const label = next.page === page ? 'Next step' : `Next: ${next.page}`;
  const on: TourAction = { name: 'next', label, isPrimary: true };
  const go: TourAction = { name: 'go', label: `Go to ${page}`, isPrimary: !isDone };
  if (isDone) return isHere || asksToAct(step) ? [on, end] : [go, on, end];
  const skip: TourAction = { name: 'skip', label: 'Skip step' };
  return [isHere ? { name: 'show', label: 'Show me' } : go, skip, end];
}

/** The page that is open: without a route it is Draw. */
function routeOfLocation(): string {
  return /^#\/([a-z]+)/.exec(location.hash)?.[1] ?? 'draw';
}

declare global {
  interface HTMLElementTagNameMap {
    'tour-desk': TourDesk;
  }
}
