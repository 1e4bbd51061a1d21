import fc from 'fast-check';

import { catalogueOf, daily, day, slicesOf, statusRow } from '../../test/build';
import type { Catalogue } from '../catalogue/catalogue';
import { createCalendar } from '../time/calendar';
import { isoDate } from '../time/civil';
import { periodAt, periodNow } from '../time/period';

import { checkEdit } from './check-edit';
import { type RecordedEdit, withAllEdits } from './edits';
import { isOverridden, valuesFor } from './judgement-values';
import { phasingWithin, targetFor } from './references';
import { boundariesFor } from './thresholds';

const calendar = createCalendar();
const catalogue = catalogueOf({
  revenue: `kind: flow
unit: currency:financial:$
dimensions: [region]
judge: { at: month }
references:
  - { kind: target, value: 3000 }
  - { kind: target, value: 1000, slice: { region: West } }
thresholds: { as: percent_of_target, warning: 90, critical: 80, emergency: 70 }`,
  phased: `kind: flow
judge: { at: month }
references: [{ kind: target, year: 2026, total: 1200, phasing: [.05,.05,.1,.1,.1,.1,.05,.05,.1,.1,.1,.1] }]
thresholds: { as: percent_of_target, warning: 90 }`,
  cost: `kind: flow
direction: down
judge: { at: month }
thresholds: { warning: 10, critical: 20 }`,
  mood: `kind: score
direction: range
judge: { at: month }
thresholds: { warning: [2, 8], critical: [1, 9] }`,
  hourly: `kind: flow
grain: hour
judge: { at: hour }
thresholds: { warning: 5 }`,
});
/** 100 a day, so 3,000 in April and 3,100 in May 2026. */
const series = { revenue: [daily('2025-01-01', '2026-06-10', () => 100)] };
const JUNE = day('2026-06-10');

let revisions = 0;
beforeEach(() => (revisions = 0));

function set(from: string, recorded: string, change: RecordedEdit['change']): RecordedEdit {
  return { revision: ++revisions, time: Date.parse(recorded), action: 'set', from, change };
}

function reset(from: string, recorded: string): RecordedEdit {
  return { revision: ++revisions, time: Date.parse(recorded), action: 'reset', from, change: {} };
}

function edited(kpi: string, edits: RecordedEdit[], from: Catalogue = catalogue): Catalogue {
  return withAllEdits(from, new Map([[kpi, edits]]));
}

/** The target of revenue in a month, as known at a time. */
function targetOf(edits: RecordedEdit[], month: string, asOf: string | number = JUNE, kpi = 'revenue'): number | null {
  const period = periodAt(day(`${month}-01`), 'month', calendar);
  const at = typeof asOf === 'string' ? Date.parse(asOf) : asOf;
  return targetFor(edited(kpi, edits).byId.get(kpi)!, period, { labels: {} }, calendar, at);
}

const strict = { as: 'absolute', warning: 3500, critical: 3200, emergency: 1000 } as const;

