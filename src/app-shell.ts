import { html, LitElement } from './i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import { appShellStyles } from './app-shell-styles';
import { formatMegabytes } from './components/format';
import './components/error-desk';
import './components/ink-icon';
import { baseStyles, buttonStyles } from './components/shared-styles';
import './components/toast-list';
import { PAGES, pageOfLocation, type PageEntry } from './page-routes';
import { speech } from './i18n/speech';
import './pages/more-tab';
import { APP_VERSION } from './platform/app-version';
import { painted } from './platform/painted';
import { wordUpdate } from './pages/update-words';
import { watch } from './pages/watch';
import type { Services } from './services/services';
import type { ThemeChoice } from './services/theme-service';

/** A phone has room for as many tabs; the other pages are in the sheet of one more. */
const TABS = 4;
const ROUTES = PAGES.map(({ route }) => route);
const MORE = PAGES.slice(TABS);

/** A page waits no longer than this for what it shows, in milliseconds: then it says itself what is missing. */
const READING_MS = 2000;

const NEXT_THEME: Readonly<Record<ThemeChoice, ThemeChoice>> = {
  system: 'light',
  light: 'dark',
  dark: 'system',
};
const THEME_TITLES: Readonly<Record<ThemeChoice, string>> = {
  system: 'As the device',
  light: 'Light',
  dark: 'Dark',
};

/** The app: navigation, the page of the current route, toasts, "update ready". */
@customElement('inkling-app')
export class InklingApp extends LitElement {
  static override styles = [baseStyles, buttonStyles, appShellStyles];

  @property({ attribute: false }) services!: Services;
  @state() private page: PageEntry = pageOfLocation();
  /** The page whose code is here; the old one stays until the new one can be shown. */
  @state() private loaded: PageEntry | undefined;

  private tellShown!: () => void;
  /** Resolves when the first page can be seen, or could not be loaded. What is behind the app can wait for it. */
  readonly shown = new Promise<void>((resolve) => {
    this.tellShown = () => void painted().then(resolve);
  });

