/** The greatest number of entries that the end of a ZIP without ZIP64 can tell. */
const MOST_ENTRIES = 0xfffe;
const UNKNOWN_COUNT = 0xffff;

/** Sizes of the records, in bytes. */
const ZIP64_END = 56;
const LOCATOR = 20;

/**
 * The end of a ZIP file with as many entries as there are. JSZip writes their number into two bytes, which
 * MNIST's 70,000 do not fit into; then what is told there is put into ZIP64's records in front (APPNOTE.TXT,
 * sections 4.3.14 to 4.3.16). `end` are the file's last 22 bytes, `offset` is where they begin.
 */
export function endOfArchive(
  end: Uint8Array<ArrayBuffer>,
  entries: number,
  offset: number,
): Uint8Array<ArrayBuffer> {
  if (entries <= MOST_ENTRIES) return end;
  const bytes = new Uint8Array(ZIP64_END + LOCATOR + end.length);
  bytes.set(end, ZIP64_END + LOCATOR);
  const view = new DataView(bytes.buffer);
  writeZip64End(view, entries);
  writeLocator(view, offset);
  view.setUint16(ZIP64_END + LOCATOR + 8, UNKNOWN_COUNT, true);
  view.setUint16(ZIP64_END + LOCATOR + 10, UNKNOWN_COUNT, true);
  return bytes;
}

/** Number of entries, then length and place of the directory, as the old record behind has them. */
function writeZip64End(view: DataView, entries: number): void {
  const old = ZIP64_END + LOCATOR;
  view.setUint32(0, 0x06064b50, true);
  setUint64(view, 4, ZIP64_END - 12);
  view.setUint16(12, 45, true);
  view.setUint16(14, 45, true);
  setUint64(view, 24, entries);
  setUint64(view, 32, entries);
  setUint64(view, 40, view.getUint32(old + 12, true));
  setUint64(view, 48, view.getUint32(old + 16, true));
}

/** Where ZIP64's end is, in a file of one part. */
function writeLocator(view: DataView, offset: number): void {
  view.setUint32(ZIP64_END, 0x07064b50, true);
  setUint64(view, ZIP64_END + 8, offset);
  view.setUint32(ZIP64_END + 16, 1, true);
}

function setUint64(view: DataView, at: number, value: number): void {
  view.setBigUint64(at, BigInt(value), true);
}
