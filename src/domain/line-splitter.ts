const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** A line of a text, as bytes. */
export interface Line {
  /** Counted from 1. */
  readonly number: number;
  /** Without its ending; good until the next line is asked for. Absent where the line is too long. */
  readonly bytes: Uint8Array | undefined;
}

/**
 * Cuts a text that arrives in pieces into lines, which end with LF or CRLF. It keeps no more than
 * `mostBytes` of it: a longer line is told of and passed over.
 */
export class LineSplitter {
  private readonly kept: Uint8Array;
  private length = 0;
  private lines = 0;

  constructor(private readonly mostBytes: number) {
    this.kept = new Uint8Array(mostBytes);
  }

  /** The lines that end in this piece. */
  *push(piece: Uint8Array): Generator<Line> {
    let start = 0;
    for (;;) {
      const end = piece.indexOf(LINE_FEED, start);
      if (end < 0) break;
      yield this.endLine(piece.subarray(start, end));
      start = end + 1;
    }
    this.keep(piece.subarray(start));
  }

  /** The last line, where the text does not end with a line's ending. */
  *end(): Generator<Line> {
    if (this.length > 0) yield this.endLine(new Uint8Array(0));
  }

  private endLine(rest: Uint8Array): Line {
    const bytes = this.join(rest);
    this.length = 0;
    this.lines += 1;
    return { number: this.lines, bytes: bytes && withoutReturn(bytes) };
  }

  /** What was kept and `rest`, without copying where nothing was kept. */
  private join(rest: Uint8Array): Uint8Array | undefined {
    if (this.length + rest.length > this.mostBytes) return undefined;
    if (this.length === 0) return rest;
    this.keep(rest);
    return this.kept.subarray(0, this.length);
  }

  private keep(bytes: Uint8Array): void {
    if (this.length + bytes.length <= this.mostBytes) this.kept.set(bytes, this.length);
    this.length += bytes.length;
  }
}

function withoutReturn(line: Uint8Array): Uint8Array {
  return line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line;
}
