/**
 * The mark of each status as plain paths in a box of 16 x 16, so that a panel, a mail and a PDF draw the same. Shapes
 * differ in outline, not only in colour: they are read in greyscale and at 12 px.
 */
import type { Status } from '@kpi-monitor/model/status';

export const MARK_SIZE = 16;

/** `fill`: filled, even-odd, so that inner shapes are holes; `stroke`: 1.5 wide, round ends. */
export interface MarkPath {
  kind: 'fill' | 'stroke';
  d: string;
  dash?: string;
}

const CIRCLE = 'M8 1.75a6.25 6.25 0 1 1 0 12.5a6.25 6.25 0 1 1 0 -12.5Z';

export const STATUS_MARKS: Record<Status, readonly MarkPath[]> = {
  normal: [{ kind: 'stroke', d: 'M3.5 8.5 6.5 11.5 12.5 5' }],
  // a triangle with an exclamation mark
  warning: [
    {
      kind: 'fill',
      d: 'M8 1.2a1 1 0 0 1 .87.5l6.3 11.3a1 1 0 0 1-.87 1.5H1.7a1 1 0 0 1-.87-1.5L7.13 1.7A1 1 0 0 1 8 1.2ZM7.1 5.6V9.8H8.9V5.6ZM7.1 11V12.8H8.9V11Z',
    },
  ],
  // an octagon with one exclamation mark
  critical: [
    {
      kind: 'fill',
      d: 'M5.1 1H10.9L15 5.1V10.9L10.9 15H5.1L1 10.9V5.1ZM7.1 3.9V9H8.9V3.9ZM7.1 10.4V12.2H8.9V10.4Z',
    },
  ],
  // a square with two
  emergency: [
    {
      kind: 'fill',
      d: 'M2 0.5H14A1.5 1.5 0 0 1 15.5 2V14A1.5 1.5 0 0 1 14 15.5H2A1.5 1.5 0 0 1 0.5 14V2A1.5 1.5 0 0 1 2 0.5ZM4.6 3.4V9.2H6.5V3.4ZM4.6 10.7V12.6H6.5V10.7ZM9.5 3.4V9.2H11.4V3.4ZM9.5 10.7V12.6H11.4V10.7Z',
    },
  ],
  no_data: [{ kind: 'stroke', d: CIRCLE, dash: '2.2 2.7' }],
  // a clock
  late: [
    { kind: 'stroke', d: CIRCLE },
    { kind: 'stroke', d: 'M8 4.5V8L10.5 9.75' },
  ],
  // three dots: more will come
  provisional: [
    { kind: 'stroke', d: CIRCLE },
    { kind: 'fill', d: 'M4 7.25H5.5V8.75H4ZM7.25 7.25H8.75V8.75H7.25ZM10.5 7.25H12V8.75H10.5Z' },
  ],
  not_judged: [
    { kind: 'stroke', d: CIRCLE },
    { kind: 'stroke', d: 'M5.5 8H10.5' },
  ],
};
