import { css, html, LitElement } from '../i18n/lit';
import { customElement } from 'lit/decorators.js';
import { baseStyles, plateStyles } from '../components/shared-styles';
import { ThemeService } from '../services/theme-service';

/** In place of the app at an address that browsers do not trust: what is missing, and how to mend it. */
@customElement('insecure-notice')
export class InsecureNotice extends LitElement {
  static override styles = [
    baseStyles,
    plateStyles,
    css`
      main {
        display: grid;
        gap: var(--s-4);
        max-width: 64ch;
        margin: 0 auto;
        padding: var(--s-6) var(--s-4);
      }
      img {
        filter: var(--mark);
      }
      h1 {
        font: 400 var(--t-6) / 1.25 var(--font-book);
      }
      section {
        display: grid;
        gap: var(--s-3);
      }
      ul {
        display: grid;
        gap: var(--s-3);
        padding-inline-start: var(--s-5);
      }
      a,
      code {
        overflow-wrap: anywhere;
      }
      li a {
        display: inline-block;
        min-height: var(--h-touch);
        align-content: center;
      }
    `,
  ];

  /** The person's own theme, also here. */
  readonly theme = new ThemeService(document.documentElement);

  override render() {
    const { hostname, origin, pathname, port } = location;
    const here = `http://localhost${port ? `:${port}` : ''}${pathname}`;
    const secure = `https://${hostname}${pathname}`;
    return html`
      <main>
        <img src="./icons/icon.svg" alt="" width="40" height="40" />
        <h1>Inkling needs https or localhost</h1>
        <p>
          Browsers give an app its offline copy, the safe use of several tabs, and the check of what it
          downloads only at an address that begins with https, or on the device that serves it.
        </p>
        <p>
          <bdi translate="no">${origin}</bdi>
          is neither, so Inkling did not start. Nothing was changed on this device.
        </p>
        <section class="plate" aria-label="What to do">
          <h2>What to do</h2>
          <ul>
            <li>
              If this host has a certificate, open it with https:
              <br />
              <a href=${secure}><bdi translate="no">${secure}</bdi></a>
            </li>
            <li>
              On the device that serves Inkling, open it as localhost:
              <br />
              <a href=${here}><bdi translate="no">${here}</bdi></a>
            </li>
            <li>
              If you run this host, give it a certificate, or put a proxy with one in front of it.
              <code translate="no">docs/deploy</code>
              says how.
            </li>
          </ul>
        </section>
      </main>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'insecure-notice': InsecureNotice;
  }
}
