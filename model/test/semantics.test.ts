/** What a KPI means, case by case: the semantics page as tests. */
import fc from 'fast-check';

import { KpiError } from '../src/errors';
import { createCalendar } from '../src/time/calendar';
import { DAY_MS } from '../src/time/civil';

import { catalogueOf, daily, day, slicesOf, statusRow, statusRows } from './build';

const HOUR = 3_600_000;

const catalogue = catalogueOf({
  revenue: `kind: flow
dimensions: [region]
judge: { at: month }
references: [{ kind: target, value: 3000 }]
thresholds: { as: percent_of_target, warning: 90, critical: 80, emergency: 70 }`,
  cost: `kind: flow
direction: down
judge: { at: month }
references: [{ kind: target, value: 1000 }]
thresholds: { as: percent_of_target, warning: 110, critical: 120, emergency: 150 }`,
  cash: `kind: flow
judge: { at: quarter }
references: [{ kind: target, value: 500 }]
thresholds: { as: absolute, warning: 300, critical: 100, emergency: 0 }`,
  temperature: `kind: score
direction: range
aggregate: { time: mean, dimensions: mean }
judge: { at: month }
references: [{ kind: target, value: 20 }]
thresholds: { as: difference, warning: [-2, 2], critical: [-5, 5] }`,
  profit: `role: measure
kind: flow
dimensions: [region]`,
  margin: `kind: ratio
unit: percent
formula: profit / revenue * 100
dimensions: [region]
judge: { at: month }
references: [{ kind: target, value: 25 }]
thresholds: { warning: 20, critical: 15, emergency: 10 }`,
  balance: `kind: stock
dimensions: [region]
judge: { at: month }
thresholds: { warning: 10 }`,
  answers: `kind: score
dimensions: [region]
judge: { at: month, min_observations: 100 }
thresholds: { warning: 4, critical: 3.5 }`,
  nightly: `kind: flow
judge: { at: day }
thresholds: { warning: 5 }
source: { kind: demo, expected_by: "period_end + 1 day 06:00" }`,
  weekdays: `kind: flow
thresholds: { warning: 5 }
source: { kind: demo, expected_by: "period_end + 1 working day 06:00" }`,
  late_books: `kind: flow
judge: { at: month, settle_after: 2 working days }
thresholds: { warning: 5 }`,
  share: `kind: ratio
unit: percent
formula: profit / revenue * 100
trailing: 3 months
judge: { at: month }
thresholds: { warning: 10 }`,
});

