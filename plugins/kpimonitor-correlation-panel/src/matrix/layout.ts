/**
 * Where things are in half a matrix. Row i holds the cells of KPI i with those before it; the name of KPI i stands in the
 * diagonal, right of its row and above its column, so that one name serves both and none needs turning.
 */

/** What a cell has room for: arrow and lag below or beside the number, the arrow alone, or nothing. */
export type LagPlace = 'below' | 'beside' | 'arrow' | 'none';

export interface MatrixLayout {
  count: number;
  cellWidth: number;
  cellHeight: number;
  hasNames: boolean;
  hasNumbers: boolean;
  /** whether a cut corner would be seen */
  hasCorners: boolean;
  lag: LagPlace;
  /** of all cells and names, pixels */
  width: number;
  height: number;
  /** of the cells alone */
  cellsWidth: number;
  /** of cells and names as far as they reach */
  usedWidth: number;
}

export interface Cell {
  /** from 1: the first KPI has nobody before it */
  line: number;
  /** less than `line` */
  column: number;
}

const WIDEST = 72;
const HIGHEST = 44;
/** A cell may be this much wider than high, to hold a number. */
const STRETCH = 2.6;
const NAME_HEIGHT = 14;
const NAMED_CELL_WIDTH = 9;
const SMALLEST = 3;
/** Pixels of a letter, on average, and of what stands around a name. */
const LETTER = 6.6;
const NAME_PADDING = 14;
/** For the names of the pair that is pointed at, where cells are too small for all. */
const FLOATING_NAME = 110;

/** @param names in the matrix's order */
export function matrixLayout(names: readonly string[], room: { width: number; height: number }): MatrixLayout {
  const count = names.length;
  const height = Math.min(HIGHEST, Math.floor(room.height / count));
  const longest = Math.max(64, Math.min(180, room.width * 0.35));
  const nameWidths = names.map((name) => Math.min(longest, name.length * LETTER + NAME_PADDING));
  const width = nameWidths.reduce(
    (least, name, index) => Math.min(least, index ? Math.floor((room.width - name) / index) : WIDEST),
    Math.min(WIDEST, Math.floor(height * STRETCH))
  );
  if (height >= NAME_HEIGHT && width >= NAMED_CELL_WIDTH) {
    const cellHeight = Math.min(height, Math.max(NAME_HEIGHT, Math.round(width * 1.5)));
    const usedWidth = Math.max(...nameWidths.map((name, index) => name + index * width));
    return laidOut({ count, cellWidth: width, cellHeight, room: room.width, usedWidth, hasNames: true });
  }
  const spare = room.width > 320 ? FLOATING_NAME : 0;
  const side = Math.max(SMALLEST, Math.min((room.width - spare) / Math.max(1, count - 1), room.height / count));
  const usedWidth = edge(count - 1, side) + spare;
  return laidOut({ count, cellWidth: side, cellHeight: side, room: room.width, usedWidth, hasNames: false });
}

type Sizes = Pick<MatrixLayout, 'count' | 'cellWidth' | 'cellHeight' | 'usedWidth' | 'hasNames'> & { room: number };

function laidOut({ count, cellWidth, cellHeight, room, usedWidth, hasNames }: Sizes): MatrixLayout {
  const hasNumbers = hasNames && cellWidth >= 34 && cellHeight >= 16;
  const cellsWidth = edge(count - 1, cellWidth);
  return {
    count,
    cellWidth,
    cellHeight,
    hasNames,
    hasNumbers,
    hasCorners: Math.min(cellWidth, cellHeight) >= 10,
    lag: lagPlace(cellWidth, cellHeight, hasNumbers),
    width: Math.max(cellsWidth, room),
    height: edge(count, cellHeight),
    cellsWidth,
    usedWidth,
  };
}

function lagPlace(width: number, height: number, hasNumbers: boolean): LagPlace {
  if (!hasNumbers) {
    return width >= 12 && height >= 12 ? 'arrow' : 'none';
  }
  if (height >= 30) {
    return 'below';
  }
  return width >= 60 ? 'beside' : width >= 44 ? 'arrow' : 'none';
}

/** Whole pixels, so that cells of a fraction have sharp edges and no gaps that come and go. */
export function edge(index: number, size: number): number {
  return Math.round(index * size);
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A cell without the hairline that parts it from the next. */
export function boxOf({ line, column }: Cell, { cellWidth, cellHeight }: MatrixLayout): Box {
  const x = edge(column, cellWidth);
  const y = edge(line, cellHeight);
  const gap = Math.min(cellWidth, cellHeight) >= 6 ? 1 : 0;
  return { x, y, width: edge(column + 1, cellWidth) - x - gap, height: edge(line + 1, cellHeight) - y - gap };
}

/** The cell at a place; null in the empty half. */
export function cellAt(x: number, y: number, { count, cellWidth, cellHeight }: MatrixLayout): Cell | null {
  const line = Math.floor(y / cellHeight);
  const column = Math.floor(x / cellWidth);
  return line >= 1 && line < count && column >= 0 && column < line ? { line, column } : null;
}

/** The cell that a key leads to, within the half. */
export function movedCell({ line, column }: Cell, [down, right]: readonly [number, number], count: number): Cell {
  const next = Math.max(1, Math.min(count - 1, line + down));
  return { line: next, column: Math.max(0, Math.min(next - 1, column + right)) };
}
