import { createTheme } from '@grafana/data';

import { pairsByKey } from '../data/pair';
import { company } from '../fixtures/company';
import { correlationPalette } from '../palette';

import { cellOfPair, drawnCells } from './cells';
import { boxOf, matrixLayout } from './layout';
import { type DrawnCell, paintMatrix, type Pen } from './paint';

const palette = correlationPalette(createTheme());

/** A context that remembers what was drawn with it. */
function paperAndPen() {
  const rects: Array<[string, number, number, number, number]> = [];
  const texts: string[] = [];
  let strokes = 0;
  let cuts = 0;
  const pen = {
    beginPath() {},
    clearRect() {},
    fill: () => void cuts++,
    lineTo() {},
    moveTo() {},
    measureText: (text: string) => ({ width: 6 * text.length }),
    stroke: () => void strokes++,
    fillRect(x: number, y: number, width: number, height: number) {
      rects.push([String(this.fillStyle), x, y, width, height]);
    },
    fillText: (text: string) => void texts.push(text),
    fillStyle: '',
    strokeStyle: '',
    font: '',
    lineWidth: 1,
    textAlign: 'left',
    textBaseline: 'middle',
  };
  return { pen: pen as unknown as Pen, rects, texts, arrows: () => strokes, cuts: () => cuts };
}

function painted(cells: DrawnCell[], size: { width: number; height: number }) {
  const count = Math.max(...cells.map(({ line }) => line)) + 1;
  const layout = matrixLayout(
    Array.from({ length: count }, (_, i) => `KPI ${i}`),
    size
  );
  const paper = paperAndPen();
  paintMatrix(paper.pen, cells, { layout, palette, fontFamily: 'Inter' });
  return { ...paper, layout };
}

const cell = (given: Partial<DrawnCell>): DrawnCell => ({
  line: 1,
  column: 0,
  r: 0.71,
  significant: true,
  sharesInputs: false,
  lag: 0,
  follower: 'line',
  ...given,
});
const roomy = { width: 800, height: 400 };

describe('what is drawn of a matrix', () => {
  it('is a cell a pair, once, of the half below the diagonal', () => {
    const { kpis, pairs } = company({ count: 100, days: 40 });
    const { rects } = painted(drawnCells(kpis, pairsByKey(pairs)), roomy);
    expect(rects).toHaveLength(4950);
    expect(new Set(rects.map(([, x, y]) => `${x} ${y}`)).size).toBe(4950);
  });

  it('is the colour of strength and direction, and the number where it has room', () => {
    const { rects, texts, layout } = painted([cell({}), cell({ line: 2, r: -0.424 })], roomy);
    const { x, y, width, height } = boxOf(cell({}), layout);
    expect(rects[0]).toEqual([palette.fill(0.71, true), x, y, width, height]);
    expect(rects[1]![0]).toBe(palette.fill(-0.424, true));
    expect(texts).toEqual(['0.71', '−0.42']);
    expect(painted([cell({ line: 30 })], roomy).texts).toEqual([]);
  });

  it('has an arrow and the periods for a lag beyond chance', () => {
    const { texts, arrows } = painted([cell({ lag: 14 })], roomy);
    expect(texts).toEqual(['0.71', '14']);
    expect(arrows()).toBe(1);
    expect(painted([cell({})], roomy).arrows()).toBe(0);
  });

  it('has its corner cut where both are computed from the same values', () => {
    expect(painted([cell({ sharesInputs: true })], roomy).cuts()).toBe(1);
    expect(painted([cell({ sharesInputs: true, significant: false })], roomy).cuts()).toBe(0);
  });

  it('is faint for what may be chance, and a dot for what is not known', () => {
    const { rects, texts } = painted([cell({ significant: false }), cell({ line: 2, r: null })], roomy);
    expect(rects[0]![0]).toBe(palette.fill(0.71, false));
    expect(rects[1]).toEqual([palette.hairline, expect.any(Number), expect.any(Number), 3, 3]);
    expect(texts).toEqual(['0.71']);
  });
});

describe('the cells of pairs', () => {
  const { kpis, pairs } = company({ count: 3 });
  const led = { ...pairs[0]!, significant: true, r: 0.5 };
  const [first, second] = kpis;

  it('point at the KPI that follows, whichever way the pair is written', () => {
    const follower = (pair: typeof led) => drawnCells(kpis, pairsByKey([pair]))[0];
    expect(follower({ ...led, lag: 3 })).toMatchObject({ line: 1, column: 0, lag: 3, follower: 'line' });
    expect(follower({ ...led, lag: -3 })).toMatchObject({ lag: 3, follower: 'column' });
    const turned = { ...led, a: second!.kpi, b: first!.kpi };
    expect(follower({ ...turned, lag: 3 })).toMatchObject({ lag: 3, follower: 'column' });
  });

  it('show no lag of what may be chance, and nothing of a pair that is missing', () => {
    const cells = drawnCells(kpis, pairsByKey([{ ...led, lag: 3, significant: false }]));
    expect(cells.map(({ r, lag }) => [r, lag])).toEqual([
      [0.5, 0],
      [null, 0],
      [null, 0],
    ]);
  });

  it('are found by their pair', () => {
    expect(cellOfPair(kpis, { ...led, a: kpis[2]!.kpi, b: kpis[0]!.kpi })).toEqual({ line: 2, column: 0 });
    expect(cellOfPair(kpis, { ...led, a: 'gone' })).toBeNull();
  });
});
