import type { Grain } from '@kpi-monitor/model/time/grain';

import { makingOf } from './cell/HowMade';
import { factsOf } from './chart/PeriodTooltip';
import { readForecasts } from './data/read-forecasts';
import { FACTS, forecastFrame, waitingFrame } from './fixtures/frames';
import { findingText, periodText, rangeText, spokenChart, tickText } from './words';

const write = (value: number) => `$${Math.round(value).toLocaleString('en-US')}`;
const forecast = readForecasts([forecastFrame()]).all[0]!;

describe('periods', () => {
  it.each<[Grain, string]>([
    ['minute', '31 Oct 2026, 20:00'],
    ['hour', '31 Oct 2026, 20:00'],
    ['day', '1 Nov 2026'],
    ['week', 'Week of 1 Nov 2026'],
    ['month', 'November 2026'],
    ['quarter', 'Q4 2026'],
    ['fiscal_quarter', 'Nov 2026 – Jan 2027'],
    ['fiscal_year', 'Nov 2026 – Oct 2027'],
    ['year', '2026'],
  ])('of the grain %s are named %s', (grain, text) => {
    expect(periodText(Date.UTC(2026, 10), grain, 'America/New_York')).toBe(text);
  });

  it('are short at an axis', () => {
    expect(tickText(Date.UTC(2026, 9), 'month', 'quarter')).toBe('Q4 2026');
    expect(tickText(Date.UTC(2026, 9), 'day', 'week')).toBe('1 Oct');
    expect(tickText(Date.UTC(2026, 0), 'year', 'month')).toBe('2026');
  });
});

describe('a chart in words', () => {
  it('says what was, where it lands, where it ends, and what stood out', () => {
    const spoken = spokenChart(forecast, write, 'utc');
    expect(spoken).toMatch(/^October 2026: \$1,0\d\d,\d\d\d\. November 2026: \$1,060,000 expected, 90 % likely/);
    expect(spoken).toContain(
      '$1,060,000 expected, 90 % likely $1,010,800 to $1,109,200, target $1,100,000, $410,000 so far.'
    );
    expect(spoken).toContain('May 2027: $964,000 expected');
    expect(spoken).toContain('February 2026: far below the usual 890,000–1,120,000.');
  });

  it('says what there is where there is no forecast', () => {
    const waiting = readForecasts([waitingFrame('pending', '', { facts: { marks: [] } })]).all[0]!;
    expect(spokenChart(waiting, write, 'utc')).toMatch(/^October 2026: \$1,0\d\d,\d\d\d\.$/);
  });

  it('has no range of which an end is not known', () => {
    expect(rangeText(1, null, write)).toBe('');
  });
});

describe('a period in the tooltip', () => {
  const terms = (row: number) => factsOf(forecast, row, write).map(([term]) => term);

  it('is what was, of what is over', () => {
    expect(terms(20)).toEqual(['Actual', 'Target']);
  });

  it('is what came in and where it lands, of the open one', () => {
    expect(factsOf(forecast, 36, write)).toEqual([
      ['So far', '$410,000'],
      ['Expected', '$1,060,000'],
      ['50 % likely', '$1,039,900 to $1,080,100'],
      ['90 % likely', '$1,010,800 to $1,109,200'],
      ['Target', '$1,100,000'],
    ]);
  });

  it('is what is expected, of one to come', () => {
    expect(terms(37)).toEqual(['Expected', '50 % likely', '90 % likely', 'Target']);
  });
});

describe('how a forecast was made', () => {
  const making = (given: Partial<typeof FACTS> = {}) =>
    Object.fromEntries(
      makingOf({ ...FACTS, ...given }, 'utc').map(([term, text]) => [term, text.replaceAll('\u00a0', ' ')])
    );

  it('is its models by weight, and how good they have been', () => {
    expect(making()).toEqual({
      Models: 'ETS 42 %, ARIMA 31 %, Theta 27 %',
      'Past forecasts tried': '24',
      'Their error': '0.62 times that of the naive forecast, MAPE 4.1 %',
      'Their 90 % band': 'held 89 % of the values',
      Season: '12 periods',
      'Made from what was over by': '1 Nov 2026',
    });
  });

  it('does not praise what is no better than the naive forecast', () => {
    const backTest = { relativeToNaive: 1, mape: null, coverage: 90, origins: 4 };
    expect(making({ backTest })['Their error']).toBe('1.00 times that of the naive forecast: no better');
  });

  it('says that nothing was tried where there was too little to try', () => {
    expect(making({ backTest: null, season: null, fittedUntil: null })).toEqual({
      Models: 'ETS 42 %, ARIMA 31 %, Theta 27 %',
      'Past forecasts tried': 'none: too little history',
    });
  });
});

describe('what is said above a chart', () => {
  const said = (given: Partial<typeof FACTS>) => findingText({ ...FACTS, sentence: '', ...given });

  it('is the finding', () => {
    expect(findingText(FACTS)).toBe(FACTS.sentence);
    expect(said({})).toBe('');
  });

  it('is polite about a forecast that is not there', () => {
    expect(said({ state: 'pending' })).toBe('The forecast is being made');
    expect(said({ state: 'refused' })).toBe('There is not enough history for a forecast yet');
    expect(said({ state: 'refused', text: 'it needs 24 months' })).toBe('It needs 24 months');
  });

  it('is where the open period lands even where later ones are not forecast, which is said when somebody asks', () => {
    const facts = { ...FACTS, state: 'refused' as const, text: 'it needs 24 months', models: [], backTest: null };
    expect(findingText(facts)).toBe(FACTS.sentence);
    expect(makingOf(facts, 'utc')).toEqual([['Later periods', 'It needs 24 months']]);
    expect(spokenChart({ ...forecast, facts }, write, 'utc')).toContain('It needs 24 months.');
  });
});
