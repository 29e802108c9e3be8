/** Base64url without padding (RFC 4648, §5), for ASCII text: what an address carries unescaped. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Writes ASCII text. Throws a RangeError for any other character. */
export function toBase64url(text: string): string {
  let written = '';
  for (let at = 0; at < text.length; at += 3) {
    const codes = [0, 1, 2].map((step) => asciiAt(text, at + step));
    const bits = (codes[0]! << 16) | (codes[1]! << 8) | codes[2]!;
    const digits = [18, 12, 6, 0].map((shift) => ALPHABET[(bits >> shift) & 63]!);
    written += digits.slice(0, Math.min(4, text.length - at + 1)).join('');
  }
  return written;
}

function asciiAt(text: string, at: number): number {
  if (at >= text.length) return 0;
  const code = text.charCodeAt(at);
  if (code > 127) throw new RangeError('Only ASCII can be written');
  return code;
}

/** Reads what `toBase64url` wrote; undefined for anything else. */
export function fromBase64url(written: string): string | undefined {
  const values = Array.from(written, (character) => ALPHABET.indexOf(character));
  if (values.includes(-1) || written.length % 4 === 1) return undefined;
  let text = '';
  for (let at = 0; at < values.length; at += 4) {
    const digits = values.slice(at, at + 4);
    const bits = [18, 12, 6, 0].reduce((sum, shift, index) => sum | ((digits[index] ?? 0) << shift), 0);
    const codes = [16, 8, 0].map((shift) => (bits >> shift) & 255).slice(0, digits.length - 1);
    if (codes.some((code) => code > 127)) return undefined;
    text += String.fromCharCode(...codes);
  }
  return text;
}