describe('an edit', () => {
  it('judges from its day on, and leaves what was before as it was', () => {
    const now = edited('revenue', [set('2026-05-01', '2026-06-02T10:00Z', { thresholds: strict })]);
    expect(statusRow(now, { kpi: 'revenue', asOf: JUNE, series })).toMatchObject({
      level: 2,
      boundaries: { direction: 'up', warning: 3500, critical: 3200, emergency: 1000 },
      target: 3000,
      openBoundaries: { warning: 3500 },
    });
    expect(statusRow(catalogue, { kpi: 'revenue', asOf: JUNE, series }).level).toBe(0);
    const asOfMay = { kpi: 'revenue', asOf: day('2026-05-20'), series };
    // April was judged before May, and nobody knew in May.
    expect(statusRow(now, asOfMay)).toEqual(statusRow(catalogue, asOfMay));
  });

  it('is known to no question about a time before it was recorded, to the second', () => {
    const edits = [set('2026-01-01', '2026-06-02T10:00:00Z', { target: 9000 })];
    expect(targetOf(edits, '2026-02', '2026-06-02T09:59:59Z')).toBe(3000);
    expect(targetOf(edits, '2026-02', '2026-06-02T10:00:00Z')).toBe(9000);
  });

  it('leaves alone what it does not name', () => {
    const edits = [
      set('2026-04-01', '2026-05-01T00:00Z', { thresholds: strict }),
      set('2026-05-01', '2026-05-02T00:00Z', { target: 4000 }),
    ];
    const kpi = edited('revenue', edits).byId.get('revenue')!;
    const values = (month: string) => valuesFor(kpi, periodAt(day(month), 'month', calendar), calendar, JUNE);
    expect(values('2026-03-01')).toEqual({
      thresholds: { as: 'percent_of_target', warning: 90, critical: 80, emergency: 70 },
      target: 3000,
      targetText: '$3,000',
      phased: false,
    });
    expect(values('2026-04-01')).toMatchObject({ thresholds: strict, target: 3000 });
    expect(values('2026-05-01')).toMatchObject({ thresholds: strict, target: 4000, targetText: '$4,000' });
  });

  it('entered in advance waits for its day, and outlives a change for an earlier one', () => {
    const edits = [
      set('2027-01-01', '2026-05-01T00:00Z', { target: 5000 }),
      set('2026-05-01', '2026-05-02T00:00Z', { target: 4000 }),
    ];
    expect(['2026-04', '2026-05', '2026-12', '2027-01'].map((month) => targetOf(edits, month))).toEqual([
      3000, 4000, 4000, 5000,
    ]);
  });

  it('corrects one of the same day, backwards too', () => {
    const edits = [
      set('2026-03-01', '2026-03-01T00:00Z', { target: 30_000 }),
      set('2026-03-01', '2026-03-09T00:00Z', { target: 3300 }),
    ];
    expect(targetOf(edits, '2026-04')).toBe(3300);
    expect(targetOf(edits, '2026-04', '2026-03-05T00:00Z')).toBe(30_000);
  });

  it('can take a target or thresholds away', () => {
    const none = edited('revenue', [
      set('2026-01-01', '2026-02-01T00:00Z', { target: null }),
      set('2026-05-01', '2026-05-02T00:00Z', { thresholds: null }),
    ]);
    const kpi = none.byId.get('revenue')!;
    const reason = (month: string) =>
      boundariesFor(kpi, periodAt(day(month), 'month', calendar), { labels: {} }, null, calendar, JUNE).reason;
    expect(reason('2026-02-01')).toBe('no target is in force');
    expect(reason('2026-05-01')).toBe('it has no thresholds');
    expect(statusRow(none, { kpi: 'revenue', asOf: JUNE, series })).toMatchObject({ level: null, target: null });
  });

  it('goes before a phased year, which then has no phasing, and adds up to longer periods', () => {
    const edits = [set('2026-07-01', '2026-06-01T00:00Z', { target: 90 })];
    expect(['2026-06', '2026-07', '2026-12'].map((month) => targetOf(edits, month, JUNE, 'phased'))).toEqual([
      120, 90, 90,
    ]);
    const kpi = edited('phased', edits).byId.get('phased')!;
    const whole = (month: string, grain: 'quarter' | 'year') => {
      const period = periodAt(day(`${month}-01`), grain, calendar);
      return {
        target: targetFor(kpi, period, { labels: {} }, calendar, JUNE),
        phasing: phasingWithin(kpi, period, { labels: {} }, calendar, JUNE),
      };
    };
    expect(whole('2026-07', 'quarter')).toEqual({ target: 270, phasing: null });
    expect(whole('2026-04', 'quarter').target).toBeCloseTo(360);
    expect(whole('2026-01', 'year').target).toBeCloseTo(600 + 6 * 90);
    expect(valuesFor(kpi, periodAt(day('2026-06-01'), 'month', calendar), calendar, JUNE)).toMatchObject({
      target: null,
      targetText: '1,200 a year, phased: 120 in June',
      phased: true,
    });
  });

  it('is about the whole: a slice keeps its own target, and shares per cent of it', () => {
    const change = { thresholds: { as: 'percent_of_target', warning: 50 } as const, target: 9000 };
    const kpi = edited('revenue', [set('2026-01-01', '2026-02-01T00:00Z', change)]).byId.get('revenue')!;
    const may = periodAt(day('2026-05-01'), 'month', calendar);
    const west = { labels: { region: 'West' } };
    const target = targetFor(kpi, may, west, calendar, JUNE);
    expect(target).toBe(1000);
    expect(boundariesFor(kpi, may, west, target, calendar, JUNE).boundaries).toEqual({ direction: 'up', warning: 500 });
    expect(targetFor(kpi, may, { labels: { region: 'East' } }, calendar, JUNE)).toBeNull();
    const some = { labels: {}, isPartial: true };
    expect(targetFor(kpi, may, some, calendar, JUNE)).toBeNull();
  });

  it('is known at once in an archive, whose now lies in the past', () => {
    const archive = { ...catalogue, as_of: 'latest' as const };
    const edits = [set('2026-05-01', '2030-01-01T00:00Z', { thresholds: strict })];
    expect(statusRow(edited('revenue', edits, archive), { kpi: 'revenue', asOf: JUNE, series }).level).toBe(2);
    expect(statusRow(edited('revenue', edits), { kpi: 'revenue', asOf: JUNE, series }).level).toBe(0);
  });

  it('recorded with a clock that was set back is not known before the one it followed', () => {
    const edits = [
      set('2026-03-01', '2026-05-01T00:00Z', { target: 1 }),
      set('2026-03-01', '2026-04-01T00:00Z', { target: 2 }),
    ];
    expect(targetOf(edits, '2026-04', '2026-04-15T00:00Z')).toBe(3000);
    expect(targetOf(edits, '2026-04', '2026-05-01T00:00Z')).toBe(2);
  });
});