describe('the last settled period is judged', () => {
  const june = (perDay: number) => [daily('2025-01-01', '2025-07-01', () => perDay)];

  it.each([
    ['revenue', 2700 / 30, 'warning'],
    ['revenue', 2701 / 30, 'normal'],
    ['revenue', 2400 / 30, 'critical'],
    ['revenue', 2100 / 30, 'emergency'],
    ['cost', 1100 / 30, 'warning'],
    ['cost', 1099 / 30, 'normal'],
    ['cost', 1500 / 30, 'emergency'],
    ['temperature', 22, 'warning'],
    ['temperature', 21.9, 'normal'],
    ['temperature', 15, 'critical'],
  ])('%s at %d a day is %s', (kpi, perDay, status) => {
    expect(statusRow(catalogue, { kpi, asOf: day('2025-07-01') + HOUR, series: { [kpi]: june(perDay) } }).status).toBe(
      status
    );
  });

  it('as of the end of the asked range: a dashboard over last June shows what stood at its end', () => {
    const series = { revenue: [daily('2025-01-01', '2025-10-01', (date) => (date < day('2025-07-01') ? 50 : 200))] };
    const row = statusRow(catalogue, { kpi: 'revenue', asOf: day('2025-07-01'), series });
    expect(row).toMatchObject({
      periodText: 'June 2025',
      value: 1500,
      status: 'emergency',
      openPeriodText: 'July 2025',
      soFar: null,
    });
    expect(row.freshness).toBe('fresh');
  });

  it('says since when, and how far from the target', () => {
    const series = { revenue: [daily('2025-01-01', '2025-07-01', (date) => (date < day('2025-04-01') ? 110 : 85))] };
    const row = statusRow(catalogue, { kpi: 'revenue', asOf: day('2025-07-02'), series });
    expect(row).toMatchObject({
      status: 'warning',
      sinceText: 'since April 2025',
      gapText: '15 % below target',
      targetMet: false,
    });
    expect(row.attainment).toBeCloseTo(85, 9);
  });

  it('tells normal from met', () => {
    const row = statusRow(catalogue, { kpi: 'revenue', asOf: day('2025-07-02'), series: { revenue: june(95) } });
    expect(row).toMatchObject({ level: 0, targetMet: false, gapText: '5.0 % below target' });
  });

  it('keeps the scale of a percentage: gaps and changes are points', () => {
    const revenue = daily('2025-01-01', '2025-07-01', () => 100, { region: 'West' });
    const profit = daily('2025-01-01', '2025-07-01', (date) => (date < day('2025-06-01') ? 24 : 22), {
      region: 'West',
    });
    const row = statusRow(catalogue, {
      kpi: 'margin',
      asOf: day('2025-07-02'),
      series: { revenue: [revenue], profit: [profit] },
    });
    expect(row).toMatchObject({
      gapText: '3.0 pp below target',
      changeText: '-2.0 pp',
      attainment: null,
      status: 'normal',
    });
  });

  it('differs by points on a scale, by money or per cent in money, and nowhere where it rounds to nothing', () => {
    const scores = catalogueOf({
      stars:
        'kind: score\njudge: { at: month }\nreferences: [{ kind: target, value: 4.5 }]\nthresholds: { warning: 4 }',
      worth:
        'kind: score\nunit: currency:financial:$\njudge: { at: month }\nreferences: [{ kind: target, value: 2000 }]\nthresholds: { warning: 1600 }',
    });
    const until = (before: number, after: number) => [
      daily('2025-01-01', '2025-07-01', (date) => (date < day('2025-06-01') ? before : after)),
    ];
    const asOf = day('2025-07-02');
    expect(statusRow(scores, { kpi: 'stars', asOf, series: { stars: until(4.3, 4.1) } })).toMatchObject({
      changeText: '-0.2 points',
      changeSign: -1,
      gapText: '0.4 points below target',
    });
    expect(statusRow(scores, { kpi: 'worth', asOf, series: { worth: until(1000, 1500) } })).toMatchObject({
      changeText: '+50 %',
      gapText: '25 % below target',
    });
    expect(statusRow(scores, { kpi: 'stars', asOf, series: { stars: until(4.3, 4.31) } })).toMatchObject({
      changeText: '0.0 points',
      changeSign: 0,
    });
  });

  it('judges a cash flow below zero, and gives no attainment against a target of zero or below', () => {
    const negative = catalogueOf({
      loss: `kind: flow
judge: { at: month }
references: [{ kind: target, value: -100 }]
thresholds: { as: percent_of_target, warning: 90, critical: 80 }`,
      drain: `kind: flow
judge: { at: month }
references: [{ kind: target, value: 0 }]
thresholds: { as: difference, warning: -10, critical: -20 }`,
    });
    const series = [daily('2025-01-01', '2025-07-01', () => -4)];
    expect(statusRow(negative, { kpi: 'loss', asOf: day('2025-07-02'), series: { loss: series } })).toMatchObject({
      level: null,
      status: 'not_judged',
      attainment: null,
      reason: 'per cent of a target that is not above zero has no meaning',
    });
    expect(statusRow(negative, { kpi: 'drain', asOf: day('2025-07-02'), series: { drain: series } })).toMatchObject({
      status: 'critical',
      attainment: null,
    });
    expect(statusRow(catalogue, { kpi: 'cash', asOf: day('2025-07-02'), series: { cash: series } }).status).toBe(
      'emergency'
    );
  });
});

