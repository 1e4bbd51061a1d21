import type { JudgementValues } from '@kpi-monitor/model/query/judgement-answer';

import { changeOf, draftOf, isEmptyChange, rebased } from './draft';

const REVENUE = { unit: 'currency:financial:$', direction: 'up' } as const;
const values = (more: Partial<JudgementValues> = {}): JudgementValues => ({
  thresholds: { as: 'percent_of_target', warning: 90, critical: 80 },
  target: 1_000_000,
  targetText: '$1,000,000',
  phased: false,
  ...more,
});

it('changes nothing as long as nothing says something else', () => {
  const draft = draftOf(values(), REVENUE);
  expect(draft).toMatchObject({ as: 'percent_of_target', warning: ['90'], emergency: [''], target: '1,000,000' });
  const same = { ...draft, warning: ['90.0'] as const, target: ' 1000000' };
  expect(isEmptyChange(changeOf(same, values(), REVENUE))).toBe(true);
});

it('sends thresholds as a whole, and the target only when it was changed', () => {
  const draft = { ...draftOf(values(), REVENUE), critical: ['85'] as const };
  expect(changeOf(draft, values(), REVENUE)).toEqual({
    thresholds: { as: 'percent_of_target', warning: 90, critical: 85 },
  });
  expect(changeOf({ ...draftOf(values(), REVENUE), target: '1,100,000' }, values(), REVENUE)).toEqual({
    target: 1_100_000,
  });
});

it('takes away what is emptied', () => {
  const emptied = { ...draftOf(values(), REVENUE), warning: [''] as const, critical: [''] as const, target: '' };
  expect(changeOf(emptied, values(), REVENUE)).toEqual({ thresholds: null, target: null });
});

it('leaves a target alone that differs from period to period, unless one is written', () => {
  const phased = values({ target: null, phased: true });
  expect(isEmptyChange(changeOf(draftOf(phased, REVENUE), phased, REVENUE))).toBe(true);
  expect(changeOf({ ...draftOf(phased, REVENUE), target: '5' }, phased, REVENUE)).toEqual({ target: 5 });
});

it('keeps pairs for a KPI that is good within a range, and shares as shares', () => {
  const stock = { unit: 'percentunit', direction: 'range' } as const;
  const range = values({ thresholds: { as: 'absolute', warning: [0.4, 0.6] }, target: null });
  expect(draftOf(range, stock)).toMatchObject({ warning: ['40', '60'], critical: ['', ''] });
  const wider = { ...draftOf(range, stock), critical: ['30', '70'] as const };
  expect(changeOf(wider, range, stock)).toEqual({
    thresholds: { as: 'absolute', warning: [0.4, 0.6], critical: [0.3, 0.7] },
  });
});

describe('upon values that somebody else set meanwhile', () => {
  const theirs = values({ thresholds: { as: 'percent_of_target', warning: 90, critical: 70 } });

  it('what was not touched follows theirs', () => {
    const typed = rebased({ warning: ['95'] }, values(), theirs, REVENUE);
    const draft = { ...draftOf(theirs, REVENUE), ...typed };
    expect(changeOf(draft, theirs, REVENUE)).toEqual({
      thresholds: { as: 'percent_of_target', warning: 95, critical: 70 },
    });
  });

  it('numbers never change their meaning: of another form, all stay as they were seen', () => {
    const absolute = values({ thresholds: { as: 'absolute', warning: 900_000, critical: 700_000 } });
    const typed = rebased({ warning: ['95'] }, values(), absolute, REVENUE);
    expect(typed).toMatchObject({ as: 'percent_of_target', warning: ['95'], critical: ['80'], emergency: [''] });
    expect(rebased({ target: '5' }, values(), absolute, REVENUE)).toEqual({ target: '5' });
  });
});
