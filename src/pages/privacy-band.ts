import { css, html, LitElement } from '../i18n/lit';
import { customElement } from 'lit/decorators.js';
import { formatCount } from '../components/format';
import { baseStyles, plateStyles } from '../components/shared-styles';
import { PrivacyService } from '../services/privacy-service';
import { watch } from './watch';

/** What Inkling tells others, which is usually nothing. The count next to it is the browser's own. */
@customElement('privacy-band')
export class PrivacyBand extends LitElement {
  static override styles = [
    baseStyles,
    plateStyles,
    css`
      h2 {
        margin-bottom: var(--s-3);
      }
      p + p,
      dl + p {
        margin-top: var(--s-3);
      }
      dl {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(200px, 1fr));
        gap: var(--s-3) var(--s-4);
        margin-top: var(--s-4);
      }
      dl div {
        display: flex;
        flex-direction: column-reverse;
        justify-content: flex-end;
      }
      dt {
        color: var(--ink-2);
        font-size: var(--t-2);
      }
      dd {
        font: 400 var(--t-6) / 1.25 var(--font-book);
      }
    `,
  ];

  private readonly privacy = new PrivacyService();
  private stop: (() => void) | undefined;

  constructor() {
    super();
    watch(this, () => [this.privacy.requests]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.stop = this.privacy.watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop?.();
  }

  override render() {
    const { own, others } = this.privacy.requests.value;
    return html`
      <section class="plate" aria-label="Privacy">
        <h2>Privacy</h2>
        <p>
          Your drawings, pictures and models stay in this browser. Inkling has no account, no cookie and no
          counter. ${this.renderReach()}
        </p>
        <dl>
          <div>
            <dt>requests of this page to anybody else, since it was opened</dt>
            <dd class="figures others">${formatCount(others)}</dd>
          </div>
          <div>
            <dt>for files of Inkling, from this device or the place it came from</dt>
            <dd class="figures">${formatCount(own)}</dd>
          </div>
        </dl>
        <p>
          The figures are the browser’s own list of what this page asked for. What its workers ask for is not
          in that list, and under the same rule.
        </p>
        <p>
          What is kept: data sets, runs and models in the browser’s database, Inkling’s files in its cache,
          your theme and your language. “Delete all my data” on the Data page takes all of it away.
        </p>
      </section>
    `;
  }

  private renderReach() {
    const { otherHost } = this.privacy;
    if (otherHost === '') {
      return html`
        The page may talk to the place it came from and to nothing else: the browser itself enforces that, in
        the page and in its workers.
      `;
    }
    return html`
      Whoever built this Inkling opened it for load tests of one other host: the page may talk to the place it
      came from and to nothing else but
      <bdi translate="no">${otherHost}</bdi>
      (the browser itself enforces that, in the page and in its workers).
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'privacy-band': PrivacyBand;
  }
}
