import type uPlot from 'uplot';

/** The rectangle that a plot draws in, in pixels of its canvas. */
export interface Plane {
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** pixels of the canvas in one of the page */
  pixel: number;
  x: (time: number) => number;
  y: (value: number) => number;
}

/** As much of a canvas's context as is used here. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | 'arc'
  | 'beginPath'
  | 'clip'
  | 'fill'
  | 'fillRect'
  | 'fillStyle'
  | 'fillText'
  | 'font'
  | 'lineCap'
  | 'lineTo'
  | 'lineWidth'
  | 'measureText'
  | 'moveTo'
  | 'rect'
  | 'restore'
  | 'save'
  | 'scale'
  | 'setLineDash'
  | 'stroke'
  | 'strokeStyle'
  | 'textAlign'
  | 'textBaseline'
  | 'translate'
>;

export function planeOf(plot: uPlot): Plane {
  const { left, top, width, height } = plot.bbox;
  return {
    left,
    top,
    right: left + width,
    bottom: top + height,
    pixel: window.devicePixelRatio || 1,
    x: (time) => plot.valToPos(time, 'x', true),
    y: (value) => plot.valToPos(value, 'y', true),
  };
}

/** Draws what stays within the plane; nothing that is set lasts. */
export function within(pen: Pen, { left, top, right, bottom }: Plane, draw: () => void): void {
  pen.save();
  pen.beginPath();
  pen.rect(left, top, right - left, bottom - top);
  pen.clip();
  draw();
  pen.restore();
}

export function line(pen: Pen, points: ReadonlyArray<readonly [x: number, y: number]>): void {
  pen.beginPath();
  points.forEach(([x, y], i) => (i === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y)));
  pen.stroke();
}