describe('what is not known is never shown as normal', () => {
  it('no data', () => {
    expect(statusRow(catalogue, { kpi: 'revenue', asOf: day('2025-07-01'), series: {} })).toMatchObject({
      status: 'no_data',
      level: null,
      value: null,
      valueText: '–',
      ageText: 'no value yet',
    });
  });

  it('a missing region is provisional, not red', () => {
    const east = daily('2025-01-01', '2025-07-01', () => 50, { region: 'East' });
    const west = daily('2025-01-01', '2025-06-01', () => 50, { region: 'West' });
    const row = statusRow(catalogue, { kpi: 'revenue', asOf: day('2025-07-02'), series: { revenue: [east, west] } });
    expect(row).toMatchObject({ periodText: 'June 2025', level: null, status: 'provisional' });
    expect(row.reason).toBe('only 50 % of its values are there');
  });

  it('days before the first value count as much as days of many regions', () => {
    const regions = ['East', 'West', 'North'].map((region) => daily('2025-06-13', '2025-07-01', () => 50, { region }));
    const row = statusRow(catalogue, { kpi: 'revenue', asOf: day('2025-07-02'), series: { revenue: regions } });
    expect(row).toMatchObject({ status: 'provisional', reason: 'only 60 % of its values are there' });
  });

  it('a region that closed long ago is not missed', () => {
    const east = daily('2024-01-01', '2025-07-01', () => 100, { region: 'East' });
    const west = daily('2024-01-01', '2024-06-01', () => 50, { region: 'West' });
    const row = statusRow(catalogue, { kpi: 'revenue', asOf: day('2025-07-02'), series: { revenue: [east, west] } });
    expect(row).toMatchObject({ periodText: 'June 2025', status: 'normal' });
  });

  it('is provisional until its books are closed, and the period before keeps its judgement', () => {
    const series = { late_books: [daily('2025-01-01', '2025-08-01', () => 1)] };
    // June ends on a Monday; the second working day after it is Wednesday, 2 July.
    const before = statusRow(catalogue, { kpi: 'late_books', asOf: day('2025-07-02') + 23 * HOUR, series });
    expect(before).toMatchObject({ periodText: 'May 2025', life: 'settled' });
    const current = statusRow(catalogue, {
      kpi: 'late_books',
      asOf: day('2025-07-01') - 1 + HOUR,
      series,
      basis: 'current',
    });
    expect(current.life).not.toBe('settled');
    expect(statusRow(catalogue, { kpi: 'late_books', asOf: day('2025-07-03'), series }).periodText).toBe('June 2025');
  });

  it('too few observations', () => {
    const few = { ...daily('2025-01-01', '2025-07-01', () => 3), weights: new Array<number>(181).fill(1) };
    expect(statusRow(catalogue, { kpi: 'answers', asOf: day('2025-07-02'), series: { answers: [few] } })).toMatchObject(
      {
        status: 'not_judged',
        reason: '30 observations are too few to judge; 100 are needed',
      }
    );
  });

  it('a day that is loaded next morning at six is not stale at midnight', () => {
    const series = { nightly: [daily('2025-06-01', '2025-07-01', () => 9)] };
    const at = (time: number) => statusRow(catalogue, { kpi: 'nightly', asOf: time, series });
    expect(at(day('2025-07-02')).freshness).toBe('fresh');
    expect(at(day('2025-07-02') + 6 * HOUR - 1).freshness).toBe('fresh');
    expect(at(day('2025-07-02') + 6 * HOUR)).toMatchObject({ freshness: 'late', status: 'late', overdue: 0 });
    expect(at(day('2025-07-02') + 9 * HOUR).ageText).toBe('overdue by 3 hours');
  });

  it('expects Friday on Monday where days are working days', () => {
    const series = { weekdays: [daily('2025-06-01', '2025-06-27', () => 9)] }; // Thursday is the last
    const at = (time: number) => statusRow(catalogue, { kpi: 'weekdays', asOf: time, series }).freshness;
    expect(at(day('2025-06-29') + 12 * HOUR)).toBe('fresh');
    expect(at(day('2025-06-30') + 6 * HOUR)).toBe('late');
  });

  it('a late critical KPI stays critical, a late normal one is late', () => {
    const low = { nightly: [daily('2025-06-01', '2025-07-01', () => 1)] };
    expect(statusRow(catalogue, { kpi: 'nightly', asOf: day('2025-07-05'), series: low })).toMatchObject({
      level: 1,
      status: 'late',
    });
    const critical = { revenue: [daily('2025-01-01', '2025-07-01', () => 75)] };
    expect(statusRow(catalogue, { kpi: 'revenue', asOf: day('2025-07-20'), series: critical })).toMatchObject({
      freshness: 'late',
      status: 'critical',
    });
  });
});

