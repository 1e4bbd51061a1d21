/** Where things go in a panel: how many charts beside each other, and what each of them has room for. */

export const GAP = 16;
/** Room for a vertical scroll bar beside charts. */
export const SCROLL_BAR = 12;
export const HEAD_HEIGHT = 24;
export const LINE_HEIGHT = 20;
export const LEGEND_HEIGHT = 28;

const NARROWEST = 240;
const MOST_COLUMNS = 6;
/** Width over height that a chart with its words is best read at. */
const SHAPE = 1.7;
/** Less tells nothing. */
const LEAST_CHART = 92;
const MOST_LINES = 3;
/** Pixels of a letter, on average. */
const LETTER = 6.9;
const LEGEND_FROM = { width: 360, height: 340 };

export interface CellLayout {
  columns: number;
  width: number;
  height: number;
  /** of the finding, which takes as much in all cells, so that charts stand in rows */
  sentenceLines: number;
  hasLanding: boolean;
  chartHeight: number;
}

interface Given {
  count: number;
  width: number;
  height: number;
  /** 0 for as many as fit */
  columns: number;
  /** of the longest finding */
  letters: number;
}

export function hasLegend({ width, height }: { width: number; height: number }): boolean {
  return width >= LEGEND_FROM.width && height >= LEGEND_FROM.height;
}

export function cellLayout(given: Given): CellLayout {
  if (given.columns > 0) {
    return layoutOf(given, Math.min(given.columns, given.count));
  }
  const most = Math.max(1, Math.min(MOST_COLUMNS, given.count, Math.floor((given.width + GAP) / (NARROWEST + GAP))));
  const choices = Array.from({ length: most }, (_, i) => layoutOf(given, i + 1));
  return choices.reduce((best, one) => (cost(one, given) < cost(best, given) ? one : best));
}

function layoutOf({ count, width, height, letters }: Given, columns: number): CellLayout {
  const rows = Math.ceil(count / columns);
  const cellWidth = (room: number) => Math.floor((room - (columns - 1) * GAP) / columns);
  const linesIn = (room: number) => Math.min(MOST_LINES, Math.ceil((letters * LETTER) / Math.max(1, room)));
  const fair = Math.floor((height - (rows - 1) * GAP) / rows);
  const words = (lines: number) => HEAD_HEIGHT + lines * LINE_HEIGHT + LINE_HEIGHT;
  const whole = cellWidth(width);
  if (rows === 1) {
    return fitted({ columns, width: whole, height: fair, sentenceLines: linesIn(whole) });
  }
  if (fair >= words(linesIn(whole)) + LEAST_CHART) {
    return fitted({ columns, width: whole, height: fair, sentenceLines: linesIn(whole) });
  }
  const beside = cellWidth(width - SCROLL_BAR);
  const sentenceLines = linesIn(beside);
  const least = words(sentenceLines) + LEAST_CHART;
  return fitted({ columns, width: beside, height: Math.max(least, Math.round(beside / SHAPE)), sentenceLines });
}

/** What there is no room for goes: where it lands first, the finding last. */
function fitted(cell: Omit<CellLayout, 'hasLanding' | 'chartHeight'>): CellLayout {
  let { sentenceLines } = cell;
  const rest = (landing: boolean) =>
    cell.height - HEAD_HEIGHT - sentenceLines * LINE_HEIGHT - (landing ? LINE_HEIGHT : 0);
  const hasLanding = rest(true) >= LEAST_CHART;
  while (sentenceLines > 1 && rest(hasLanding) < LEAST_CHART) {
    sentenceLines--;
  }
  return { ...cell, sentenceLines, hasLanding, chartHeight: Math.max(0, rest(hasLanding)) };
}

/** How far a layout is from charts of the right shape that fill the panel and need no scrolling. */
function cost({ columns, width, height }: CellLayout, given: Given): number {
  const rows = Math.ceil(given.count / columns);
  const total = rows * (height + GAP) - GAP;
  const shape = Math.abs(Math.log(width / height / SHAPE));
  const gaps = (rows * columns - given.count) / given.count;
  return shape + gaps + Math.max(0, Math.log(total / given.height));
}
