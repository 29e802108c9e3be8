import { expect } from 'chai';
import { concatenateBytes } from '../../../src/domain/bytes';
import { CsvReader, encodeCsvNames, encodeCsvRows, type CsvRow } from '../../../src/domain/csv-samples';
import type { AppError } from '../../../src/domain/errors';
import { generateDigits } from '../../../src/domain/generated-digits';
import { imageAt } from '../../../src/domain/sample';
import { expectSameBytes } from '../../helpers/bytes';

const block = generateDigits(9, 0, 40);
const table = concatenateBytes(encodeCsvNames(), encodeCsvRows(block, 0, 40));
const toBytes = (text: string) => new TextEncoder().encode(text);
const toText = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Reads a table that arrives in pieces of a length. */
function read(bytes: Uint8Array, pieceBytes = bytes.length || 1): CsvRow[] {
  const reader = new CsvReader();
  const rows: CsvRow[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    rows.push(...reader.push(bytes.subarray(at, at + pieceBytes)));
  }
  return [...rows, ...reader.end()];
}

function expectBlock(rows: readonly CsvRow[]): void {
  expect(rows.map(({ sample }) => sample?.label)).to.deep.equal([...block.labels]);
  rows.forEach(({ sample }, at) => expectSameBytes(sample!.pixels, imageAt(block.pixels, at)));
}

function reasonFor(bytes: Uint8Array): string | undefined {
  try {
    read(bytes);
  } catch (error) {
    return (error as AppError).help.reason;
  }
  return undefined;
}

/** A row with the given cells in front and zeros behind. */
const row = (cells: readonly (number | string)[], columns = 785) =>
  [...cells, ...Array.from({ length: columns - cells.length }, () => 0)].join(',');

describe('a table of samples', () => {
  it('reads back byte for byte, wherever the pieces are cut', () => {
    for (const pieceBytes of [1, 7, 3137, 65_536]) expectBlock(read(table, pieceBytes));
  });

  it('has the names that others expect, and a line for each sample', () => {
    const lines = toText(table).split('\n');
    expect(lines[0]).to.match(/^label,pixel0,pixel1,.*,pixel783$/);
    expect(lines.length).to.equal(42);
    expect(lines[1]).to.equal([block.labels[0], ...imageAt(block.pixels, 0)].join());
  });

  it('may come without names, with CRLF, with a mark, with blank lines, without a last line ending', () => {
    const [names, ...rows] = toText(table).trimEnd().split('\n');
    expectBlock(read(toBytes(rows.join('\n'))));
    expectBlock(read(toBytes([names, ...rows, '', '', ''].join('\r\n'))));
    expectBlock(read(toBytes(`\ufeff${[names, ...rows].join('\n')}`)));
    const quoted = names!.replaceAll(/\w+/g, '"$&"');
    expectBlock(read(toBytes([quoted, ...rows].join('\n'))));
  });

  it('numbers its rows as an editor does, and gives up only the bad ones', () => {
    const bad = [
      row([3], 784),
      row([3], 786),
      row([3, 256]),
      row([3, -1]),
      row([3, 1.5]),
      row([3, '']),
      row([3, ' 1']),
      row([3, 'x']),
      row([10]),
      row(['']),
      `${row([3])},`,
      '\0\u0001\u0002',
      '7'.repeat(100_000),
    ];
    const rows = read(toBytes([row([4]), ...bad, '', row([5, 255])].join('\n')), 1000);
    expect(rows[0]).to.deep.include({ row: 1 });
    expect(rows.slice(1, -1).map(({ row }) => row)).to.deep.equal(bad.map((_, at) => at + 2));
    for (const { sample } of rows.slice(1, -1)) expect(sample).to.equal(undefined);
    expect(rows.at(-1)!.row).to.equal(bad.length + 3);
    expect(rows.at(-1)!.sample!.pixels[0]).to.equal(255);
  });

  it('is not what has no good row', () => {
    const noise = Uint8Array.from({ length: 200_000 }, (_, at) => (at * at * 31 + (at >> 3)) % 256);
    const prose = toBytes('Dear reader, this is a letter.\n'.repeat(50));
    for (const bytes of [new Uint8Array(0), noise, prose, new Uint8Array(100_000), toBytes('\n\n\n')]) {
      expect(reasonFor(bytes)).to.equal('CSV_INVALID');
    }
  });

  it('is not what has pixels and no labels', () => {
    const names = Array.from({ length: 784 }, (_, pixel) => `pixel${pixel}`).join();
    expect(reasonFor(toBytes(`${names}\n${row([], 784)}\n`))).to.equal('CSV_INVALID');
  });
});
