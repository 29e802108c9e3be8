/** The entries of a ZIP file, read by its directory, as the specification has it: not by what wrote it. */
export async function unzip(archive: Blob): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const bytes = new Uint8Array(await archive.arrayBuffer());
  const view = new DataView(bytes.buffer);
  const { count, offset } = readEnd(view);
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  for (let at = offset, index = 0; index < count; index++) {
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    entries.set(name, await readContent(bytes, view, at));
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** From the end of the directory, or from ZIP64's where that says to look there. */
function readEnd(view: DataView): { count: number; offset: number } {
  const end = view.byteLength - 22;
  const count = view.getUint16(end + 10, true);
  if (count < 0xffff) return { count, offset: view.getUint32(end + 16, true) };
  const zip64 = Number(view.getBigUint64(end - 20 + 8, true));
  return {
    count: Number(view.getBigUint64(zip64 + 32, true)),
    offset: Number(view.getBigUint64(zip64 + 48, true)),
  };
}

async function readContent(
  bytes: Uint8Array<ArrayBuffer>,
  view: DataView,
  directoryEntry: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const local = view.getUint32(directoryEntry + 42, true);
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  const packed = bytes.slice(start, start + view.getUint32(directoryEntry + 20, true));
  const isStored = view.getUint16(directoryEntry + 10, true) === 0;
  if (isStored) return packed;
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
