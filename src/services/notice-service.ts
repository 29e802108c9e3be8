import { toErrorRecord, type ErrorRecord } from '../domain/errors';
import { Observable, type Watched } from './observable';

/** A short message about something that went well. */
export interface Notice {
  readonly id: number;
  readonly text: string;
  /** A link that leads on from it. */
  readonly link?: { readonly label: string; readonly href: string };
  /** Takes back what it tells of. */
  readonly undo?: () => void;
}

/** What the whole app has to say: notices that pass, and a failure that no page could handle. */
export class NoticeService {
  private readonly shown = new Observable<readonly Notice[]>([]);
  private readonly failed = new Observable<ErrorRecord | undefined>(undefined);
  private lastId = 0;

  get notices(): Watched<readonly Notice[]> {
    return this.shown;
  }

  get failure(): Watched<ErrorRecord | undefined> {
    return this.failed;
  }

  /** Shows a notice. */
  show(text: string, link?: Notice['link']): void {
    this.add({ text, ...(link ? { link } : {}) });
  }

  /** Shows a notice of something that can be taken back. */
  showUndoable(text: string, undo: () => void): void {
    this.add({ text, undo });
  }

  /** Takes a notice away. */
  dismiss(id: number): void {
    this.shown.value = this.shown.value.filter((notice) => notice.id !== id);
  }

  /** Shows a failure until it is put away. What was called off is none. */
  fail(error: unknown): void {
    const record = toErrorRecord(error);
    if (record.code === 'aborted') return;
    // Much breaks where nothing can be kept: what is told is why.
    if (record.code === 'internal' && this.failed.value?.code === 'storage-unavailable') return;
    this.failed.value = explain(record);
  }

  /** Puts the failure away. */
  clearFailure(): void {
    this.failed.value = undefined;
  }

  private add(notice: Omit<Notice, 'id'>): void {
    this.shown.value = [...this.shown.value, { id: ++this.lastId, ...notice }];
  }
}

/** A bug says the same three things as an expected failure, and keeps its details to be copied. */
function explain(record: ErrorRecord): ErrorRecord {
  if (record.code !== 'internal') return record;
  return {
    ...record,
    message: `Something in Inkling broke: ${record.message}`,
    kept: 'What was saved before is kept.',
    remedy: 'Reload this page. If it happens again, copy the details and tell us.',
  };
}