describe('thresholds belong to a grain and to a slice', () => {
  const regions = ['East', 'West'].map((region) => daily('2025-01-01', '2025-07-01', () => 50, { region }));

  it('a slice without thresholds or target of its own is not judged', () => {
    const rows = statusRows(catalogue, {
      kpi: 'revenue',
      asOf: day('2025-07-02'),
      series: { revenue: regions },
      split: 'region',
    });
    expect(rows.map((row) => [row.slice, row.value, row.status, row.boundaries])).toEqual([
      ['East', 1500, 'not_judged', null],
      ['West', 1500, 'not_judged', null],
    ]);
  });

  it('a choice of one region is that slice; a choice of several is neither', () => {
    for (const where of [{ region: ['East'] }, { region: ['East', 'West'] }]) {
      const row = statusRow(catalogue, {
        kpi: 'revenue',
        asOf: day('2025-07-02'),
        series: { revenue: regions },
        where,
      });
      expect(row.boundaries).toBeNull();
    }
  });

  it('uses what is given for a member, or for each member', () => {
    const own = catalogueOf({
      revenue: `kind: flow
dimensions: [region]
judge: { at: month }
references: [{ kind: target, value: 1000, slice: { region: '*' } }, { kind: target, value: 2000, slice: { region: East } }]
thresholds: { as: percent_of_target, warning: 90, slice: { region: '*' } }`,
    });
    const rows = statusRows(own, {
      kpi: 'revenue',
      asOf: day('2025-07-02'),
      series: { revenue: regions },
      split: 'region',
    });
    expect(rows.map((row) => [row.slice, row.target, row.status])).toEqual([
      ['East', 2000, 'warning'],
      ['West', 1000, 'normal'],
    ]);
  });

  it('a past period is judged by what was in force then', () => {
    const changed = catalogueOf({
      revenue: `kind: flow
judge: { at: month }
references: [{ kind: target, value: 3000 }]
thresholds:
  - { as: absolute, warning: 1000 }
  - { as: absolute, warning: 2000, from: 2025-06-01 }
  - { as: absolute, warning: 100, from: 2025-05-01, recorded: 2025-08-01 }`,
    });
    const series = { revenue: [daily('2025-01-01', '2025-09-01', () => 50)] };
    const at = (time: number) => statusRow(changed, { kpi: 'revenue', asOf: time, series });
    expect(at(day('2025-06-02')).boundaries!.warning).toBe(1000);
    expect(at(day('2025-07-02')).boundaries!.warning).toBe(2000);
    expect(at(day('2025-06-02')).status).toBe('normal');
    expect(at(day('2025-07-02')).status).toBe('warning');
  });
});

describe('targets over time', () => {
  const phased = catalogueOf({
    sales: `kind: flow
judge: { at: month }
references: [{ kind: target, year: 2025, total: 1200, phasing: [.05, .05, .05, .05, .05, .05, .1, .1, .1, .1, .1, .2] }]
thresholds: { as: percent_of_target, warning: 90 }`,
  });
  const series = { sales: [daily('2025-01-01', '2026-03-01', () => 2)] };

  it('shares a year out by its phasing', () => {
    expect(statusRow(phased, { kpi: 'sales', asOf: day('2025-02-02'), series }).target).toBeCloseTo(60, 9);
    expect(statusRow(phased, { kpi: 'sales', asOf: day('2026-01-02'), series }).target).toBeCloseTo(240, 9);
  });

  it('has none outside of its year: not judged', () => {
    expect(statusRow(phased, { kpi: 'sales', asOf: day('2026-02-02'), series })).toMatchObject({
      target: null,
      status: 'not_judged',
    });
  });

  it('a quarter with phased months adds them up, and its pace follows them', () => {
    const quarterly = catalogueOf({
      sales: `kind: flow
judge: { at: quarter }
references: [{ kind: target, total: 1200, phasing: [.05, .05, .05, .05, .05, .05, .1, .1, .1, .1, .1, .2] }]
thresholds: { as: percent_of_target, warning: 90 }`,
    });
    const row = statusRow(quarterly, {
      kpi: 'sales',
      asOf: day('2025-12-01'),
      series: { sales: [daily('2025-01-01', '2025-12-01', () => 4)] },
    });
    expect(row.openTarget).toBeCloseTo(480, 9);
    expect(row.paceBasis).toBe('phasing');
    expect(row.paceNow).toBeCloseTo(240, 9);
  });
});

