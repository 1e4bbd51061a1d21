/** Where the pair's view goes: beside the matrix where both have room, else below it. */
export interface PanelLayout {
  isBeside: boolean;
  /** of the matrix or list */
  mainWidth: number;
  pairWidth: number;
}

const GAP = 24;
/** Room for a vertical scroll bar beside charts. */
const SCROLL_BAR = 12;
const BESIDE_FROM = 720;

export function panelLayout(width: number, hasPair: boolean): PanelLayout {
  if (!hasPair) {
    return { isBeside: false, mainWidth: width, pairWidth: 0 };
  }
  if (width < BESIDE_FROM) {
    return { isBeside: false, mainWidth: width - SCROLL_BAR, pairWidth: width - SCROLL_BAR };
  }
  const pairWidth = Math.round(Math.max(300, Math.min(520, width * 0.38)));
  return { isBeside: true, mainWidth: width - pairWidth - GAP, pairWidth: pairWidth - SCROLL_BAR };
}
