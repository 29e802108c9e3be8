import { css, html, LitElement } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import { findTerm, type TermId } from '../domain/glossary';
import { baseStyles } from './shared-styles';
import './term-drawing';

/** What a word means, with a drawing. */
@customElement('term-card')
export class TermCard extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: var(--s-2);
        grid-template-rows: auto auto auto 1fr auto;
      }
      h3,
      .title {
        margin: 0;
        font: 400 var(--t-5) / 1.25 var(--font-book);
      }
      term-drawing {
        margin-bottom: var(--s-1);
      }
      .more {
        color: var(--ink-2);
      }
    `,
  ];

  @property() term: TermId = 'epoch';
  /** In a popover: no heading of the page, and a way to the whole glossary. */
  @property({ type: Boolean }) compact = false;

  override render() {
    const { title, short, more, drawing, place } = findTerm(this.term);
    return html`
      ${
        this.compact
          ? html`
              <p class="title">${title}</p>
            `
          : html`
              <h3>${title}</h3>
            `
      }
      <term-drawing .term=${this.term} label=${drawing}></term-drawing>
      <p>${short}</p>
      <p class="more">${more}</p>
      <p class="hint">
        ${
          this.compact
            ? html`
                <a href="#/learn">All words</a>
              `
            : html`
                Where:
                <a href=${`#/${place.route}`}>${place.words}</a>
              `
        }
      </p>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'term-card': TermCard;
  }
}
