/** Draws the cells of half a matrix; names, focus and tooltips are elements above it. */
import type { CorrelationPalette } from '../palette';
import { coefficientText } from '../words';

import { type Box, boxOf, type Cell, type MatrixLayout } from './layout';

export interface DrawnCell extends Cell {
  r: number | null;
  significant: boolean;
  /** periods, never negative; 0 draws no arrow */
  lag: number;
  /** who follows: the KPI of the row, whose name is to the right, or the KPI of the column, whose name is above */
  follower: 'line' | 'column';
}

export type Pen = Pick<
  CanvasRenderingContext2D,
  | 'beginPath'
  | 'clearRect'
  | 'fill'
  | 'fillRect'
  | 'fillStyle'
  | 'fillText'
  | 'font'
  | 'lineTo'
  | 'lineWidth'
  | 'moveTo'
  | 'stroke'
  | 'strokeStyle'
  | 'textAlign'
  | 'textBaseline'
>;

interface Look {
  layout: MatrixLayout;
  palette: CorrelationPalette;
  fontFamily: string;
}

const NUMBER_SIZE = 12;
const LAG_SIZE = 10;
const ARROW = 7;
/** Between an arrow and its number. */
const GAP = 2;

export function paintMatrix(pen: Pen, cells: readonly DrawnCell[], look: Look): void {
  pen.clearRect(0, 0, look.layout.cellsWidth, look.layout.height);
  pen.textBaseline = 'middle';
  for (const cell of cells) {
    const box = boxOf(cell, look.layout);
    if (cell.r === null) {
      paintUnknown(pen, box, look);
      continue;
    }
    const fill = look.palette.fill(cell.r, cell.significant);
    pen.fillStyle = fill;
    pen.fillRect(box.x, box.y, box.width, box.height);
    paintWords(pen, cell, box, fill, look);
  }
}

/** A dot, for what could not be compared. */
function paintUnknown(pen: Pen, { x, y, width, height }: Box, { palette }: Look): void {
  const size = Math.min(3, width, height);
  pen.fillStyle = palette.hairline;
  pen.fillRect(x + (width - size) / 2, y + (height - size) / 2, size, size);
}

function paintWords(pen: Pen, cell: DrawnCell, box: Box, fill: string, { layout, palette, fontFamily }: Look): void {
  const ink = cell.significant ? palette.textOn(fill) : palette.quiet;
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const place = cell.lag > 0 ? layout.lag : 'none';
  pen.fillStyle = ink;
  pen.strokeStyle = ink;
  if (place === 'arrow') {
    paintArrow(pen, middle.x, middle.y, cell.follower);
  }
  if (!layout.hasNumbers) {
    return;
  }
  pen.textAlign = 'center';
  pen.font = `${NUMBER_SIZE}px ${fontFamily}`;
  const number = coefficientText(cell.r);
  if (place === 'below') {
    pen.fillText(number, middle.x, middle.y - 7);
    paintLag(pen, cell, middle.x, middle.y + 9, fontFamily);
  } else if (place === 'beside') {
    pen.fillText(number, box.x + box.width * 0.3, middle.y);
    paintLag(pen, cell, box.x + box.width * 0.77, middle.y, fontFamily);
  } else {
    pen.fillText(number, middle.x, middle.y);
  }
}

function paintLag(pen: Pen, { lag, follower }: DrawnCell, x: number, y: number, fontFamily: string): void {
  const text = String(lag);
  // Figures are about 0.6 em wide: near enough to centre three things of one line.
  const half = (text.length * LAG_SIZE * 0.6 + GAP + ARROW) / 2;
  paintArrow(pen, x - half + ARROW / 2, y, follower);
  pen.font = `${LAG_SIZE}px ${fontFamily}`;
  pen.textAlign = 'left';
  pen.fillText(text, x - half + ARROW + GAP, y);
}

/** Points at the name of the KPI that follows. */
function paintArrow(pen: Pen, x: number, y: number, follower: DrawnCell['follower']): void {
  const half = ARROW / 2;
  const head = 2.5;
  const [dx, dy] = follower === 'line' ? [1, 0] : [0, -1];
  pen.lineWidth = 1.25;
  pen.beginPath();
  pen.moveTo(x - dx * half, y - dy * half);
  pen.lineTo(x + dx * half, y + dy * half);
  pen.moveTo(x + dx * (half - head) + dy * head, y + dy * (half - head) + dx * head);
  pen.lineTo(x + dx * half, y + dy * half);
  pen.lineTo(x + dx * (half - head) - dy * head, y + dy * (half - head) - dx * head);
  pen.stroke();
}
