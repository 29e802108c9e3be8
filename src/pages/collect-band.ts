import { html, LitElement } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import '../components/collect-desk';
import type { CollectedDigit } from '../components/collect-desk';
import { DRAWN, type ClassCounts } from '../domain/dataset';
import type { CollectionService, KeptSample } from '../services/collection-service';
import type { NoticeService } from '../services/notice-service';
import type { RecognitionService } from '../services/recognition-service';

/** Draw ten of each, straight into a set of one's own. Tells `changed` after each, and `close`. */
@customElement('collect-band')
export class CollectBand extends LitElement {
  @property({ attribute: false }) collection!: CollectionService;
  @property({ attribute: false }) recognition!: RecognitionService;
  @property({ attribute: false }) notices!: NoticeService;
  /** How many of each digit the set has. */
  @property({ attribute: false }) counts: ClassCounts = [];
  /** Changes when the colours do. */
  @property() theme = '';

  @state() private kept: readonly KeptSample[] = [];
  @state() private isKeeping = false;

  override render() {
    return html`
      <collect-desk
        .counts=${this.counts}
        .busy=${this.isKeeping}
        .undoable=${this.kept.length > 0}
        .theme=${this.theme}
        @keep=${(event: CustomEvent<CollectedDigit>) => this.keep(event.detail)}
        @undo=${this.takeBack}
        @close=${() => this.dispatchEvent(new CustomEvent('close'))}
      ></collect-desk>
    `;
  }

  private async keep({ strokes, label }: CollectedDigit): Promise<void> {
    const pixels = this.recognition.toPixels(strokes);
    if (!pixels) return;
    await this.collect(async () => {
      this.kept = [...this.kept, await this.collection.keep(DRAWN, pixels, label)];
    });
  }

  private readonly takeBack = async (): Promise<void> => {
    const last = this.kept.at(-1);
    if (!last) return;
    await this.collect(async () => {
      await this.collection.takeBack(last);
      this.kept = this.kept.slice(0, -1);
    });
  };

  private async collect(work: () => Promise<void>): Promise<void> {
    this.isKeeping = true;
    try {
      await work();
      this.dispatchEvent(new CustomEvent('changed'));
    } catch (error) {
      this.notices.fail(error);
    } finally {
      this.isKeeping = false;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'collect-band': CollectBand;
  }
}
