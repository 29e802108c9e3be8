/** Where the tiles of a grid lie, and where keys lead: row by row, all tiles of one size. */

/** A stretch of tiles: from `first` up to, but not including, `end`. */
export interface TileRange {
  readonly first: number;
  readonly end: number;
}

/** Sizes are in pixels. */
export interface GridShape {
  readonly count: number;
  readonly columns: number;
  /** From the left edge of a tile to that of the next. */
  readonly columnPitch: number;
  /** From the top edge of a tile to that of the next. */
  readonly rowPitch: number;
}

/** What shows through the window: its upper edge and its height. */
export interface GridView {
  readonly top: number;
  readonly height: number;
}

/** Rows beyond the edges of the window that are there already when they come into view. */
const SPARE_ROWS = 2;

/** How many rows there are. */
export function rowCount({ count, columns }: GridShape): number {
  return Math.ceil(count / columns);
}

/** How many tiles of at least `tile` pixels fit side by side. */
export function columnsWithin(width: number, tile: number, gap: number): number {
  return Math.max(1, Math.floor((width + gap) / (tile + gap)));
}

/** The tiles of all rows in view, and of a few beyond. */
export function tilesInView(shape: GridShape, { top, height }: GridView): TileRange {
  const last = rowCount(shape);
  const firstRow = Math.floor(top / shape.rowPitch) - SPARE_ROWS;
  const endRow = Math.ceil((top + height) / shape.rowPitch) + SPARE_ROWS;
  const first = Math.min(last, Math.max(0, firstRow)) * shape.columns;
  return { first, end: Math.max(first, Math.min(shape.count, endRow * shape.columns)) };
}

/** The tile at a place, counted from the upper left corner of the first; beyond the edges, the nearest. */
export function tileAtPlace(shape: GridShape, x: number, y: number): number {
  const within = (value: number, end: number) => Math.min(end - 1, Math.max(0, Math.floor(value)));
  const column = within(x / shape.columnPitch, shape.columns);
  const row = within(y / shape.rowPitch, rowCount(shape));
  return Math.min(shape.count - 1, row * shape.columns + column);
}

/** How far the window must be scrolled for a tile to be in it. */
export function scrollTopFor(shape: GridShape, { top, height }: GridView, index: number): number {
  const start = Math.floor(index / shape.columns) * shape.rowPitch;
  return Math.max(start + shape.rowPitch - height, Math.min(start, top));
}

/**
 * The tile that a key leads to, as in any ARIA grid: Home and End stay in the row, with Control they go to
 * the first and the last tile. Undefined for keys that lead nowhere.
 */
export function tileAfterKey(
  shape: GridShape,
  index: number,
  { key, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>,
  rowsPerPage: number,
): number | undefined {
  const { count, columns } = shape;
  const rowStart = index - (index % columns);
  const isWhole = ctrlKey || metaKey;
  const targets: Readonly<Record<string, number>> = {
    ArrowLeft: index - 1,
    ArrowRight: index + 1,
    ArrowUp: index >= columns ? index - columns : index,
    ArrowDown: rowStart + columns < count ? index + columns : index,
    PageUp: rowStart === 0 ? 0 : Math.max(index % columns, index - rowsPerPage * columns),
    PageDown: index + rowsPerPage * columns,
    Home: isWhole ? 0 : rowStart,
    End: isWhole ? count - 1 : rowStart + columns - 1,
  };
  const target = targets[key];
  return target === undefined ? undefined : Math.min(count - 1, Math.max(0, target));
}
