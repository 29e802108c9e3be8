/** The polynomial of CRC-32, its lowest bit first (ISO 3309; PNG specification, annex D). */
const POLYNOMIAL = 0xedb88320;

/** The CRC of each byte alone. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
  return crc;
});

/** The CRC-32 of some bytes, as ZIP, gzip and PNG have it. `seed` is the CRC of the bytes before these. */
export function crc32(bytes: Uint8Array, seed = 0): number {
  let crc = ~seed;
  for (let at = 0; at < bytes.length; at++) crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[at]!) & 0xff]!;
  return ~crc >>> 0;
}
