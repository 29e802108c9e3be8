import { CsvReader, type CsvRow } from '../../src/domain/csv-samples';
import { splitInName } from '../../src/domain/table-names';
import type { ImportRun, TableFile } from './import-run';

/**
 * Takes the samples of a CSV file, a piece at a time; a row that is not good is rejected under its number.
 * `test` in the file's name means the test split, all else training. Throws `invalid-input` (CSV_INVALID).
 */
export async function importCsv(file: TableFile, run: ImportRun): Promise<void> {
  const reader = new CsvReader();
  for await (const { bytes, readShare } of run.read(file)) {
    await takeRows(reader.push(bytes), file, run, readShare * file.size);
  }
  await takeRows(reader.end(), file, run, file.size);
  run.finish(file);
}

async function takeRows(
  rows: Iterable<CsvRow>,
  file: TableFile,
  run: ImportRun,
  done: number,
): Promise<void> {
  const split = splitInName(file.name) ?? 'train';
  for (const { row, sample } of rows) {
    const name = run.nameOf(`row ${row}`, file);
    if (sample) await run.take({ ...sample, split }, name, done);
    else await run.rejectRow(name, done);
  }
}
