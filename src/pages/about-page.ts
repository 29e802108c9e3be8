import { html, LitElement } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatAccuracy, formatCount } from '../components/format';
import '../components/ink-icon';
import '../components/model-figures';
import { baseStyles, buttonStyles, pageStyles, plateStyles } from '../components/shared-styles';
import { parameterCount } from '../domain/architecture';
import { accuracyOf } from '../domain/metrics';
import type { ModelEvaluation } from '../domain/model-evaluation';
import type { ModelCard } from '../domain/model-version';
import { ENGINE_TITLES } from '../domain/engine';
import { asIs } from '../i18n/as-is';
import type { ModelService } from '../services/model-service';
import type { Services } from '../services/services';
import type { StatusService } from '../services/status-service';
import { aboutStyles } from './about-styles';
import './install-band';
import './language-band';
import './offline-band';
import './privacy-band';
import { checkReadiness, type ReadinessCheck } from './readiness';
import { watch } from './watch';

/** About: what works on this device, what runs where, the shipped model, keys, privacy, licences. */
@customElement('about-page')
export class AboutPage extends LitElement {
  static override styles = [baseStyles, buttonStyles, plateStyles, pageStyles, aboutStyles];

  @property({ attribute: false }) services!: Services;
  @property() version = '';
  @state() private checks: readonly ReadinessCheck[] = [];
  @state() private evaluation: ModelEvaluation | undefined;

  constructor() {
    super();
    watch(
      this,
      () => [this.status.status, this.models.catalogue, this.services.offline.state],
      () => this.check(),
    );
  }

  private get status(): StatusService {
    return this.services.status;
  }

  private get models(): ModelService {
    return this.services.models;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.status.refreshStorage();
    void this.status.checkHeaders();
    this.check();
    void this.models.fetchShippedEvaluation().then((evaluation) => (this.evaluation = evaluation));
  }

  override render() {
    return html`
      <header class="head">
        <div>
          <h1>About</h1>
          <p>
            Inkling ${this.version}: the whole life of a model that reads digits, on your own device.
            <a href="#/learn">Take the tour, learn the words</a>
          </p>
        </div>
      </header>
      <div class="column">
        ${this.renderReadiness()}
        <offline-band .offline=${this.services.offline}></offline-band>
        <install-band .install=${this.services.install}></install-band>
        <language-band .notices=${this.services.notices}></language-band>
        ${this.renderPlaces()} ${this.renderCard()}
        <privacy-band></privacy-band>
        ${this.renderKeys()} ${this.renderLicences()}
      </div>
    `;
  }

  private renderReadiness() {
    const { isPersisted } = this.status.status.value;
    return html`
      <section class="plate" aria-label="This device">
        <h2>This device</h2>
        <ul class="checks">
          ${this.checks.map(
            ({ name, works, consequence }) => html`
              <li class=${works ? 'works' : 'lacks'}>
                <ink-icon name=${works ? 'check' : 'warning'}></ink-icon>
                <strong>
                  ${name}
                  <span class="visually-hidden">${works ? ': yes' : ': no'}</span>
                </strong>
                <span class="hint">${consequence}</span>
              </li>
            `,
          )}
        </ul>
        <p ?hidden=${isPersisted}>
          <button @click=${() => this.status.requestPersistence()}>Ask the browser to keep my data</button>
        </p>
      </section>
    `;
  }

  private renderPlaces() {
    return html`
      <section class="plate" aria-label="What runs where">
        <h2>What runs where</h2>
        <dl>
          <dt>This page</dt>
          <dd>shows, takes your strokes, and brings them to 28 × 28 pixels.</dd>
          <dt>Four workers</dt>
          <dd>
            compute, so that this page never waits: one answers what you draw, one trains, one fetches and
            searches data, one explains and tests models. Load tests and files of models from elsewhere have
            workers of their own, for as long as they last.
          </dd>
          <dt>The database</dt>
          <dd>of this browser keeps data sets, runs and models.</dd>
          <dt>The service worker</dt>
          <dd>keeps the app itself, so that it opens without a network.</dd>
          <dt>A server</dt>
          <dd>there is none. Whoever hosts Inkling sends files and learns nothing.</dd>
        </dl>
      </section>
    `;
  }