describe('a reset', () => {
  it('gives back to the catalogue from its day on, and drops what was planned', () => {
    const edits = [
      set('2026-02-01', '2026-02-01T00:00Z', { target: 4000, thresholds: strict }),
      set('2027-01-01', '2026-02-02T00:00Z', { target: 5000 }),
      reset('2026-05-01', '2026-06-01T00:00Z'),
    ];
    const months = ['2026-01', '2026-02', '2026-04', '2026-05', '2027-02'];
    expect(months.map((month) => targetOf(edits, month))).toEqual([3000, 4000, 4000, 3000, 3000]);
    // In May nobody knew that it would be taken back.
    expect(targetOf(edits, '2026-05', '2026-05-20T00:00Z')).toBe(4000);
    const kpi = edited('revenue', edits).byId.get('revenue')!;
    const overridden = (month: string) => isOverridden(kpi, periodAt(day(month), 'month', calendar), calendar, JUNE);
    expect(['2026-01-01', '2026-04-01', '2026-05-01'].map(overridden)).toEqual([false, true, false]);
  });

  it('does not touch what is set after it', () => {
    const edits = [
      set('2026-02-01', '2026-02-01T00:00Z', { target: 4000 }),
      reset('2026-02-01', '2026-03-01T00:00Z'),
      set('2026-04-01', '2026-04-01T00:00Z', { target: 4400 }),
    ];
    expect(['2026-02', '2026-03', '2026-04'].map((month) => targetOf(edits, month))).toEqual([3000, 3000, 4400]);
  });
});

it('judges by the rule, whatever was edited in whichever order', () => {
  const months = Array.from({ length: 8 }, (_, i) => `2026-0${i + 1}-01`);
  const one = fc.record({
    from: fc.constantFrom(...months),
    target: fc.integer({ min: 1, max: 99 }),
    isReset: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 12 }), fc.constantFrom(...months), fc.nat(12), (all, month, known) => {
      const edits = all.map(({ from, target, isReset }, i): RecordedEdit => ({
        ...{ revision: i + 1, time: i, from, action: isReset ? 'reset' : 'set' },
        change: isReset ? {} : { target },
      }));
      // Said the slow way: of what is known, nothing that a later reset ended, the latest day, then the newest.
      const seen = edits.slice(0, known);
      const alive = seen.filter(
        ({ revision, from }) => !seen.some((r) => r.action === 'reset' && r.revision > revision && r.from <= from)
      );
      const [best] = alive
        .filter(({ from }) => from <= month)
        .sort((a, b) => day(b.from) - day(a.from) || b.revision - a.revision);
      expect(targetOf(edits, month.slice(0, 7), known - 1)).toBe(best?.change.target ?? 3000);
    })
  );
});

it('finds its way through ten thousand edits as through ten', () => {
  const edits = Array.from({ length: 10_000 }, (_, i) =>
    set(isoDate(day('2000-01-01') + (i % 9000) * 86_400_000), '2026-01-01T00:00Z', { target: i + 1 })
  );
  const now = edited('revenue', edits);
  const [slice] = slicesOf(now, { kpi: 'revenue', asOf: JUNE, series });
  expect(slice!.points(day('2026-05-01'), day('2026-06-01'))).toHaveLength(1);
  // The days of the last 1,000 were edited a second time.
  expect(targetOf(edits, '2002-01')).toBe(9000 + 731 + 1);
  expect(statusRow(now, { kpi: 'revenue', asOf: JUNE, series }).target).toBe(9000);
});

