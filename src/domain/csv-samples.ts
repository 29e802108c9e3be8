/**
 * Samples as a table of text: a label and 784 pixels in each row, below a row of names. It is the form of
 * Kaggle's digit recogniser (train.csv) and of the mnist_train.csv that goes around.
 */
import { AppError } from './errors';
import { LineSplitter, type Line } from './line-splitter';
import { CLASS_COUNT, IMAGE_PIXELS, type SampleBlock } from './sample';

const COLUMNS = 1 + IMAGE_PIXELS;
/** The longest row that is written, in bytes: a digit, 784 times a comma and up to three digits, LF. */
const LONGEST_WRITTEN = 1 + 4 * IMAGE_PIXELS + 1;
/** The longest line that is read, in bytes. A row of names has 7 kB. */
const LONGEST_READ = 16 * 1024;
/** Rows, none of them good, after which a file is no such table. */
const PATIENCE = 20;

const COMMA = 44;
const LINE_FEED = 10;
const ZERO = 48;

/** What a row of a table is. */
export interface CsvRow {
  /** The number of its line, counted from 1, the row of names included. */
  readonly row: number;
  /** Absent where the row is not a label 0 … 9 and 784 whole numbers 0 … 255. `pixels` is [28, 28]. */
  readonly sample?: { readonly label: number; readonly pixels: Uint8Array<ArrayBuffer> };
}

/** The first row of a table: the names of its columns. */
export function encodeCsvNames(): Uint8Array<ArrayBuffer> {
  const names = Array.from({ length: IMAGE_PIXELS }, (_, pixel) => `,pixel${pixel}`);
  return toBytes(`label${names.join('')}\n`);
}

/** The rows of the samples from number `from` up to, without, number `to`: about 2 kB each. */
export function encodeCsvRows(
  { pixels, labels }: SampleBlock,
  from: number,
  to: number,
): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array((to - from) * LONGEST_WRITTEN);
  let at = 0;
  for (let row = from; row < to; row++) {
    at = writeNumber(out, at, labels[row]!);
    for (let pixel = row * IMAGE_PIXELS; pixel < (row + 1) * IMAGE_PIXELS; pixel++) {
      out[at++] = COMMA;
      at = writeNumber(out, at, pixels[pixel]!);
    }
    out[at++] = LINE_FEED;
  }
  return out.slice(0, at);
}

/** Writes 0 … 255; returns where it ends. By hand: text would take ten times as long. */
function writeNumber(out: Uint8Array, at: number, value: number): number {
  if (value >= 100) out[at++] = ZERO + Math.floor(value / 100);
  if (value >= 10) out[at++] = ZERO + (Math.floor(value / 10) % 10);
  out[at++] = ZERO + (value % 10);
  return at;
}

/**
 * Reads a table that arrives in pieces, with or without a row of names, and keeps no more than a line of it.
 * `push` and `end` throw `invalid-input` with reason CSV_INVALID where the text is no such table.
 */
export class CsvReader {
  private readonly lines = new LineSplitter(LONGEST_READ);
  private isTable = false;
  private badRows = 0;

  /** The rows that end in this piece. */
  *push(piece: Uint8Array): Generator<CsvRow> {
    for (const line of this.lines.push(piece)) yield* this.readLine(line);
  }

  /** The last row. Call it once, behind the last piece. */
  *end(): Generator<CsvRow> {
    for (const line of this.lines.end()) yield* this.readLine(line);
    if (!this.isTable) throw notTable('This file has no row with a label and 784 pixels.');
  }

  private *readLine({ number, bytes }: Line): Generator<CsvRow> {
    if (bytes?.length === 0) return;
    const text = bytes && (number === 1 ? withoutMark(bytes) : bytes);
    if (number === 1 && text && this.isNames(text)) return;
    const sample = text && parseRow(text);
    if (sample) this.isTable = true;
    else if (!this.isTable) this.losePatience();
    yield sample ? { row: number, sample } : { row: number };
  }

  /** True for a row of names, which makes the text a table. */
  private isNames(line: Uint8Array): boolean {
    const first = firstCell(line);
    if (/^pixel/i.test(first)) throw notTable('This table has pixels and no labels.');
    this.isTable = /^(label|class|digit)$/i.test(first) && countCells(line) === COLUMNS;
    return this.isTable;
  }

  private losePatience(): void {
    this.badRows += 1;
    if (this.badRows >= PATIENCE) throw notTable('The rows of this file are not a label and 784 pixels.');
  }
}

function parseRow(line: Uint8Array): CsvRow['sample'] {
  const cells = parseCells(line);
  if (!cells || cells[0]! >= CLASS_COUNT) return undefined;
  return { label: cells[0]!, pixels: cells.slice(1) };
}

/** 785 whole numbers 0 … 255, or undefined. */
function parseCells(line: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const cells = new Uint8Array(COLUMNS);
  let at = 0;
  for (let column = 0; column < COLUMNS; column++) {
    const start = at;
    let value = 0;
    for (; at < line.length && line[at] !== COMMA; at++) {
      const digit = line[at]! - ZERO;
      if (digit < 0 || digit > 9) return undefined;
      value = value * 10 + digit;
    }
    if (at === start || value > 255) return undefined;
    cells[column] = value;
    at += 1;
  }
  // Behind the last cell, `at` is one past the end: anything else is a cell too many.
  return at === line.length + 1 ? cells : undefined;
}

/** Without the mark that some programs put in front of UTF-8. */
function withoutMark(line: Uint8Array): Uint8Array {
  return line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf ? line.subarray(3) : line;
}

/** The first cell, as far as it matters, without quotes. */
function firstCell(line: Uint8Array): string {
  return String.fromCharCode(...line.subarray(0, 16))
    .split(',')[0]!
    .replaceAll('"', '')
    .trim();
}

function countCells(line: Uint8Array): number {
  return 1 + line.reduce((commas, byte) => commas + (byte === COMMA ? 1 : 0), 0);
}

function toBytes(ascii: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: ascii.length }, (_, at) => ascii.charCodeAt(at));
}

function notTable(message: string): AppError {
  return new AppError('invalid-input', message, {
    reason: 'CSV_INVALID',
    kept: 'Nothing was added.',
    remedy: 'Choose a CSV file with a label and 784 pixels in each row, such as mnist_train.csv.',
  });
}
