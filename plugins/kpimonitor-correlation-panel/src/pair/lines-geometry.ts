import type { Scale } from '@kpi-monitor/plugin-shared/chart/scale';

import type { Course } from '../data/read-correlation';

import { isKnown } from './aligned';

/** The first and last period that a line has a value in; null for none. */
export function extentOf({ values }: Course): [number, number] | null {
  const first = values.findIndex(isKnown);
  return first < 0 ? null : [first, values.findLastIndex(isKnown)];
}

/**
 * The periods that both lines span, the first drawn `shift` periods later: it may end after the second, which is what it
 * says of the time to come.
 */
export function spanOf(first: Course, second: Course, shift: number): [number, number] | null {
  const one = extentOf(first);
  const two = extentOf(second);
  return one && two && [Math.min(one[0] + shift, two[0]), Math.max(one[1] + shift, two[1])];
}

/** An SVG path; gaps stay gaps, and a value alone between two is a dot. */
export function linePath(values: Course['values'], x: (index: number) => number, y: Scale): string {
  let path = '';
  let isOpen = false;
  values.forEach((value, index) => {
    if (!isKnown(value)) {
      isOpen = false;
      return;
    }
    const at = `${x(index).toFixed(1)} ${y.at(value).toFixed(1)}`;
    const isAlone = !isOpen && !isKnown(values[index + 1]);
    path += isOpen ? `L${at}` : isAlone ? `M${at}h.01` : `M${at}`;
    isOpen = true;
  });
  return path;
}

/** All the way that a line goes up and down, pixels. */
export function climb(values: Course['values'], y: Scale): number {
  let sum = 0;
  for (let i = 1; i < values.length; i++) {
    const [from, to] = [values[i - 1], values[i]];
    sum += isKnown(from) && isKnown(to) ? Math.abs(y.at(to) - y.at(from)) : 0;
  }
  return sum;
}
