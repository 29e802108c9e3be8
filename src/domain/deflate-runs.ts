/** Lengths of a repetition whose code has no further bits: 3 … 10 (RFC 1951, section 3.2.5). */
const SHORTEST = 3;
const LONGEST = 10;
const FIRST_LENGTH_SYMBOL = 257;
const END_OF_BLOCK = 256;
/** The code of distance 1, the byte before, has this many bits, all of them 0. */
const DISTANCE_BITS = 5;
/** The first bits: the block is the last one (1), its codes are the fixed ones (01). */
const LAST_BLOCK_FIXED_CODES = 0b011;

/**
 * Packs bytes as a deflate stream (RFC 1951) that shortens runs of the same byte and nothing else: for small
 * images on empty paper about as short as a search for repetitions, many times as fast, and the same bytes
 * everywhere.
 */
export function deflateRuns(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  // No symbol is longer than 9 bits, and no byte needs more than one.
  const bits = new BitWriter(bytes.length + (bytes.length >> 3) + 4);
  bits.write(LAST_BLOCK_FIXED_CODES, 3);
  for (let at = 0; at < bytes.length;) {
    const run = runLength(bytes, at);
    if (run >= SHORTEST) {
      writeSymbol(bits, FIRST_LENGTH_SYMBOL + run - SHORTEST);
      bits.write(0, DISTANCE_BITS);
    } else writeSymbol(bits, bytes[at]!);
    at += run >= SHORTEST ? run : 1;
  }
  writeSymbol(bits, END_OF_BLOCK);
  return bits.finish();
}

/** How many bytes from `at` on are the same as the one before. */
function runLength(bytes: Uint8Array, at: number): number {
  if (at === 0) return 0;
  const last = bytes[at - 1];
  let end = at;
  while (end < at + LONGEST && bytes[end] === last) end++;
  return end - at;
}

/** The fixed codes (RFC 1951, section 3.2.6). */
function writeSymbol(bits: BitWriter, symbol: number): void {
  if (symbol < 144) bits.writeCode(0x30 + symbol, 8);
  else if (symbol < 256) bits.writeCode(0x190 + symbol - 144, 9);
  else bits.writeCode(symbol - 256, 7);
}

class BitWriter {
  private readonly bytes: Uint8Array<ArrayBuffer>;
  private at = 0;

  constructor(mostBytes: number) {
    this.bytes = new Uint8Array(mostBytes);
  }

  /** The lowest bit first, as deflate has its numbers. */
  write(value: number, count: number): void {
    for (let bit = 0; bit < count; bit++) this.put((value >> bit) & 1);
  }

  /** The highest bit first, as deflate has its codes. */
  writeCode(code: number, count: number): void {
    for (let bit = count - 1; bit >= 0; bit--) this.put((code >> bit) & 1);
  }

  /** What was written, filled up to a whole byte. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, (this.at + 7) >> 3);
  }

  private put(bit: number): void {
    this.bytes[this.at >> 3]! |= bit << (this.at & 7);
    this.at += 1;
  }
}
