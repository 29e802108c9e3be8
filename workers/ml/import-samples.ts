import type { DatasetSource } from '../../src/domain/dataset';
import type { ImportResult } from '../../src/domain/dataset-view';
import { AppError } from '../../src/domain/errors';
import { IMPORT_LIMITS } from '../../src/domain/import-limits';
import { showName } from '../../src/domain/show-name';
import { looksLikeTables } from '../../src/domain/table-names';
import { sha256 } from '../../src/platform/sha256';
import { readEntry } from '../../src/platform/zip/read-entry';
import { scanArchive } from '../../src/platform/zip/scan-archive';
import type { ShareProgress } from '../../src/protocol/ml-protocol';
import type { ShardRepository } from '../../src/storage/shard-repository';
import type { CallContext } from '../rpc/serve';
import { readArchive } from './import-archive';
import { readTables } from './import-tables';
import { StagingSink } from './staging-sink';

/** What the files of one import are together. */
interface Kind {
  readonly source: DatasetSource;
  readonly tables: readonly File[];
}

/**
 * Reads files into a set that is stored and not yet listed: a ZIP of labelled pictures, a ZIP of IDX or CSV
 * files, or such files themselves. A failure, or a cancel, leaves nothing behind. Throws `conflict`
 * (ALREADY_IMPORTED) for files that are here already, `storage-full`, and what the readers throw.
 */
export async function importSamples(
  { files, dataset }: { readonly files: readonly File[]; readonly dataset: string },
  shards: ShardRepository,
  { signal, emit }: CallContext<ShareProgress>,
): Promise<ImportResult> {
  const { source, tables } = await recognise(files);
  const originHash = await hashFiles(files);
  await requireNew(originHash, shards);
  const sink = new StagingSink(shards, dataset);
  try {
    const { report, previews } =
      source === 'archive'
        ? await readArchive(files[0]!, sink, {
            signal,
            onProgress: ({ done, total }) => emit({ share: done / total, done, total }),
          })
        : await readPlainTables(tables, sink, signal, emit);
    const origin = files.map(({ name }) => showName(name)).join(', ');
    const facts = { title: titleOf(files[0]!.name), source, origin, originHash };
    return { dataset: await sink.finish(facts), report, previews };
  } catch (error) {
    await shards.deleteDataset(dataset);
    throw error;
  }
}

async function readPlainTables(
  tables: readonly File[],
  sink: StagingSink,
  signal: AbortSignal,
  emit: (progress: ShareProgress) => void,
) {
  const report = await readTables(tables, sink, { signal, onProgress: (share) => emit({ share }) });
  return { report, previews: [] };
}

async function recognise(files: readonly File[]): Promise<Kind> {
  const [first] = files;
  if (!first) throw new RangeError('There are no files to import');
  const isArchive = (await firstBytes(first)) === 'PK' || /\.zip$/i.test(first.name);
  if (!isArchive) return { source: 'tables', tables: files };
  if (files.length > 1) throw oneArchiveOnly();
  return first.size <= IMPORT_LIMITS.fileBytes ? openTables(first) : { source: 'archive', tables: [] };
}

/** The tables in an archive that holds nothing else; an archive of pictures is left to its own reader. */
async function openTables(file: File): Promise<Kind> {
  const archive = new Uint8Array(await file.arrayBuffer());
  const { entries } = scanArchive(archive);
  if (!looksLikeTables(entries.map(({ name }) => name))) return { source: 'archive', tables: [] };
  const tables: File[] = [];
  for (const entry of entries.filter(({ name }) => looksLikeTables([name]))) {
    const bytes = await readEntry(archive, entry);
    tables.push(new File([bytes], showName(entry.name)));
  }
  return { source: 'tables', tables };
}

async function firstBytes(file: File): Promise<string> {
  return new TextDecoder('latin1').decode(await file.slice(0, 2).arrayBuffer());
}

/** One hash of all files, whatever their names. */
async function hashFiles(files: readonly File[]): Promise<string> {
  const hashes: string[] = [];
  for (const file of files.filter(({ size }) => size <= IMPORT_LIMITS.fileBytes)) {
    hashes.push(await sha256(new Uint8Array(await file.arrayBuffer())));
  }
  return sha256(new TextEncoder().encode(hashes.toSorted().join(' ')));
}

async function requireNew(originHash: string, shards: ShardRepository): Promise<void> {
  const same = (await shards.listDatasets()).find((dataset) => dataset.originHash === originHash);
  if (!same) return;
  throw new AppError('conflict', `These digits are here already, as “${same.title}”.`, {
    reason: 'ALREADY_IMPORTED',
    kept: 'Nothing was added twice.',
    remedy: 'Choose another file, or delete that set first.',
  });
}

/** A file's name without its ending, safe to show. */
function titleOf(name: string): string {
  return showName(name.replace(/\.(zip|csv|gz)$/i, '')) || 'Digits';
}

function oneArchiveOnly(): AppError {
  return new AppError('invalid-input', 'A ZIP is added by itself.', {
    reason: 'MIXED_FILES',
    kept: 'Nothing was added.',
    remedy: 'Choose one ZIP, or some CSV or IDX files.',
  });
}
