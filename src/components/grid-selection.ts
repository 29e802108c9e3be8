/** The indices of the tiles that are chosen; never changed, but replaced. */
export type Selection = ReadonlySet<number>;

/** Whose tiles are chosen. */
export interface SelectionHost {
  selectionOf(): Selection;
  select(selection: Selection): void;
}

/** How tiles become chosen: one, one more or less, or all from an anchor on. */
export class GridSelection {
  /** Where a stretch of chosen tiles begins. */
  private anchor = 0;
  /** What was chosen before a stretch began, and stays so. */
  private kept: Selection = new Set();

  constructor(private readonly host: SelectionHost) {}

  /** A stretch would begin here, and nothing else would stay chosen. */
  moveTo(index: number): void {
    this.anchor = index;
    this.kept = new Set();
  }

  /** Chooses this tile alone. */
  only(index: number): void {
    this.moveTo(index);
    this.host.select(new Set([index]));
  }

  /** Chooses one more, or one less. */
  toggle(index: number): void {
    const next = new Set(this.host.selectionOf());
    if (!next.delete(index)) next.add(index);
    this.anchor = index;
    this.kept = next;
    this.host.select(next);
  }

  /** Begins a stretch here; `isAdding` keeps what is chosen. */
  begin(index: number, isAdding: boolean): void {
    this.anchor = index;
    this.kept = isAdding ? this.host.selectionOf() : new Set();
    this.stretchTo(index);
  }

  /** Chooses all from the anchor to here. */
  stretchTo(index: number): void {
    this.host.select(withRange(this.kept, this.anchor, index));
  }

  all(count: number): void {
    if (count > 0) this.host.select(withRange(new Set(), 0, count - 1));
  }

  none(): void {
    this.kept = new Set();
    this.host.select(this.kept);
  }
}

/** All tiles from one to another, either way round, and those chosen before. */
function withRange(selection: Selection, from: number, to: number): Selection {
  const next = new Set(selection);
  for (let index = Math.min(from, to); index <= Math.max(from, to); index++) next.add(index);
  return next;
}

/** Whether two hold the same tiles. */
export function isSameSelection(a: Selection, b: Selection): boolean {
  return a.size === b.size && [...a].every((index) => b.has(index));
}