  constructor() {
    super();
    watch(this, () => [
      this.services.theme.choice,
      this.services.theme.theme,
      this.services.status.status,
      this.services.notices.notices,
      this.services.notices.failure,
      this.services.opened.opened,
    ]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.onRoute);
    speech.onChange = this.sayAnew;
    void this.showPage().finally(this.tellShown);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.onRoute);
  }

  override render() {
    return html`
      <nav aria-label="Pages">
        <a class="skip" href="#main" @click=${this.skipToMain}>Skip to the page</a>
        <a class="brand" href="#/draw" aria-label="Inkling">
          <img src="./icons/icon.svg" alt="" width="28" height="28" />
          <span>Inkling</span>
        </a>
        <ul>
          ${PAGES.filter(({ isAside }) => !isAside).map((page) => this.renderLink(page))}
          <li class="more">
            <more-tab .services=${this.services} .pages=${MORE} .route=${this.page.route}></more-tab>
          </li>
        </ul>
        ${this.renderFoot()}
      </nav>
      <tour-desk .services=${this.services} .routes=${ROUTES} @leave=${this.focusMain}></tour-desk>
      <main id="main" tabindex="-1" aria-label=${this.page.title}>
        ${this.renderUpdate()} ${this.renderOpened()} ${this.renderFailure()}
        <kept-desk .services=${this.services}></kept-desk>
        ${this.renderPage()}
      </main>
      <toast-list
        .toasts=${this.services.notices.notices.value}
        @dismiss=${(event: CustomEvent<number>) => this.services.notices.dismiss(event.detail)}
      ></toast-list>
    `;
  }

  private renderLink({ route, title, icon }: PageEntry) {
    const isCurrent = route === this.page.route;
    return html`
      <li>
        <a href=${`#/${route}`} aria-current=${isCurrent ? 'page' : 'false'}>
          <ink-icon name=${icon}></ink-icon>
          <span>${title}</span>
        </a>
      </li>
    `;
  }

  private renderFoot() {
    const { isOfflineReady, usedBytes } = this.services.status.status.value;
    const choice = this.services.theme.choice.value;
    return html`
      <div class="foot">
        <p ?hidden=${!isOfflineReady}>
          <ink-icon name="offline"></ink-icon>
          <span>Works offline</span>
        </p>
        <p ?hidden=${usedBytes === undefined}>
          <ink-icon name="storage"></ink-icon>
          <span>${formatMegabytes(usedBytes ?? 0)} used</span>
        </p>
        <a href="#/learn" aria-current=${this.page.route === 'learn' ? 'page' : 'false'}>
          <ink-icon name="help"></ink-icon>
          <span>Learn</span>
        </a>
        <button
          class="quiet"
          title="Change the theme"
          @click=${() => this.services.theme.choose(NEXT_THEME[choice])}
        >
          <ink-icon name=${choice}></ink-icon>
          <span>${THEME_TITLES[choice]}</span>
          <span class="visually-hidden">theme, change it</span>
        </button>
      </div>
    `;
  }

  private renderUpdate() {
    const { update } = this.services.status.status.value;
    if (!update) return '';
    const [text, label] = wordUpdate(update);
    return html`
      <div class="update" role="status">
        <p>${text}</p>
        <button ?hidden=${!label} @click=${() => void this.services.status.applyUpdate()}>${label}</button>
      </div>
    `;
  }

  private renderOpened() {
    if (!this.services.opened.opened.value) return '';
    // Hardly anybody needs it, so it comes when it is needed.
    if (!customElements.get('opened-desk')) {
      void import('./pages/opened-desk').then(() => this.requestUpdate());
      return '';
    }
    return html`
      <opened-desk .service=${this.services.opened}></opened-desk>
    `;
  }

  private renderFailure() {
    const { failure } = this.services.notices;
    return html`
      <error-desk
        .error=${failure.value}
        ?hidden=${!failure.value}
        @dismiss=${() => this.services.notices.clearFailure()}
      >
        <storage-mending .services=${this.services}></storage-mending>
      </error-desk>
    `;
  }

  private renderPage() {
    const { theme, recognition, models, training, datasets, notices, presence, reports } = this.services;
    const shown = theme.theme.value;
    switch (this.loaded?.route) {
      case 'draw':
        return html`
          <draw-page
            .recognition=${recognition}
            .models=${models}
            .collection=${this.services.collection}
            .teaching=${this.services.teaching}
            .explanation=${this.services.explanation}
            .notices=${notices}
            .opened=${this.services.opened}
            .theme=${shown}
          ></draw-page>
        `;
      case 'data':
        return html`
          <data-page .services=${this.services} .erase=${this.services.erase} .theme=${shown}></data-page>
        `;
      case 'train':
        return html`
          <train-page
            .training=${training}
            .datasets=${datasets}
            .catalogue=${this.services.catalogue}
            .models=${models}
            .promotion=${this.services.promotion}
            .notices=${notices}
            .presence=${presence}
            .reports=${reports}
            .theme=${shown}
          ></train-page>
        `;
      case 'evaluate':
        return html`
          <evaluate-page .services=${this.services} .theme=${shown}></evaluate-page>
        `;
      case 'models':
        return html`
          <models-page .services=${this.services}></models-page>
        `;
      case 'api':
        return html`
          <api-page .datasets=${datasets} .notices=${notices}></api-page>
        `;
      case 'stress':
        return html`
          <stress-page .open=${this.services.openStress} .notices=${notices} .theme=${shown}></stress-page>
        `;
      case 'learn':
        return html`
          <learn-page .services=${this.services} .routes=${ROUTES}></learn-page>
        `;
      case 'about':
        return html`
          <about-page .services=${this.services} version=${APP_VERSION}></about-page>
        `;
      default:
        return '';
    }
  }

  private readonly onRoute = (): void => {
    // A link inside the page, such as the skip link, is no route.
    if (location.hash.startsWith('#/')) void this.showPage();
  };

  /** The templates of another language are others, so that all that is shown is made anew. */
  private readonly sayAnew = (): void => {
    this.services.presence.showPage(this.page.title);
    this.requestUpdate();
  };

  private async showPage(): Promise<void> {
    const page = pageOfLocation();
    this.page = page;
    this.services.presence.showPage(page.title);
    // What cannot be read is asked for again by the page, which says why.
    const reading = Promise.allSettled(page.read?.(this.services) ?? []);
    const patience = new Promise((resolve) => setTimeout(resolve, READING_MS));
    await Promise.all([page.load(), Promise.race([reading, patience])]);
    if (this.page !== page) return;
    const isFirst = this.loaded === undefined;
    this.loaded = page;
    await this.updateComplete;
    if (!isFirst) {
      window.scrollTo(0, 0);
      this.focusMain();
    }
  }

  private skipToMain(event: Event): void {
    event.preventDefault();
    this.focusMain();
  }

  private focusMain(): void {
    this.renderRoot.querySelector<HTMLElement>('main')?.focus({ preventScroll: true });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'inkling-app': InklingApp;
  }
}
