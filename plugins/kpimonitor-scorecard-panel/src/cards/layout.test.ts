import { DEFAULTS, DETAILS } from '../options';
import { COMPANY, statusRow } from '../fixtures/rows';

import { CARD_METRICS, cardHeight, columnWidth, fitSlots, slotsOf } from './layout';

const { medium } = CARD_METRICS;

describe('the lines of a card', () => {
  it('are those asked for that some row has something for', () => {
    expect(slotsOf(COMPANY, DEFAULTS.show)).toEqual(['change', 'gap', 'bullet', 'outlook', 'sparkline', 'foot']);
    expect(slotsOf(COMPANY, [])).toEqual([]);
    expect(slotsOf([statusRow({ owner: '' })], DETAILS)).toEqual([]);
  });

  it('leave when there is no room for them: sparkline first, then the bar, the value never', () => {
    const slots = slotsOf(COMPANY, DEFAULTS.show);
    const full = cardHeight(slots, medium);
    expect(fitSlots(slots, medium, full)).toEqual(slots);
    expect(fitSlots(slots, medium, full - 1)).toEqual(['change', 'gap', 'bullet', 'outlook', 'foot']);
    expect(fitSlots(slots, medium, full - 50)).toEqual(['change', 'gap', 'outlook', 'foot']);
    expect(fitSlots(slots, medium, 0)).toEqual([]);
  });
});

describe('the columns of cards', () => {
  const columns = (width: number, count: number) =>
    Math.max(1, Math.floor((width + 8) / (columnWidth(width, count, medium) + 8)));

  it('fill rows as evenly as they can', () => {
    expect(columns(1184, 16)).toBe(4);
    expect(columns(1184, 5)).toBe(5);
    expect(columns(1184, 6)).toBe(3);
  });

  it('need no more rows than the narrowest cards would', () => {
    for (let width = 200; width < 2400; width += 37) {
      for (const count of [1, 2, 7, 16, 100]) {
        const most = Math.max(1, Math.floor((width - 16 + 8) / (medium.minWidth + 8)));
        expect(Math.ceil(count / columns(width, count))).toBeLessThanOrEqual(Math.ceil(count / most));
      }
    }
  });

  it('are never narrower than a card needs nor much wider', () => {
    expect(columnWidth(164, 3, medium)).toBe(medium.minWidth);
    expect(columnWidth(2000, 1, medium)).toBe(2 * medium.minWidth);
  });
});
