import { crc32 } from '../../domain/crc32';
import { AppError } from '../../domain/errors';
import type { RejectionCode } from '../../domain/import-report';
import { inflate, type Inflated } from '../inflate';
import type { ZipEntry } from './place-entries';

const STORED = 0;
const DEFLATED = 8;

/**
 * The bytes of an entry, unpacked and checked; of a stored entry a view of the archive. Stops at the
 * first byte above the declared size, which the caller has found acceptable.
 * Throws `invalid-input` with reason ZIP_METHOD, ENTRY_SIZE, ENTRY_CORRUPT or ENTRY_CRC.
 */
export async function readEntry(
  archive: Uint8Array<ArrayBuffer>,
  entry: ZipEntry,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await unpack(archive.subarray(entry.dataAt, entry.dataAt + entry.packedSize), entry);
  if (bytes === 'corrupt') throw refuseEntry('ENTRY_CORRUPT');
  if (bytes === 'too long' || bytes.length !== entry.size) throw refuseEntry('ENTRY_SIZE');
  if (crc32(bytes) !== entry.crc) throw refuseEntry('ENTRY_CRC');
  return bytes;
}

async function unpack(packed: Uint8Array<ArrayBuffer>, { method, size }: ZipEntry): Promise<Inflated> {
  if (method === STORED) return packed;
  if (method === DEFLATED) return inflate(packed, 'deflate-raw', size);
  throw refuseEntry('ZIP_METHOD');
}

type EntryRefusal = Extract<RejectionCode, 'ZIP_METHOD' | 'ENTRY_SIZE' | 'ENTRY_CORRUPT' | 'ENTRY_CRC'>;

const WORDS: Readonly<Record<EntryRefusal, string>> = {
  ZIP_METHOD: 'This file is packed in a way that is not read here.',
  ENTRY_SIZE: 'This file is not as long as the archive says.',
  ENTRY_CORRUPT: 'This file is damaged and cannot be unpacked.',
  ENTRY_CRC: 'This file is not the one that was packed: its checksum differs.',
};

function refuseEntry(reason: EntryRefusal): AppError {
  const help = { reason, kept: 'The other files were read.', remedy: 'Pack this file again.' };
  return new AppError('invalid-input', WORDS[reason], help);
}
