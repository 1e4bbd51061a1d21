import { company } from '../fixtures/company';
import { correlationFrames } from '../fixtures/frames';
import { readCorrelation } from '../data/read-correlation';

import { rankedKpi, rankingOf } from './ranking';

const whole = company();
const correlation = readCorrelation(correlationFrames(whole));

describe('what moves with a KPI', () => {
  const { beyondChance, rest } = rankingOf(correlation, 'satisfaction');

  it('is every other KPI once, the strongest first, what may be chance apart', () => {
    expect(new Set([...beyondChance, ...rest].map(({ kpi }) => kpi)).size).toBe(15);
    expect(beyondChance.map(({ name }) => name).sort()).toEqual([
      'Customer acquisition cost',
      'Customer lifetime value',
      'Retention',
    ]);
    for (const rows of [beyondChance, rest]) {
      const sizes = rows.map(({ pair }) => Math.abs(pair.r!));
      expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    }
  });

  it('turns the lag to the side of the chosen one', () => {
    const lagOf = (one: string, other: string) =>
      [...rankingOf(correlation, one).beyondChance].find(({ kpi }) => kpi === other)!.lag;
    expect(lagOf('satisfaction', 'retention')).toBeLessThan(0);
    expect(lagOf('retention', 'satisfaction')).toBe(-lagOf('satisfaction', 'retention'));
  });

  it('puts what could not be compared last', () => {
    const [first, ...others] = whole.pairs;
    const unknown = readCorrelation(
      correlationFrames({ ...whole, pairs: [{ ...first!, r: null, q: null, significant: false }, ...others] })
    );
    expect(rankingOf(unknown, first!.a).rest.at(-1)!.kpi).toBe(first!.b);
  });
});

describe('the KPI that the list is about', () => {
  it('is the one asked for, the first of several, else the one that moves with most, arithmetic left aside', () => {
    expect(rankedKpi(correlation, 'quality')).toBe('quality');
    expect(rankedKpi(correlation, 'gone, quality,revenue')).toBe('quality');
    expect(rankedKpi(correlation, '$kpi')).toBe('cash_flow');
    expect(rankedKpi(readCorrelation([]), '')).toBe('');
  });
});
