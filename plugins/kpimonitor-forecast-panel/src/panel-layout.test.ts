import fc from 'fast-check';

import { cellLayout, GAP, HEAD_HEIGHT, LINE_HEIGHT, SCROLL_BAR } from './panel-layout';

const of = (count: number, width: number, height: number, columns = 0) =>
  cellLayout({ count, width, height, columns, letters: 54 });

describe('where charts go', () => {
  it('is one large chart for one KPI', () => {
    expect(of(1, 1200, 500)).toMatchObject({ columns: 1, width: 1200, height: 500, hasLanding: true });
  });

  it('is beside each other in a wide panel, below each other in a tall one', () => {
    expect(of(2, 1200, 500).columns).toBe(2);
    expect(of(2, 400, 800).columns).toBe(1);
    expect(of(16, 1400, 900).columns).toBe(4);
    expect(of(3, 170, 900).columns).toBe(1);
  });

  it('is in as many columns as are asked for, but no more than there are charts', () => {
    expect(of(16, 1400, 900, 2).columns).toBe(2);
    expect(of(2, 1400, 900, 6).columns).toBe(2);
  });

  it('scrolls where they would be too low to be read, with room for the scroll bar', () => {
    const { columns, width, height, chartHeight } = of(100, 1400, 900);
    expect(Math.ceil(100 / columns) * height).toBeGreaterThan(900);
    expect(columns * (width + GAP) - GAP).toBeLessThanOrEqual(1400 - SCROLL_BAR);
    expect(chartHeight).toBeGreaterThan(80);
  });

  it('gives up the numbers first, and never all of the finding', () => {
    const low = of(1, 1200, 110);
    expect([low.hasLanding, low.sentenceLines]).toEqual([false, 1]);
    expect(of(1, 180, 140).sentenceLines).toBe(1);
  });

  it('fits: nothing is wider than the panel, and the parts of a cell add up to it', () => {
    const size = fc.integer({ min: 60, max: 4000 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), size, size, fc.integer({ min: 0, max: 6 }), (...given) => {
        const { columns, width, height, sentenceLines, hasLanding, chartHeight } = of(...given);
        expect(columns * (width + GAP) - GAP).toBeLessThanOrEqual(given[1]);
        const words = HEAD_HEIGHT + (sentenceLines + Number(hasLanding)) * LINE_HEIGHT;
        expect(chartHeight).toBe(Math.max(0, height - words));
      })
    );
  });
});
