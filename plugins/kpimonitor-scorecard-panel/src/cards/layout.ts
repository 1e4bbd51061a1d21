import type { CardSize, Detail } from '../options';
import { bulletOf } from '../data/bullet-scale';
import type { ScoreRow } from '../data/row';

/** The lines of a card under its value. All cards of a panel have the same, so that they stand in rows and nothing jumps. */
export type Slot = 'change' | 'gap' | 'bullet' | 'outlook' | 'sparkline' | 'definition' | 'foot';

/** Pixels that each line takes, with the space above it. */
export const SLOT_HEIGHT: Record<Slot, number> = {
  change: 20,
  gap: 20,
  bullet: 20,
  outlook: 20,
  sparkline: 44,
  definition: 40,
  foot: 24,
};

export interface CardMetrics {
  minWidth: number;
  padding: number;
  name: number;
  value: number;
}

export const CARD_METRICS: Record<CardSize, CardMetrics> = {
  small: { minWidth: 160, padding: 8, name: 20, value: 36 },
  medium: { minWidth: 216, padding: 12, name: 22, value: 38 },
  large: { minWidth: 288, padding: 16, name: 24, value: 50 },
};

/** The first to go when there is no room for a card. */
const DISPENSABLE: Slot[] = ['sparkline', 'definition', 'bullet', 'foot', 'outlook', 'gap', 'change'];

/** The lines that are asked for and that at least one row has something for. */
export function slotsOf(rows: readonly ScoreRow[], show: readonly Detail[]): Slot[] {
  const asked = new Set(show);
  const has: Record<Slot, boolean> = {
    change: asked.has('change') && rows.some((row) => row.changeText),
    gap: asked.has('gap') && rows.some((row) => row.gapText || row.reason),
    bullet: asked.has('bullet') && rows.some((row) => bulletOf(row)),
    outlook: asked.has('outlook') && rows.some((row) => row.outlookText || row.soFarText),
    sparkline: asked.has('sparkline') && rows.some((row) => row.spark.values.length > 1),
    definition: asked.has('definition') && rows.some((row) => row.definition),
    foot: rows.some((row) => (asked.has('age') && row.ageText) || (asked.has('owner') && row.owner)),
  };
  return (Object.keys(has) as Slot[]).filter((slot) => has[slot]);
}

const RULE = 2;

/** Pixels of a card with these lines. */
export function cardHeight(slots: readonly Slot[], { padding, name, value }: CardMetrics): number {
  return RULE + 2 * padding + name + value + slots.reduce((sum, slot) => sum + SLOT_HEIGHT[slot], 0);
}

/** The lines of which a whole card fits into the height, the less telling left out first. */
export function fitSlots(slots: readonly Slot[], metrics: CardMetrics, height: number): Slot[] {
  let kept = [...slots];
  for (const slot of DISPENSABLE) {
    if (cardHeight(kept, metrics) <= height) {
      break;
    }
    kept = kept.filter((one) => one !== slot);
  }
  return kept;
}

export const CARD_GAP = 8;
/** A vertical scroll bar may take this much of the width. */
const SCROLL_BAR = 16;

/**
 * How wide cards are at least, so that they stand in rows that are as full as they can be: sixteen as four by four,
 * not as five, five, five and one. Never more than twice as wide as they need.
 * @param count of the largest group
 */
export function columnWidth(width: number, count: number, { minWidth }: CardMetrics): number {
  const room = width - SCROLL_BAR;
  const most = Math.max(1, Math.floor((room + CARD_GAP) / (minWidth + CARD_GAP)));
  const rows = Math.ceil(count / most);
  const columns = Math.ceil(count / rows);
  const even = Math.floor((room + CARD_GAP) / columns) - CARD_GAP;
  return Math.max(minWidth, Math.min(2 * minWidth, even));
}
