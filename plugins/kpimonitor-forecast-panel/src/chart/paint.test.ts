import { createTheme } from '@grafana/data';

import { readForecasts } from '../data/read-forecasts';
import { forecastFrame, type Given } from '../fixtures/frames';
import { DEFAULTS } from '../options';

import { apart, type Look, paintAbove, paintBelow } from './paint';
import { forecastPalette } from './palette';
import type { Pen, Plane } from './plane';
import { sceneOf } from './scene';

const palette = forecastPalette(createTheme());
const words = { warning: 'Warning', critical: 'Critical', emergency: 'Emergency', target: 'Target', now: 'now' };
const look: Look = { palette, fontFamily: 'Inter', hasWords: true, words };

globalThis.Path2D ??= class {} as unknown as typeof Path2D;

/** A context that remembers what was drawn with it. */
function paperAndPen() {
  const rects: string[] = [];
  const texts: string[] = [];
  const strokes: string[] = [];
  const rings: string[] = [];
  let isRound = false;
  let marks = 0;
  const nothing = () => {};
  const pen = {
    ...{ clip: nothing, lineTo: nothing, moveTo: nothing, rect: nothing, restore: nothing, save: nothing },
    ...{ scale: nothing, translate: nothing, setLineDash: nothing },
    beginPath: () => void (isRound = false),
    arc: () => void (isRound = true),
    fill: (path?: unknown) => void (marks += typeof path === 'object' ? 1 : 0),
    fillRect() {
      rects.push(String(this.fillStyle));
    },
    fillText: (text: string) => void texts.push(text),
    measureText: (text: string) => ({ width: 6 * text.length }),
    stroke() {
      (isRound ? rings : strokes).push(String(this.strokeStyle));
    },
    fillStyle: '',
    strokeStyle: '',
  };
  return { pen: pen as unknown as Pen, rects, texts, strokes, rings, marks: () => marks };
}

const plane: Plane = {
  left: 0,
  top: 0,
  right: 400,
  bottom: 200,
  pixel: 1,
  x: (time) => time / 1e10,
  y: (value) => 200 - value / 1e4,
};

function painted(given: Given = {}, hasWords = true) {
  const paper = paperAndPen();
  const scene = sceneOf(readForecasts([forecastFrame(given)]).all[0]!, 0, DEFAULTS)!;
  paintBelow(paper.pen, plane, scene, { ...look, hasWords });
  paintAbove(paper.pen, plane, scene, { ...look, hasWords });
  return paper;
}

describe('what is painted around the lines', () => {
  it('is a zone and a line a threshold, in the colour of its level', () => {
    const { rects, strokes } = painted();
    expect(rects).toEqual([palette.zone.warning, palette.zone.critical, palette.zone.emergency]);
    for (const level of ['warning', 'critical', 'emergency'] as const) {
      expect(strokes).toContain(palette.status[level].mark);
    }
  });

  it('says each level by its mark, and in words where there is room', () => {
    expect(painted().texts).toEqual(['now', 'Target', 'Warning', 'Critical', 'Emergency']);
    const small = painted({}, false);
    expect(small.texts).toEqual(['now']);
    expect(small.marks()).toBe(3);
  });

  it('is a ring for what stood out, and a tick for a new level', () => {
    expect(painted().rings.filter((color) => color === palette.history)).toHaveLength(1);
    const ticks = (given?: Given) => painted(given).strokes.filter((color) => color === palette.history).length;
    expect(ticks()).toBe(1);
    expect(ticks({ facts: { marks: [] } })).toBe(0);
  });

  it('is the target and now, where there are any', () => {
    const quiet = (given: Given) => painted(given).strokes.filter((color) => color === palette.target).length;
    expect(quiet({})).toBe(2);
    expect(quiet({ aim: null })).toBe(1);
    expect(quiet({ aim: null, history: 0 })).toBe(0);
  });
});

describe('labels', () => {
  const at = (...ys: number[]) =>
    apart(
      ys.map((y) => ({ y })),
      14,
      { top: 0, bottom: 100 }
    ).map(({ y }) => y);

  it('stay where they are while they are apart', () => {
    expect(at(80, 10, 50)).toEqual([10, 50, 80]);
  });

  it('make room for each other, and stay in sight', () => {
    expect(at(10, 12, 13)).toEqual([10, 24, 38]);
    expect(at(98, 99, 99)).toEqual([72, 86, 100]);
    expect(at(-5)).toEqual([0]);
  });
});