  private renderCard() {
    const { shipped } = this.models.catalogue.value;
    return html`
      <section class="plate" aria-label="The shipped model">
        <h2>The shipped model</h2>
        ${
          shipped
            ? this.renderCardFacts(shipped)
            : html`
                <p>Its card could not be loaded.</p>
              `
        }
      </section>
    `;
  }

  private renderCardFacts(card: ModelCard) {
    const { recipe, dataset, seed } = card.config;
    const facts: readonly (readonly [string, string])[] = [
      [
        'Validation',
        `${formatAccuracy(accuracyOf(card.validation))} of ${formatCount(card.validation.total)}`,
      ],
      ['Network', `${card.architecture.name}, ${formatCount(parameterCount(card.architecture))} parameters`],
      ['Recipe', `${recipe.title}, ${recipe.epochs} epochs, batches of ${recipe.batchSize}, seed ${seed}`],
      [
        'Learned from',
        `${formatCount(dataset.sampleCount)} images of MNIST, a twelfth of them kept to check`,
      ],
      ['Data hash', card.dataHash],
      ['Weights hash', card.weightsHash],
      ['Trained', `${asIs(card.trainedOn)}, on ${ENGINE_TITLES[card.engine]}, Inkling ${card.appVersion}`],
      ...(this.evaluation
        ? [['Download', `${Math.round(this.evaluation.downloadBytes / 1000)} kB`] as const]
        : []),
      ['Date', new Date(card.createdAt).toISOString().slice(0, 10)],
    ];
    return html`
      <dl>
        ${facts.map(
          ([name, value]) => html`
            <dt>${name}</dt>
            <dd>${value}</dd>
          `,
        )}
      </dl>
      ${this.evaluation ? this.renderFigures(this.evaluation) : ''}
      <p class="hint">
        Its limits: it learned from digits that clerks and pupils in the United States wrote. How well it
        reads the hands of other countries was not measured. Letters and shapes it may take for digits.
      </p>
    `;
  }

  private renderFigures(evaluation: ModelEvaluation) {
    return html`
      <h3>How well it does</h3>
      <model-figures .evaluation=${evaluation}></model-figures>
    `;
  }

  private renderKeys() {
    return html`
      <section class="plate" aria-label="Keys">
        <h2>Keys, on the pad</h2>
        <dl>
          <dt>
            <kbd>←</kbd>
            <kbd>↑</kbd>
            <kbd>→</kbd>
            <kbd>↓</kbd>
          </dt>
          <dd>move the pen</dd>
          <dt><kbd>Space</kbd></dt>
          <dd>puts the pen on the paper, and lifts it</dd>
          <dt>
            <kbd>Shift</kbd>
            and an arrow
          </dt>
          <dd>draws as long as Shift is held</dd>
          <dt>
            <kbd>Delete</kbd>
            or
            <kbd>Escape</kbd>
          </dt>
          <dd>clears the pad</dd>
          <dt>
            <kbd>Ctrl</kbd>
            <kbd>Z</kbd>
            ,
            <kbd>Ctrl</kbd>
            <kbd>Y</kbd>
          </dt>
          <dd>undo and redo</dd>
          <dt>
            <kbd>Ctrl</kbd>
            <kbd>V</kbd>
          </dt>
          <dd>reads a picture that you copied</dd>
        </dl>
      </section>
    `;
  }

  private renderLicences() {
    return html`
      <section class="plate" aria-label="Licences">
        <h2>Licences</h2>
        <p>
          Inkling is free under the MIT licence. It is built with Lit, TensorFlow.js, Plotly, idb and JSZip,
          whose notices you find
          <a href="./THIRD-PARTY-NOTICES.txt" target="_blank">in this list</a>
          in full. MNIST was made by Yann LeCun, Corinna Cortes and Christopher Burges from data of NIST.
        </p>
      </section>
    `;
  }

  private check(): void {
    this.checks = checkReadiness(this.status);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'about-page': AboutPage;
  }
}
