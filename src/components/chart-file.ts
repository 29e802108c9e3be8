/** A chart, or its numbers, as a file. */
export interface ChartFile {
  readonly name: string;
  readonly content: Blob;
}

/** A table as CSV (RFC 4180): text in quotes, numbers as they are, nothing where there is none. */
export function toCsv(
  head: readonly string[],
  rows: readonly (readonly (string | number | undefined)[])[],
): string {
  const cell = (value: string | number | undefined) =>
    typeof value === 'string' ? `"${value.replaceAll('"', '""')}"` : String(value ?? '');
  return [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
