import { Observable, type Watched } from './observable';

/** A short message about something that went well. */
export interface Notice {
  readonly id: number;
  readonly text: string;
  /** A link that leads on from it. */
  readonly link?: { readonly label: string; readonly href: string };
}

/** Notices that wait to be seen. What went wrong is never a notice: it stays until it is solved. */
export class NoticeService {
  private readonly state = new Observable<readonly Notice[]>([]);
  private lastId = 0;

  get notices(): Watched<readonly Notice[]> {
    return this.state;
  }

  /** Shows a notice. */
  show(text: string, link?: Notice['link']): void {
    const notice = { id: ++this.lastId, text, ...(link ? { link } : {}) };
    this.state.value = [...this.state.value, notice];
  }

  /** Takes a notice away. */
  dismiss(id: number): void {
    this.state.value = this.state.value.filter((notice) => notice.id !== id);
  }
}
