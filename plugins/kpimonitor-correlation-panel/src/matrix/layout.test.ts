import fc from 'fast-check';

import { boxOf, cellAt, matrixLayout, movedCell } from './layout';

const names = (count: number) => Array.from({ length: count }, (_, i) => `A measure number ${i}`);
const room = fc.record({ width: fc.integer({ min: 340, max: 2000 }), height: fc.integer({ min: 60, max: 1200 }) });
const counts = fc.integer({ min: 2, max: 60 });

describe('half a matrix', () => {
  it('fits its room, names included, whatever it is', () => {
    fc.assert(
      fc.property(counts, room, (count, size) => {
        const layout = matrixLayout(names(count), size);
        expect(layout.cellsWidth).toBeLessThanOrEqual(size.width);
        // Below three pixels nothing is seen: then it scrolls.
        expect(layout.height).toBeLessThanOrEqual(Math.max(size.height, 3 * count));
        if (layout.hasNames) {
          expect(layout.usedWidth).toBeLessThanOrEqual(size.width);
          expect(layout.cellHeight).toBeGreaterThanOrEqual(14);
        }
      })
    );
  });

  it('finds each cell at every place of its box, and none in the empty half', () => {
    fc.assert(
      fc.property(counts, room, fc.nat(), fc.nat(), (count, size, a, b) => {
        const layout = matrixLayout(names(count), size);
        const line = 1 + (a % (count - 1));
        const cell = { line, column: b % line };
        const { x, y, width, height } = boxOf(cell, layout);
        expect(cellAt(x + width / 2, y + height / 2, layout)).toEqual(cell);
        expect(cellAt(y + height / 2 > layout.height ? 0 : x, y - layout.height, layout)).toBeNull();
        expect(cellAt(layout.cellWidth * (line + 0.5), y + height / 2, layout)).toBeNull();
      })
    );
  });

  it('has cells side by side that never overlap', () => {
    const layout = matrixLayout(names(100), { width: 700, height: 650 });
    for (let column = 1; column < 99; column++) {
      const [left, right] = [boxOf({ line: 99, column: column - 1 }, layout), boxOf({ line: 99, column }, layout)];
      expect(right.x).toBeGreaterThanOrEqual(left.x + left.width);
      expect(right.x - left.x - left.width).toBeLessThanOrEqual(1);
      expect(left.width).toBeGreaterThan(0);
    }
  });

  it('gives up numbers first, then lags beside them, then names', () => {
    const look = (width: number, height: number) => {
      const { hasNames, hasNumbers, lag } = matrixLayout(names(16), { width, height });
      return { hasNames, hasNumbers, lag };
    };
    expect(look(1400, 700)).toEqual({ hasNames: true, hasNumbers: true, lag: 'below' });
    expect(look(1400, 460)).toEqual({ hasNames: true, hasNumbers: true, lag: 'beside' });
    expect(look(860, 460)).toEqual({ hasNames: true, hasNumbers: true, lag: 'arrow' });
    expect(look(420, 460)).toEqual({ hasNames: true, hasNumbers: false, lag: 'arrow' });
    expect(look(180, 160)).toEqual({ hasNames: false, hasNumbers: false, lag: 'none' });
  });
});

describe('the keys of half a matrix', () => {
  it('stay within it', () => {
    const step = fc.constantFrom(-Infinity, -10, -1, 0, 1, 10, Infinity);
    fc.assert(
      fc.property(counts, fc.array(fc.tuple(step, step)), (count, moves) => {
        let cell = { line: 1, column: 0 };
        for (const move of moves) {
          cell = movedCell(cell, move, count);
          expect(cell.line).toBeGreaterThanOrEqual(1);
          expect(cell.line).toBeLessThan(count);
          expect(cell.column).toBeGreaterThanOrEqual(0);
          expect(cell.column).toBeLessThan(cell.line);
        }
      })
    );
  });

  it('reach its corners', () => {
    expect(movedCell({ line: 3, column: 1 }, [Infinity, Infinity], 16)).toEqual({ line: 15, column: 14 });
    expect(movedCell({ line: 3, column: 1 }, [-Infinity, -Infinity], 16)).toEqual({ line: 1, column: 0 });
    expect(movedCell({ line: 3, column: 2 }, [-1, 0], 16)).toEqual({ line: 2, column: 1 });
  });
});
