import { concatenateBytes } from '../../src/domain/bytes';
import { AppError } from '../../src/domain/errors';
import { joinIdx, parseIdx, type IdxArray } from '../../src/domain/idx';
import type { IdxPair } from '../../src/domain/idx-pairs';
import { IMPORT_LIMITS } from '../../src/domain/import-limits';
import { imageAt } from '../../src/domain/sample';
import type { ImportRun, TableFile } from './import-run';

/**
 * Takes the samples of two IDX files. Throws `invalid-input` as `parseIdx` and `joinIdx` do, before the
 * first sample is taken, and IDX_TOO_LARGE.
 */
export async function importIdxPair(
  { images, labels, split }: IdxPair<TableFile>,
  run: ImportRun,
): Promise<void> {
  const block = joinIdx(await readIdx(images, run), await readIdx(labels, run));
  const bytesEach = (images.size + labels.size) / block.labels.length;
  for (const [at, label] of block.labels.entries()) {
    // A copy: a view would keep the whole file, and could not be handed on.
    const pixels = imageAt(block.pixels, at).slice();
    await run.take({ pixels, label, split }, run.nameOf(`image ${at + 1}`, images), (at + 1) * bytesEach);
  }
  run.finish(images, labels);
}

/** An IDX file is in memory as a whole, so it may be no longer than a file that is chosen. */
async function readIdx(file: TableFile, run: ImportRun): Promise<IdxArray> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const { bytes } of run.read(file)) {
    length += bytes.length;
    if (length > IMPORT_LIMITS.fileBytes) throw tooLarge(file);
    pieces.push(bytes);
  }
  return parseIdx(concatenateBytes(...pieces));
}

function tooLarge({ name }: TableFile): AppError {
  return new AppError('invalid-input', `“${name}” unpacks to more than Inkling takes.`, {
    reason: 'IDX_TOO_LARGE',
    kept: 'Nothing was added.',
    remedy: `Choose files of at most ${IMPORT_LIMITS.fileBytes / 1024 / 1024} MB, unpacked.`,
  });
}
