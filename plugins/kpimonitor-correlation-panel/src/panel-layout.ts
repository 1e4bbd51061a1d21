/** Where things go in a panel: what was found above, the pair's view beside the matrix or the list, or below it. */
import { matrixLayout } from './matrix/layout';
import type { View } from './options';

/** Widths at which the head's words take the whole line, and at which they are all that there is room for. */
const NARROW = 480;
const TINY = 260;
/** A panel lower than this has no room for how it was done. */
const METHOD_FROM = 260;
const LEGEND_FROM = 280;
const ROOMY = 420;
/** Lines longer than this are hard to read. */
export const METHOD_WIDTH = 800;
/** Pixels of a small letter, on average. */
const LETTER = 6.4;

export interface Head {
  isNarrow: boolean;
  method: 'whole' | 'short' | 'none';
  /** of the method, after which it is cut */
  methodLines: number;
  hasLegend: boolean;
  /** pixels, as near as can be said without measuring words */
  height: number;
}

/** @param letters of what is said about how it was done */
export function headOf({ width, height }: { width: number; height: number }, letters: number): Head {
  const isNarrow = width < NARROW;
  const isTiny = width < TINY || height < METHOD_FROM / 2;
  const method = isTiny ? 'none' : height < METHOD_FROM ? 'short' : 'whole';
  const headline = 22 * Math.ceil(350 / (isNarrow ? width : width - 140));
  const most = method === 'none' ? 0 : method === 'short' ? 1 + Number(isNarrow) : isNarrow || height < ROOMY ? 2 : 4;
  const wordsWidth = Math.min(METHOD_WIDTH, isNarrow ? width : width - 140);
  const methodLines = Math.min(most, Math.ceil((letters * LETTER) / wordsWidth));
  return {
    isNarrow,
    method,
    methodLines,
    hasLegend: !isTiny && height >= LEGEND_FROM,
    height: headline + 19 * methodLines + (isNarrow ? 30 : 0) + 10,
  };
}

export interface BodyLayout {
  isBeside: boolean;
  /** of the matrix or list, pixels */
  mainWidth: number;
  pairWidth: number;
}

const GAP = 24;
/** Room for a vertical scroll bar beside charts. */
export const SCROLL_BAR = 12;
const BESIDE_FROM = 720;
const PAIR = { narrowest: 300, share: 0.34, usual: 520, widest: 760 };

/** @param room of the matrix or list, pixels */
export function bodyLayout(names: readonly string[], view: View, room: { width: number; height: number }): BodyLayout {
  const { width, height } = room;
  if (width < BESIDE_FROM) {
    return { isBeside: false, mainWidth: width - SCROLL_BAR, pairWidth: width - SCROLL_BAR };
  }
  const usual = Math.round(Math.max(PAIR.narrowest, Math.min(PAIR.usual, width * PAIR.share)));
  const mainWidth = width - usual - GAP;
  if (view === 'ranked') {
    return { isBeside: true, mainWidth, pairWidth: usual - SCROLL_BAR };
  }
  // What a small matrix leaves over is the pair's.
  const used = Math.min(mainWidth, Math.max(matrixLayout(names, { width: mainWidth, height }).usedWidth + 8, 280));
  const pairWidth = Math.min(PAIR.widest, width - used - GAP);
  return { isBeside: true, mainWidth: used, pairWidth: pairWidth - SCROLL_BAR };
}
