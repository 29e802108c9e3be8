import { css, html, LitElement } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles, buttonStyles, pageStyles, plateStyles } from '../components/shared-styles';
import '../components/term-card';
import { TERMS } from '../domain/glossary';
import { stepsOf } from '../domain/tour';
import { findStep } from '../domain/tour-steps';
import type { Services } from '../services/services';
import type { TourService } from '../services/tour-service';
import './lesson-desk';
import { tourAddress } from './tour-address';

/** Learn: the guided tour, the words that one meets, and links for lessons. */
@customElement('learn-page')
export class LearnPage extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    plateStyles,
    pageStyles,
    css`
      .sections {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--s-5);
      }
      .tour {
        display: flex;
        flex-wrap: wrap;
        gap: var(--s-3) var(--s-5);
        align-items: center;
        justify-content: space-between;
      }
      .tour > div {
        flex: 1 1 320px;
      }
      .tour h2 {
        margin-bottom: var(--s-1);
      }
      .tour ol {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--s-2);
        margin-top: var(--s-2);
        padding: 0;
        color: var(--ink-2);
        font-size: var(--t-2);
        list-style: none;
      }
      .tour li:not(:last-child)::after {
        content: '→' / '';
        margin-inline-start: var(--s-2);
        color: var(--ink-3);
      }
      .terms {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(300px, 100%), 1fr));
        gap: 20px;
        margin-top: var(--s-3);
        padding: 0;
        list-style: none;
      }
      .terms li {
        display: grid;
      }
    `,
  ];

  @property({ attribute: false }) services!: Services;
  /** The pages that this app has. */
  @property({ attribute: false }) routes: readonly string[] = [];
  @state() private tour: TourService | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.openTour();
  }

  override render() {
    return html`
      <header class="head">
        <div>
          <h1>Learn</h1>
          <p>A tour through the whole life of a model, and the words that you meet on the way.</p>
        </div>
      </header>
      <div class="sections">
        ${this.renderTour()}
        <section aria-labelledby="terms">
          <h2 id="terms">Words to learn</h2>
          <p class="hint">The same explanations open from the question marks beside these words.</p>
          <ul class="terms">
            ${TERMS.map(
              ({ id }) => html`
                <li class="plate"><term-card .term=${id}></term-card></li>
              `,
            )}
          </ul>
        </section>
        <lesson-desk .notices=${this.services.notices}></lesson-desk>
      </div>
    `;
  }

  private renderTour() {
    const steps = stepsOf(this.routes);
    return html`
      <section class="plate tour" aria-labelledby="tour">
        <div>
          <h2 id="tour">The guided tour</h2>
          <p>
            Ten minutes, from the first digits to a model of your own that answers. You do each step yourself,
            on the real pages. You can stop at any time and go on later.
          </p>
          <ol aria-label="Steps">
            ${steps.map(
              ({ title }) => html`
                <li>${title}</li>
              `,
            )}
          </ol>
        </div>
        <button class="primary" ?disabled=${!this.tour} @click=${this.begin}>Start the tour</button>
      </section>
    `;
  }

  private async openTour(): Promise<void> {
    const tour = await this.services.openTour();
    await tour.load(this.routes);
    this.tour = tour;
  }

  private async begin(): Promise<void> {
    const { tour } = this;
    await tour?.begin();
    const state = tour?.state.value;
    if (state?.kind !== 'on') return;
    location.hash = tourAddress(findStep(state.place.step), this.services.catalogue.catalogue.value.sets);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'learn-page': LearnPage;
  }
}
