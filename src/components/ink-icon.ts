import { css, html, LitElement } from '../i18n/lit';
// Icons say nothing.
import { svg, type SVGTemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

/** Every icon on a 24 grid: strokes only, one idea each. */
const SHAPES = {
  draw: svg`<path d="M4 20l1-4.5L16.5 4a2 2 0 0 1 3 0l.5.5a2 2 0 0 1 0 3L8.5 19zM14 6.5l3.5 3.5"/>`,
  data: svg`<path d="M4 4h16v16H4zM4 9.3h16M4 14.7h16M9.3 4v16M14.7 4v16"/>`,
  train: svg`<path d="M4 4v16h16M7 6c1 8 4 10.5 12 11"/>`,
  evaluate: svg`<path d="M4 4h16v16H4zM12 4v16M4 12h16M6.5 8l1.5 1.5 2-3M14.5 16l1.5 1.5 2-3"/>`,
  models: svg`<path d="M12 4l8 4-8 4-8-4zM4 12l8 4 8-4M4 16l8 4 8-4"/>`,
  api: svg`<path d="M8 4.5c-3 0-1.5 6-4.5 7.5 3 1.5 1.5 7.5 4.5 7.5M16 4.5c3 0 1.5 6 4.5 7.5-3 1.5-1.5 7.5-4.5 7.5M9 12h6M12.5 9.5L15 12l-2.5 2.5"/>`,
  stress: svg`<path d="M5.5 18.5a9 9 0 1 1 13 0M12 13l4-4.5M12 4v2M4 12h2M18 12h2"/>`,
  about: svg`<path d="M12 6.5C10 5 7 4.5 4 5v13c3-.5 6 0 8 1.5 2-1.5 5-2 8-1.5V5c-3-.5-6 0-8 1.5zM12 6.5v13"/>`,
  more: svg`<path d="M5 12h.01M12 12h.01M19 12h.01" stroke-width="3"/>`,
  undo: svg`<path d="M8 5L4 9l4 4M4 9h10a5 5 0 0 1 0 10h-3"/>`,
  redo: svg`<path d="M16 5l4 4-4 4M20 9H10a5 5 0 0 0 0 10h3"/>`,
  clear: svg`<path d="M9 20h11M5 15l9-9a2 2 0 0 1 3 0l2 2a2 2 0 0 1 0 3l-8.5 8.5H9zM10 10l5 5"/>`,
  picture: svg`<path d="M4 5h16v14H4zM4 16l5-5 4 4 2-2 5 5"/><circle cx="15.5" cy="9" r="1.5"/>`,
  camera: svg`<path d="M4 7.5h3.5L9 5h6l1.5 2.5H20V19H4z"/><circle cx="12" cy="13" r="3.5"/>`,
  pause: svg`<path d="M9 6v12M15 6v12"/>`,
  stop: svg`<path d="M7 7h10v10H7z"/>`,
  play: svg`<path d="M8 5.5v13l10-6.5z"/>`,
  champion: svg`<circle cx="12" cy="9" r="5"/><path d="M9 13.5L7.5 21l4.5-2.5 4.5 2.5-1.5-7.5"/>`,
  engine: svg`<path d="M7 7h10v10H7zM10 10h4v4h-4zM9.5 4v3M14.5 4v3M9.5 17v3M14.5 17v3M4 9.5h3M4 14.5h3M17 9.5h3M17 14.5h3"/>`,
  offline: svg`<path d="M5 13a10 10 0 0 1 14 0M8.5 16.5a5 5 0 0 1 7 0M12 20h.01M4 4l16 16"/>`,
  storage: svg`<ellipse cx="12" cy="6" rx="7" ry="2.5"/><path d="M5 6v6c0 1.4 3.1 2.5 7 2.5s7-1.1 7-2.5V6M5 12v6c0 1.4 3.1 2.5 7 2.5s7-1.1 7-2.5v-6"/>`,
  light: svg`<circle cx="12" cy="12" r="4"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6L7 7M17 17l1.4 1.4M5.6 18.4L7 17M17 7l1.4-1.4"/>`,
  dark: svg`<path d="M19.5 14.5A8 8 0 1 1 9.5 4.5a6.5 6.5 0 0 0 10 10z"/>`,
  system: svg`<circle cx="12" cy="12" r="8"/><path d="M12 4v16M12 8h6.5M12 12h8M12 16h6.5"/>`,
  warning: svg`<path d="M12 4.5L3.5 19h17zM12 10v4M12 16.5h.01"/>`,
  link: svg`<path d="M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7L11.5 6.8M14 10a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 0 0 5.7 5.7l1.6-1.6"/>`,
  check: svg`<path d="M5 12.5l4.5 4.5L19 7.5"/>`,
  cross: svg`<path d="M6 6l12 12M18 6L6 18"/>`,
  save: svg`<path d="M12 4v10.5M7.5 10.5L12 15l4.5-4.5M5 19.5h14"/>`,
  help: svg`<circle cx="12" cy="12" r="8.5"/><path d="M9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M12 16.5h.01"/>`,
  keyboard: svg`<path d="M3 7h18v10H3zM7 14h10M7 10.5h.01M10.3 10.5h.01M13.6 10.5h.01M17 10.5h.01"/>`,
} satisfies Record<string, SVGTemplateResult>;

/** The name of an icon. */
export type IconName = keyof typeof SHAPES;

/** An icon, drawn in the colour of the text around it. It says nothing to screen readers. */
@customElement('ink-icon')
export class InkIcon extends LitElement {
  static override styles = css`
    :host {
      display: inline-flex;
      flex: none;
    }
    svg {
      width: var(--icon-size, 20px);
      height: var(--icon-size, 20px);
      fill: none;
      stroke: currentColor;
      stroke-width: 1.6;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
  `;

  @property() name: IconName = 'draw';

  override render() {
    return html`
      <svg viewBox="0 0 24 24" aria-hidden="true">${SHAPES[this.name]}</svg>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ink-icon': InkIcon;
  }
}
