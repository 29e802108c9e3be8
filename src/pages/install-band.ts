import { css, html, LitElement } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles, buttonStyles, plateStyles } from '../components/shared-styles';
import type { InstallService, InstallState } from '../services/install-service';
import { watch } from './watch';

type Way = Extract<InstallState, { kind: 'by-hand' }>['way'];

/** The words that the menus of the browsers use. */
const WAY_WORDS: Readonly<Record<Way, string>> = {
  ios: 'In Safari, tap Share, then “Add to Home Screen”.',
  'mac-safari': 'In Safari, choose “Add to Dock” in the File menu.',
  'android-firefox': 'In Firefox, open the menu and tap “Install”, or “Add to Home screen”.',
  firefox:
    'Firefox on a computer installs web apps on some systems alone. Inkling works in its tab all the same, also offline; a bookmark finds it again.',
  menu: 'Use the install icon at the end of the address bar, or “Install” or “Add to Home screen” in the browser’s menu. Where neither is there, this browser cannot, or Inkling is installed already.',
};

/** Inkling as an app of its own: the button that installs it, or the way to do it by hand. */
@customElement('install-band')
export class InstallBand extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    plateStyles,
    css`
      h2 {
        margin-bottom: var(--s-3);
      }
      p + p {
        margin-top: var(--s-3);
      }
    `,
  ];

  @property({ attribute: false }) install!: InstallService;

  constructor() {
    super();
    watch(this, () => [this.install.state]);
  }

  override render() {
    return html`
      <section class="plate" aria-label="Install">
        <h2>Install</h2>
        ${this.renderState(this.install.state.value)}
      </section>
    `;
  }

  private renderState(state: InstallState) {
    switch (state.kind) {
      case 'installed':
        return html`
          <p role="status">
            Inkling is installed. PNG, ZIP and model files can be opened with it from your device’s files.
          </p>
        `;
      case 'offered':
        return html`
          <p>
            In a window of its own, without an address bar. Pictures, ZIPs and models can then be opened with
            it from your device’s files, or shared with it.
          </p>
          <p><button class="primary" @click=${() => this.install.install()}>Install Inkling</button></p>
        `;
      case 'by-hand':
        return html`
          <p>${WAY_WORDS[state.way]}</p>
        `;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'install-band': InstallBand;
  }
}
