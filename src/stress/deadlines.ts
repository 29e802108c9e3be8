/** Things with the same time, in the order in which they began, and the only timer that they need. */
interface Line<Item> {
  /** When each is due, by this thread's clock in milliseconds. */
  readonly due: Map<Item, number>;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/**
 * Tells of what did not end in its time. Of all that have the same time the first to begin is the first that is
 * due: one timer is enough for them, however many thousands there are a second.
 */
export class Deadlines<Item> {
  /** By how long each may take, in milliseconds. */
  private readonly lines = new Map<number, Line<Item>>();

  constructor(private readonly onMissed: (item: Item, deadlineMs: number) => void) {}

  /** From now on it has so many milliseconds. */
  begin(item: Item, deadlineMs: number): void {
    const line = this.lines.get(deadlineMs) ?? this.open(deadlineMs);
    line.due.set(item, performance.now() + deadlineMs);
    line.timer ??= setTimeout(() => this.look(line, deadlineMs), deadlineMs);
  }

  /** It has ended in time; `deadlineMs` is what it was begun with. */
  end(item: Item, deadlineMs: number): void {
    this.lines.get(deadlineMs)?.due.delete(item);
  }

  /** Nothing will be told any more. */
  close(): void {
    for (const { timer } of this.lines.values()) clearTimeout(timer);
    this.lines.clear();
  }

  private open(deadlineMs: number): Line<Item> {
    const line: Line<Item> = { due: new Map(), timer: undefined };
    this.lines.set(deadlineMs, line);
    return line;
  }

  private look(line: Line<Item>, deadlineMs: number): void {
    line.timer = undefined;
    const now = performance.now();
    for (const [item, due] of line.due) {
      if (due > now) {
        line.timer ??= setTimeout(() => this.look(line, deadlineMs), due - now);
        return;
      }
      line.due.delete(item);
      this.onMissed(item, deadlineMs);
    }
  }
}