describe('roll-ups', () => {
  it('a balance is last over time and a sum over regions', () => {
    const east = daily('2025-01-01', '2025-07-01', (_, i) => i, { region: 'East' });
    const west = daily('2025-01-01', '2025-06-29', () => 1000, { region: 'West' }); // two days behind, carried forward
    const row = statusRow(catalogue, { kpi: 'balance', asOf: day('2025-07-01'), series: { balance: [east, west] } });
    expect(row.value).toBe(180 + 1000);
  });

  it('a ratio of sums is not a mean of ratios', () => {
    const revenue = [
      daily('2025-01-01', '2025-07-01', () => 90, { region: 'East' }),
      daily('2025-01-01', '2025-07-01', () => 10, { region: 'West' }),
    ];
    const profit = [
      daily('2025-01-01', '2025-07-01', () => 9, { region: 'East' }),
      daily('2025-01-01', '2025-07-01', () => 5, { region: 'West' }),
    ];
    const asked = { kpi: 'margin', asOf: day('2025-07-02'), series: { revenue, profit } };
    expect(statusRow(catalogue, asked).value).toBeCloseTo(14, 9);
    const rows = statusRows(catalogue, { ...asked, split: 'region' });
    expect(rows.map((row) => [row.slice, Math.round(row.value!)])).toEqual([
      ['East', 10],
      ['West', 50],
    ]);
  });

  it('a formula is cut to the steps that all inputs have', () => {
    const revenue = [daily('2025-01-01', '2025-07-20', () => 100, { region: 'East' })];
    const profit = [daily('2025-01-01', '2025-07-10', () => 20, { region: 'East' })];
    const row = statusRow(catalogue, {
      kpi: 'margin',
      asOf: day('2025-07-20'),
      series: { revenue, profit },
      basis: 'current',
    });
    expect(row.value).toBeCloseTo(20, 9);
  });

  it('any missing input, or a division by zero, gives no value and says why', () => {
    const profit = [daily('2025-01-01', '2025-07-01', () => 20, { region: 'East' })];
    const zero = [daily('2025-01-01', '2025-07-01', () => 0, { region: 'East' })];
    const over = (series: Record<string, Array<ReturnType<typeof daily>>>) =>
      slicesOf(catalogue, { kpi: 'margin', asOf: day('2025-07-02'), series })[0]!.over(
        day('2025-06-01'),
        day('2025-07-01')
      );
    expect(over({ profit })).toMatchObject({ value: null, reason: 'revenue: no value has arrived' });
    expect(over({ profit, revenue: zero })).toMatchObject({ value: null, reason: 'it would divide by zero' });
  });

  it('a trailing window rolls its inputs up before it divides', () => {
    const revenue = [
      daily('2025-01-01', '2025-07-01', (date) => (date < day('2025-06-01') ? 100 : 300), { region: 'East' }),
    ];
    const profit = [daily('2025-01-01', '2025-07-01', () => 30, { region: 'East' })];
    const row = statusRow(catalogue, { kpi: 'share', asOf: day('2025-07-02'), series: { revenue, profit } });
    expect(row.value).toBeCloseTo((91 * 30 * 100) / (61 * 100 + 30 * 300), 9);
  });

  it('a trailing window that reaches back before the values has none', () => {
    const revenue = [daily('2025-01-01', '2025-07-01', () => 100, { region: 'East' })];
    const profit = [daily('2025-01-01', '2025-07-01', () => 30, { region: 'East' })];
    const [slice] = slicesOf(catalogue, { kpi: 'share', asOf: day('2025-07-02'), series: { revenue, profit } });
    const values = slice!.points(day('2025-01-01'), day('2025-06-30')).map((point) => point.value);
    expect(values.slice(0, 2)).toEqual([null, null]);
    values.slice(2).forEach((value) => expect(value).toBeCloseTo(30, 9));
    const [february] = slice!.points(day('2025-02-01'), day('2025-02-02'));
    expect(february!.reason).toBe('only 65 % of its moving window is there');
  });

  it('refuses, by code, what may not be rolled up', () => {
    const refused = (run: () => unknown) => {
      try {
        run();
      } catch (error) {
        return (error as KpiError).code;
      }
      return 'nothing was refused';
    };
    const survey = catalogueOf({
      survey: 'kind: ratio\ngrain: quarter\ndimensions: [region]\njudge: { at: quarter }\nthresholds: { warning: 1 }',
    });
    const series = {
      survey: [
        { dims: { region: 'East' }, times: [day('2025-01-01')], values: [1] },
        { dims: { region: 'West' }, times: [day('2025-01-01')], values: [2] },
      ],
    };
    expect(refused(() => slicesOf(survey, { kpi: 'survey', asOf: day('2025-07-01'), series, grain: 'year' }))).toBe(
      'KPI_ROLLUP_REFUSED'
    );
    expect(refused(() => slicesOf(survey, { kpi: 'survey', asOf: day('2025-07-01'), series }))).toBe(
      'KPI_ROLLUP_REFUSED'
    );
    expect(refused(() => slicesOf(survey, { kpi: 'survey', asOf: day('2025-07-01'), series, grain: 'day' }))).toBe(
      'KPI_GRAIN_TOO_FINE'
    );
    expect(refused(() => slicesOf(survey, { kpi: 'survey', asOf: day('2025-07-01'), series, split: 'colour' }))).toBe(
      'KPI_DIMENSION_UNKNOWN'
    );
    expect(
      refused(() => slicesOf(catalogue, { kpi: 'revenue', asOf: day('2025-07-01'), series: {}, grain: 'fiscal_year' }))
    ).toBe('nothing was refused');
  });

  it('adds up: periods of any grain sum to the whole, whatever is missing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.integer({ min: -1000, max: 1000 }), { nil: null }), { minLength: 40, maxLength: 800 }),
        fc.constantFrom(
          'day' as const,
          'month' as const,
          'quarter' as const,
          'year' as const,
          'fiscal_year' as const,
          'fiscal_quarter' as const
        ),
        fc.integer({ min: 1, max: 12 }),
        (values, grain, fiscalYearStart) => {
          fc.pre(values.some((value) => value !== null));
          const series = [daily('2023-11-17', '2030-01-01', (_, i) => values[i] ?? null)];
          const [slice] = slicesOf(catalogue, {
            kpi: 'cost',
            asOf: day('2031-01-01'),
            series: { cost: series },
            grain,
            calendar: createCalendar({ fiscalYearStart }),
          });
          const total = slice!
            .points(day('2023-01-01'), day('2026-12-31'))
            .reduce((sum, point) => sum + (point.value ?? 0), 0);
          expect(total).toBe(values.reduce<number>((sum, value) => sum + (value ?? 0), 0));
        }
      ),
      { numRuns: 60 }
    );
  });
});

