/** Draws the cells of half a matrix; names, focus and tooltips are elements above it. */
import type { CorrelationPalette } from '../palette';
import { coefficientText } from '../words';

import { type Box, boxOf, type Cell, type MatrixLayout } from './layout';

export interface DrawnCell extends Cell {
  r: number | null;
  significant: boolean;
  /** moves together by arithmetic: its corner is cut */
  sharesInputs: boolean;
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
  | 'measureText'
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
const SMALL_NUMBER_SIZE = 11;
const LAG_SIZE = 10;
const ARROW = 7;
const CORNER = 8;
/** A cell of this width has room for larger numbers. */
const ROOMY = 60;
/** Between a number, an arrow and a lag. */
const GAP = 3;

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
    if (look.layout.hasCorners && cell.significant && cell.sharesInputs) {
      cutCorner(pen, box, look);
    }
    if (look.layout.hasNumbers || look.layout.lag !== 'none') {
      paintWords(pen, cell, box, fill, look);
    }
  }
}

/** A dot, for what could not be compared. */
function paintUnknown(pen: Pen, { x, y, width, height }: Box, { palette }: Look): void {
  const size = Math.min(3, width, height);
  pen.fillStyle = palette.hairline;
  pen.fillRect(x + (width - size) / 2, y + (height - size) / 2, size, size);
}

function cutCorner(pen: Pen, { x, y, width, height }: Box, { palette }: Look): void {
  const size = Math.min(CORNER, width / 2, height / 2);
  pen.fillStyle = palette.ground;
  pen.beginPath();
  pen.moveTo(x + width - size, y);
  pen.lineTo(x + width, y);
  pen.lineTo(x + width, y + size);
  pen.fill();
}

function paintWords(pen: Pen, cell: DrawnCell, box: Box, fill: string, { layout, palette, fontFamily }: Look): void {
  const ink = cell.significant ? palette.textOn(fill) : palette.quiet;
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  const place = cell.lag > 0 ? layout.lag : 'none';
  const size = box.width < ROOMY ? SMALL_NUMBER_SIZE : NUMBER_SIZE;
  const number = layout.hasNumbers && { text: coefficientText(cell.r), font: `${size}px ${fontFamily}` };
  const lag = { text: String(cell.lag), font: `${LAG_SIZE}px ${fontFamily}` };
  pen.fillStyle = ink;
  pen.strokeStyle = ink;
  pen.textAlign = 'left';
  if (place === 'below' && number) {
    const apart = Math.min(8, box.height * 0.25);
    paintRow(pen, [number], x, y - apart + 0.5);
    paintRow(pen, [cell.follower, lag], x, y + apart + 0.5);
  } else {
    const arrow = place === 'none' ? [] : [cell.follower];
    paintRow(pen, [...(number ? [number] : []), ...arrow, ...(place === 'beside' ? [lag] : [])], x, y + 0.5);
  }
}

type Word = { text: string; font: string };

/** Words and an arrow in a row, centred. */
function paintRow(pen: Pen, parts: ReadonlyArray<Word | DrawnCell['follower']>, x: number, y: number): void {
  const widths = parts.map((part) => {
    if (typeof part === 'string') {
      return ARROW;
    }
    pen.font = part.font;
    return pen.measureText(part.text).width;
  });
  let left = x - (widths.reduce((sum, width) => sum + width, 0) + GAP * (parts.length - 1)) / 2;
  parts.forEach((part, i) => {
    if (typeof part === 'string') {
      paintArrow(pen, left + ARROW / 2, y, part);
    } else {
      pen.font = part.font;
      pen.fillText(part.text, left, y);
    }
    left += widths[i]! + GAP;
  });
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
