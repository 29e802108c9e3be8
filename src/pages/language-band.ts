import { css, html, LitElement } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles, fieldStyles, plateStyles } from '../components/shared-styles';
import { chooseLanguage, LANGUAGES } from '../i18n/speak';
import { speech, type Language } from '../i18n/speech';
import type { NoticeService } from '../services/notice-service';

/** The choice of a language. All that is shown is shown anew then, so that the choice takes the focus back. */
@customElement('language-band')
export class LanguageBand extends LitElement {
  static override styles = [
    baseStyles,
    plateStyles,
    fieldStyles,
    css`
      h2 {
        margin-bottom: var(--s-3);
      }
      select + p {
        margin-top: var(--s-1);
      }
    `,
  ];

  /** The language that was chosen last, until its choice has the focus again. */
  private static asked: Language | undefined;

  @property({ attribute: false }) notices!: NoticeService;

  override render() {
    return html`
      <section class="plate" aria-label="Language">
        <h2><label for="language">Language</label></h2>
        <select id="language" aria-describedby="language-hint" @change=${this.onChange}>
          ${LANGUAGES.map(
            ([code, name]) => html`
              <option value=${code} lang=${code} .selected=${code === speech.language}>${name}</option>
            `,
          )}
        </select>
        <p id="language-hint" class="hint">Files that you save, and what programs ask, stay in English.</p>
      </section>
    `;
  }

  protected override firstUpdated(): void {
    if (LanguageBand.asked !== speech.language) return;
    LanguageBand.asked = undefined;
    this.renderRoot.querySelector('select')?.focus();
  }

  private onChange(event: Event): void {
    const code = (event.target as HTMLSelectElement).value as Language;
    LanguageBand.asked = code;
    chooseLanguage(code).catch((error: unknown) => this.notices.fail(error));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'language-band': LanguageBand;
  }
}
