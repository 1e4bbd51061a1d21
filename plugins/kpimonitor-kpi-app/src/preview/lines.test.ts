import type { Boundaries } from '@kpi-monitor/model/query/frames';
import type { PreviewRow } from '@kpi-monitor/model/query/judgement-answer';

import { apart, shownRange, stepPath, thresholdLines, valuePath } from './lines';

const row = (boundaries: Boundaries | null): PreviewRow => ({
  period: 0,
  periodText: '',
  value: 1,
  valueText: '1',
  level: 0,
  levelThen: 0,
  boundaries,
  boundariesThen: null,
});
const x = (index: number) => index * 10;
const y = (value: number) => 100 - value;

it('follows thresholds from period to period, a range by both of its ends', () => {
  const rows = [row({ direction: 'range', warning: [1, 2] }), row(null), row({ direction: 'range', warning: [1, 3] })];
  expect(thresholdLines(rows, ({ boundaries }) => boundaries)).toEqual([
    { level: 'warning', values: [1, null, 1] },
    { level: 'warning', values: [2, null, 3] },
  ]);
});

it('draws values as a line with gaps, and thresholds as steps', () => {
  expect(valuePath([1, 2, null, 4], x, y)).toBe('M5 99L15 98M35 96');
  expect(stepPath([5, 5, 7, null, 7], x, y)).toBe('M0 95H10H20V93H30M40 93H50');
});

describe('the range that is drawn', () => {
  const line = (value: number) => ({ level: 'warning' as const, values: [value] });

  it('reaches to thresholds that are near, and lets none flatten the values', () => {
    const [low, high] = shownRange([90, 100], [line(80), line(-500)])!;
    expect(low).toBeLessThan(80);
    expect(low).toBeGreaterThan(70);
    expect(high).toBeGreaterThan(100);
  });

  it('has room around a value that never changes, and is none without values', () => {
    const [low, high] = shownRange([5, 5], [])!;
    expect(high).toBeGreaterThan(low);
    expect(shownRange([null], [line(1)])).toBeNull();
  });
});

it('sets labels apart, in their order and inside', () => {
  expect(apart([50, 52, 10], 12, [0, 100])).toEqual([50, 62, 10]);
  expect(apart([98, 99], 12, [0, 100])).toEqual([88, 100]);
});
