import { css, html, LitElement } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount } from '../components/format';
import '../components/ink-icon';
import { baseStyles, buttonStyles } from '../components/shared-styles';
import type { FileGoal } from '../domain/opened-file';
import type { OpenedFileService } from '../services/opened-file-service';
import { watch } from './watch';

/** What a button does, and the page that it leads to. */
const GOAL_WORDS: Readonly<Record<FileGoal, readonly [label: string, route: string]>> = {
  draw: ['Read the picture on Draw', '#/draw'],
  data: ['Look at its digits on Data', '#/data'],
  models: ['Take it in as a model', '#/models'],
};

/** Files that the system opened with Inkling: asks what to do with them, and does nothing unasked. */
@customElement('opened-desk')
export class OpenedDesk extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      section {
        display: grid;
        gap: var(--s-3);
        margin-bottom: 20px;
        padding: 20px;
        border: 1px solid var(--edge);
        border-inline-start: 4px solid var(--blue);
        border-radius: var(--r-3);
        background: var(--sheet);
      }
      bdi {
        overflow-wrap: anywhere;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--s-2);
      }
    `,
  ];

  @property({ attribute: false }) service!: OpenedFileService;

  constructor() {
    super();
    watch(this, () => [this.service.opened]);
  }

  override render() {
    const opened = this.service.opened.value;
    if (!opened) return '';
    const { files, goals } = opened;
    return html`
      <section role="alert" aria-label="Opened from the system">
        <h2>Opened with Inkling</h2>
        <p>
          <bdi translate="no">${files[0]?.name}</bdi>
          ${files.length > 1 ? `and ${formatCount(files.length - 1)} more` : ''}
          ${
            goals.length > 0
              ? 'came from this device. Nothing is done with it until you choose.'
              : 'is nothing that Inkling reads. It reads pictures, ZIP files, tables and models.'
          }
        </p>
        <p ?hidden=${files.length === 1 || !goals.includes('draw')}>
          Draw reads one picture at a time, this one first. The others wait here.
        </p>
        <div class="actions">
          ${goals.map((goal, index) => this.renderGoal(goal, index === 0))}
          <button @click=${() => this.service.dismiss()}>Put away</button>
        </div>
      </section>
    `;
  }

  private renderGoal(goal: FileGoal, isFirst: boolean) {
    const [label, route] = GOAL_WORDS[goal];
    return html`
      <button class=${isFirst ? 'primary' : ''} @click=${() => this.go(goal, route)}>${label}</button>
    `;
  }

  private go(goal: FileGoal, route: string): void {
    location.hash = route;
    this.service.take(goal);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'opened-desk': OpenedDesk;
  }
}
