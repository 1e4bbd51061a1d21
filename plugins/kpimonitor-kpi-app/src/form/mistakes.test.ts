import type { JudgementValues } from '@kpi-monitor/model/query/judgement-answer';

import type { Draft } from './draft';
import { mistakesOf } from './mistakes';

const before: JudgementValues = { thresholds: null, target: 100, targetText: '100', phased: false };
const draft = (more: Partial<Draft>): Draft => ({
  as: 'absolute',
  warning: ['90'],
  critical: ['80'],
  emergency: ['70'],
  target: '100',
  ...more,
});
const up = { unit: 'none', direction: 'up' } as const;
const down = { unit: 'none', direction: 'down' } as const;
const range = { unit: 'none', direction: 'range' } as const;

it('finds none where levels run from mild to severe', () => {
  expect(mistakesOf(draft({}), before, up)).toEqual({});
  expect(mistakesOf(draft({ warning: ['1'], critical: ['2'], emergency: ['3'] }), before, down)).toEqual({});
  const pairs = { warning: ['4', '6'], critical: ['3', '7'], emergency: ['', ''] } as const;
  expect(mistakesOf(draft(pairs), before, range)).toEqual({});
});

it.each([
  [up, 'Critical has to be lower than warning (90), since up is good'],
  [down, undefined],
])('judges the order by what is good', (judged, expected) => {
  expect(mistakesOf(draft({ critical: ['95'], emergency: [''] }), before, judged).critical).toBe(expected);
});

it('finds two levels at one value', () => {
  expect(mistakesOf(draft({ critical: ['90'] }), before, up).critical).toContain('lower than warning');
  expect(mistakesOf(draft({ warning: ['5'], critical: ['5'], emergency: [''] }), before, down).critical).toContain(
    'higher than warning'
  );
});

it('compares over a level that is left out', () => {
  expect(mistakesOf(draft({ critical: [''], emergency: ['95'] }), before, up)).toEqual({
    emergency: 'Emergency has to be lower than warning (90), since up is good',
  });
});

it('knows ranges: both ends, in order, and the worse one wider on both sides', () => {
  const of = (warning: Draft['warning'], critical: Draft['critical']) =>
    mistakesOf(draft({ warning, critical, emergency: ['', ''] }), before, range);
  expect(of(['4', ''], ['', ''])).toEqual({ warning: expect.stringContaining('both ends') });
  expect(of(['6', '4'], ['', ''])).toEqual({ warning: expect.stringContaining('below the second') });
  expect(of(['4', '6'], ['3', '6'])).toEqual({
    critical: 'Critical has to be wider than warning (4 – 6) on both sides',
  });
});

it('says what is no number', () => {
  expect(mistakesOf(draft({ critical: ['8o'], target: '1,5' }), before, up)).toEqual({
    critical: '“8o” is no number; write it like 1234.5',
    target: '“1,5” is no number; write it like 1234.5',
  });
});

describe('what depends on the target', () => {
  it('needs one, above zero for per cent', () => {
    expect(mistakesOf(draft({ as: 'difference', target: '' }), before, up).target).toContain('need one');
    expect(mistakesOf(draft({ as: 'percent_of_target', target: '-5' }), before, up).target).toContain('above zero');
    expect(mistakesOf(draft({ as: 'difference', target: '-5' }), before, up).target).toBeUndefined();
  });

  it('takes one that differs from period to period', () => {
    const phased = { ...before, target: null, phased: true };
    expect(mistakesOf(draft({ as: 'percent_of_target', target: '' }), phased, up)).toEqual({});
  });

  it('does not matter without thresholds', () => {
    const none = { warning: [''], critical: [''], emergency: [''] } as const;
    expect(mistakesOf(draft({ ...none, as: 'percent_of_target', target: '' }), before, up)).toEqual({});
  });
});