describe('a change is refused', () => {
  const check = (kpi: string, change: RecordedEdit['change'], from = '2026-05-01', edits: RecordedEdit[] = []) =>
    checkEdit(edited(kpi, edits).byId.get(kpi)!, change, day(from), calendar, JUNE).map(({ code, field }) => [
      code,
      field,
    ]);

  it.each([
    ['up: critical above warning', 'revenue', { as: 'absolute', warning: 10, critical: 11 }, 'critical'],
    ['up: critical on warning', 'revenue', { as: 'absolute', warning: 10, critical: 10 }, 'critical'],
    ['up: emergency above critical', 'revenue', { as: 'absolute', warning: 9, critical: 5, emergency: 6 }, 'emergency'],
    ['up: emergency above warning, none between', 'revenue', { as: 'absolute', warning: 5, emergency: 6 }, 'emergency'],
    ['down: critical below warning', 'cost', { as: 'absolute', warning: 10, critical: 9 }, 'critical'],
    ['down: emergency on critical', 'cost', { as: 'absolute', critical: 9, emergency: 9 }, 'emergency'],
    ['range: an empty pair', 'mood', { as: 'absolute', warning: [5, 5] }, 'warning'],
    ['range: the worse pair is inside', 'mood', { as: 'absolute', warning: [2, 8], critical: [3, 7] }, 'critical'],
    ['range: the worse pair overlaps', 'mood', { as: 'absolute', warning: [2, 8], critical: [1, 7] }, 'critical'],
  ] as const)('%s', (_, kpi, thresholds, field) => {
    expect(check(kpi, { thresholds: structuredClone(thresholds) as never })).toEqual([['KPI_THRESHOLD_ORDER', field]]);
  });

  it.each([
    ['a pair though up is good', 'revenue', { as: 'absolute', warning: [1, 2] }, 'warning'],
    ['a number though a range is good', 'mood', { as: 'absolute', warning: 5 }, 'warning'],
    ['no level at all', 'revenue', { as: 'absolute' }, 'thresholds'],
  ] as const)('%s', (_, kpi, thresholds, field) => {
    expect(check(kpi, { thresholds: structuredClone(thresholds) as never })).toEqual([['KPI_THRESHOLD_FORM', field]]);
  });

  it('relative to a target that is not there, or not above zero', () => {
    const relative = { thresholds: { as: 'percent_of_target', warning: 110, critical: 120 } as const };
    expect(check('cost', relative)).toEqual([['KPI_TARGET_MISSING', 'thresholds']]);
    expect(check('cost', { ...relative, target: 50 })).toEqual([]);
    expect(check('cost', { ...relative, target: 0 })).toEqual([['KPI_THRESHOLD_FORM', 'target']]);
    expect(check('revenue', { target: null })).toEqual([['KPI_TARGET_MISSING', 'target']]);
    expect(check('revenue', { target: null, thresholds: strict })).toEqual([]);
    // The phased year has a target for 2026 alone; a day in December's middle is first asked of January.
    expect(check('phased', { thresholds: { as: 'difference', warning: -5 } }, '2026-12-01')).toEqual([]);
    expect(check('phased', { thresholds: { as: 'difference', warning: -5 } }, '2026-12-02')).toEqual([
      ['KPI_TARGET_MISSING', 'thresholds'],
    ]);
  });

  it('that changes nothing', () => {
    expect(check('revenue', {})).toEqual([['REQUEST_INVALID', 'thresholds']]);
  });
});

it('an hour is judged by what holds on its day', () => {
  const berlin = createCalendar({ zone: 'Europe/Berlin' });
  const kpi = edited('hourly', [set('2026-05-02', '2026-05-01T00:00Z', { target: 7 })]).byId.get('hourly')!;
  const target = (instant: string) =>
    targetFor(kpi, periodNow(Date.parse(instant), 'hour', berlin), { labels: {} }, berlin, JUNE);
  expect(target('2026-05-01T21:59Z')).toBeNull();
  expect(target('2026-05-01T22:00Z')).toBe(7);
});