describe('the business calendar', () => {
  const newYork = createCalendar({ zone: 'America/New_York', fiscalYearStart: 4 });

  it('knows that a period runs until midnight of the business zone', () => {
    const series = { cost: [daily('2025-01-01', '2025-07-01', () => 10)] };
    const at = (time: string) =>
      statusRow(catalogue, { kpi: 'cost', asOf: Date.parse(time), series, calendar: newYork }).periodText;
    expect(at('2025-07-01T03:59:59Z')).toBe('May 2025');
    expect(at('2025-07-01T04:00:00Z')).toBe('June 2025');
  });

  it.each([
    ['2025-03-09', 23], // spring forward
    ['2025-11-02', 25], // fall back
    ['2025-06-10', 24],
  ])('%s has %d hours, and all of them are one day', (date, hours) => {
    const hourly = catalogueOf({ visits: 'kind: flow\ngrain: hour\njudge: { at: day }\nthresholds: { warning: 10 }' });
    const start = newYork.toInstant(day(date));
    const times = Array.from({ length: 72 }, (_, i) => start + (i - 24) * HOUR);
    const series = { visits: [{ dims: {}, times, values: times.map(() => 1) }] };
    const row = statusRow(hourly, {
      kpi: 'visits',
      asOf: newYork.toInstant(day(date) + DAY_MS),
      series,
      calendar: newYork,
    });
    expect(row).toMatchObject({ period: day(date), value: hours, life: 'settled', status: 'normal' });
  });

  it('a fiscal year from April, its quarters and its name', () => {
    const fiscal = catalogueOf({ sales: 'kind: flow\njudge: { at: fiscal_year }\nthresholds: { warning: 10 }' }, 4);
    const series = { sales: [daily('2024-01-01', '2025-07-01', () => 1)] };
    const row = statusRow(fiscal, { kpi: 'sales', asOf: day('2025-07-01'), series, calendar: newYork });
    expect(row).toMatchObject({ period: day('2024-04-01'), periodText: 'FY2025', value: 365 });
    const quarters = slicesOf(fiscal, {
      kpi: 'sales',
      asOf: day('2025-07-02'),
      series,
      calendar: newYork,
      grain: 'fiscal_quarter',
    })[0]!;
    expect(quarters.points(day('2025-04-01'), day('2025-06-30'))).toMatchObject([
      { start: day('2025-04-01'), value: 91 },
    ]);
  });

  it('compares an open period with the same working position of its base', () => {
    // 10 June 2025 is after six working days; so is 9 May (8 May inclusive) counted from 1 May.
    const series = { cost: [daily('2025-01-01', '2025-06-10', () => 10)] };
    const row = statusRow(catalogue, {
      kpi: 'cost',
      asOf: day('2025-06-10'),
      series,
      basis: 'current',
      compare: 'previous',
    });
    expect(row.value).toBe(90);
    expect(row.change).toBe(90 - 80);
  });

  it('gives no change where the base is incomplete, and no per cent where it is not above zero', () => {
    const holes = { cost: [daily('2025-04-01', '2025-07-01', (date) => (date === day('2025-05-09') ? null : 10))] };
    expect(statusRow(catalogue, { kpi: 'cost', asOf: day('2025-07-02'), series: holes }).change).toBeNull();
    const negative = { cost: [daily('2025-04-01', '2025-07-01', (date) => (date < day('2025-06-01') ? -10 : 10))] };
    expect(statusRow(catalogue, { kpi: 'cost', asOf: day('2025-07-02'), series: negative }).changeText).toBe('+610');
  });
});

