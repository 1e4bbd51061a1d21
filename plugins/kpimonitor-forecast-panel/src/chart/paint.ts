/** Draws on a plot's canvas what uPlot has no series for: below its lines, and above them. */
import { MARK_SIZE, STATUS_MARKS } from '@kpi-monitor/plugin-shared/status-marks';

import type { EdgeWords } from '../words';

import type { ForecastPalette } from './palette';
import { line, type Pen, type Plane, within } from './plane';
import type { Scene, Spot } from './scene';
import type { ThresholdLevel } from './thresholds';

export interface Look {
  palette: ForecastPalette;
  fontFamily: string;
  /** words at the right edge instead of marks alone */
  hasWords: boolean;
  words: EdgeWords;
}

export const LABEL_TEXT = 11;
const LABEL_LINE = 14;
const LABEL_MARK = 10;
const RING = 4.5;
const TICK = 9;

/** Zones, the target and now: what values are read against. */
export function paintBelow(pen: Pen, plane: Plane, scene: Scene, { palette }: Look): void {
  within(pen, plane, () => {
    const { thresholds, target, now } = scene;
    const { x, y, pixel } = plane;
    if (thresholds) {
      const [left, right] = [x(thresholds.from), x(thresholds.to)];
      for (const { level, low, high } of thresholds.zones) {
        const top = high === Infinity ? plane.top : y(high);
        const bottom = low === -Infinity ? plane.bottom : y(low);
        pen.fillStyle = palette.zone[level];
        pen.fillRect(left, top, right - left, bottom - top);
      }
      pen.lineWidth = pixel;
      for (const { level, value } of thresholds.lines) {
        pen.strokeStyle = palette.status[level].mark;
        pen.setLineDash([]);
        line(pen, flat(left, right, y(value)));
        // Leads to its label, where it no longer holds.
        pen.setLineDash([pixel, 4 * pixel]);
        line(pen, flat(right, plane.right, y(value)));
      }
    }
    pen.strokeStyle = palette.target;
    pen.lineWidth = 1.5 * pixel;
    pen.setLineDash([1.5 * pixel, 3 * pixel]);
    target.forEach((run) => line(pen, run.map(at(plane))));
    pen.setLineDash([]);
    if (now !== null) {
      pen.lineWidth = pixel;
      pen.strokeStyle = palette.quiet;
      line(pen, [
        [x(now), plane.top],
        [x(now), plane.bottom],
      ]);
    }
  });
}

/** Marks and dots on the lines. */
export function paintAbove(pen: Pen, plane: Plane, scene: Scene, look: Look): void {
  const { palette } = look;
  const { pixel } = plane;
  within(pen, plane, () => {
    pen.setLineDash([]);
    scene.marks.forEach(({ kind, ...spot }) => {
      const [x, y] = at(plane)(spot);
      if (kind === 'changepoint') {
        pen.strokeStyle = palette.history;
        pen.lineWidth = 2 * pixel;
        line(pen, [
          [x, y - TICK * pixel],
          [x, y + TICK * pixel],
        ]);
      } else {
        dot(pen, [x, y], RING * pixel, { stroke: palette.history, width: 1.5 * pixel });
      }
    });
    scene.alone.forEach((spot) => dot(pen, at(plane)(spot), 2.5 * pixel, { fill: palette.history }));
    const open = { fill: palette.paper, stroke: palette.history, width: 1.5 * pixel };
    scene.soFar.forEach((spot) => dot(pen, at(plane)(spot), 3 * pixel, open));
    if (scene.landing) {
      const landing = { fill: palette.forecast, stroke: palette.paper, width: 1.5 * pixel };
      dot(pen, at(plane)(scene.landing), 4 * pixel, landing);
    }
  });
  paintNowWord(pen, plane, scene, look);
  paintLabels(pen, plane, scene, look);
}

function paintNowWord(pen: Pen, plane: Plane, { now }: Scene, { palette, fontFamily, words }: Look): void {
  if (now === null) {
    return;
  }
  pen.save();
  pen.font = `${LABEL_TEXT * plane.pixel}px ${fontFamily}`;
  pen.fillStyle = palette.quiet;
  pen.textBaseline = 'bottom';
  pen.textAlign = 'center';
  const half = pen.measureText(words.now).width / 2;
  pen.fillText(words.now, Math.min(plane.x(now), plane.right - half), plane.top - 2 * plane.pixel);
  pen.restore();
}

function paintLabels(pen: Pen, plane: Plane, scene: Scene, look: Look): void {
  const { palette, fontFamily, hasWords, words } = look;
  const { pixel } = plane;
  const labels = apart(
    scene.labels.map((label) => ({ ...label, y: plane.y(label.value) })),
    LABEL_LINE * pixel,
    plane
  );
  for (const { of, y } of labels) {
    pen.save();
    pen.translate(plane.right + 4 * pixel, y - (LABEL_MARK / 2) * pixel);
    if (of !== 'target') {
      paintMark(pen, of, palette.status[of].mark, pixel);
    }
    if (hasWords) {
      pen.font = `${LABEL_TEXT * pixel}px ${fontFamily}`;
      pen.fillStyle = of === 'target' ? palette.target : palette.status[of].text;
      pen.textAlign = 'left';
      pen.textBaseline = 'middle';
      pen.fillText(words[of], of === 'target' ? 0 : (LABEL_MARK + 4) * pixel, (LABEL_MARK / 2) * pixel);
    }
    pen.restore();
  }
}

function paintMark(pen: Pen, level: ThresholdLevel, color: string, pixel: number): void {
  const scale = (LABEL_MARK / MARK_SIZE) * pixel;
  pen.save();
  pen.scale(scale, scale);
  pen.fillStyle = color;
  STATUS_MARKS[level].forEach(({ d }) => pen.fill(new Path2D(d), 'evenodd'));
  pen.restore();
}

/** Labels at least `gap` apart, from the top, none of them below the plane. */
export function apart<T extends { y: number }>(labels: T[], gap: number, plane: Pick<Plane, 'top' | 'bottom'>): T[] {
  const sorted = [...labels].sort((a, b) => a.y - b.y);
  let free = plane.top;
  const pushed = sorted.map((label) => {
    const y = Math.max(label.y, free);
    free = y + gap;
    return { ...label, y };
  });
  let most = plane.bottom;
  return pushed
    .reverse()
    .map((label) => {
      const y = Math.min(label.y, most);
      most = y - gap;
      return { ...label, y };
    })
    .reverse();
}

interface Ink {
  fill?: string;
  stroke?: string;
  width?: number;
}

function dot(pen: Pen, [x, y]: readonly [number, number], radius: number, { fill, stroke, width = 1 }: Ink): void {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  if (fill) {
    pen.fillStyle = fill;
    pen.fill();
  }
  if (stroke) {
    pen.strokeStyle = stroke;
    pen.lineWidth = width;
    pen.stroke();
  }
}

const at =
  ({ x, y }: Plane) =>
  ({ time, value }: Spot) =>
    [x(time), y(value)] as const;

const flat = (left: number, right: number, y: number) =>
  [
    [left, y],
    [right, y],
  ] as const;