describe('a change is coloured by whether it is good, once it is news', () => {
  const series = { sales: [daily('2025-01-01', '2025-06-10', (date) => (date < day('2025-05-01') ? 10 : 12))] };
  const change = (signal: 1 | 0 | -1 | null, more: object = {}) => {
    const seen: Array<number | null> = [];
    const readSignal = (values: ReadonlyArray<number | null>) => {
      seen.push(...values);
      return signal;
    };
    const row = statusRow(newsCatalogue, { kpi: 'sales', asOf: day('2025-06-10'), series, readSignal, ...more });
    return { seen, signal: row.changeSignal, sense: row.changeSense };
  };
  const newsCatalogue = catalogueOf({
    sales: 'kind: flow\njudge: { at: month }',
    waste: 'kind: flow\ndirection: down\njudge: { at: month }',
  });

  it('news is good or bad by the direction of the KPI; usual variation is neither', () => {
    expect(change(1)).toMatchObject({ signal: 'signal', sense: 'good' });
    expect(change(1, { kpi: 'waste', series: { waste: series.sales } })).toMatchObject({ sense: 'bad' });
    expect(change(0)).toMatchObject({ signal: 'usual', sense: 'neutral' });
    expect(change(null)).toMatchObject({ signal: 'unknown', sense: 'neutral' });
  });

  it('a value that is news for being low, and yet rose, is neither', () => {
    expect(change(-1)).toMatchObject({ signal: 'signal', sense: 'neutral' });
  });

  it('is read from the judged periods up to the judged one, the running one left out', () => {
    expect(change(0).seen.filter((value) => value !== null)).toEqual([310, 280, 310, 300, 372]);
  });
});
