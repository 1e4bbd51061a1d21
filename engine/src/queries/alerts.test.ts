import type { AlertRow, AlertSummaryRow } from '@kpi-monitor/model/query/alert-frames';
import { isoDate } from '@kpi-monitor/model/time/civil';
import { type LogEntry } from '@kpi-monitor/store/store';

import { ask, askAll, fieldOf, rowsOf } from '../../test/ask';
import { type Example, NOW, openExample } from '../../test/company';
import { expectGolden } from '../../test/golden';
import { createEngine } from '../engine';

const HOUR = 3_600_000;
const FEBRUARY = Date.UTC(2026, 1, 1);
/** Sunday, 1 March 2026 at six in Berlin: February's last day is expected then. */
const RAISED = Date.UTC(2026, 2, 1, 5);

let example: Example;
beforeEach(async () => {
  example = await openExample();
});
afterEach(() => example.close());

const table = async (query: object = {}, range: { from?: string; to?: string } = { from: 'now-1y' }) =>
  (await ask(example.engine, { type: 'alerts', ...query }, range))[0]!;
const rows = async (query: object = {}, range?: { from?: string; to?: string }) =>
  rowsOf<AlertRow>(await table(query, range));

const acknowledge = (time: number, more: object = {}): Promise<LogEntry> => {
  const about = { kind: 'acknowledgement', since: FEBRUARY, period: FEBRUARY, level: 2, text: 'calling West' };
  return example.store.append('note', {
    time,
    kpi: 'revenue',
    data: { ...about, by: 'ada', role: 'Editor', ...more },
  });
};

const waits = async (query: object = {}, range: { from?: string; to?: string } = { from: 'now-1h' }) => {
  const frames = await ask(example.engine, { type: 'alerts', format: 'numeric', ...query }, range);
  return Object.fromEntries(
    frames.map((frame) => [frame.schema.fields[0]!.labels!.kpi, frame.data.values[0]![0] as number | null])
  );
};

describe('alerts', () => {
  it('are what is wrong, since when, how far off, and that nobody has taken it on', async () => {
    const frame = await table({ alerts: 'active' });
    expectGolden('alerts', frame);
    expect(rowsOf<AlertRow>(frame).find(({ kpi }) => kpi === 'revenue')).toMatchObject({
      state: 'waiting',
      level: 2,
      since: FEBRUARY,
      sinceText: 'February 2026',
      until: null,
      durationText: '1 month',
      valueText: '$2,240',
      targetText: '$3,000',
      raisedAt: RAISED,
      acknowledgedText: 'nobody yet, 12 working days',
      unacknowledgedHours: 97.5,
      daysToRecover: null,
      notesText: '',
    });
  });

  it('say who has taken one on, how soon, and what they wrote', async () => {
    await acknowledge(RAISED + 29 * HOUR);
    await example.store.append('note', {
      time: NOW - HOUR,
      kpi: 'revenue',
      data: { kind: 'note', text: 'two large orders slipped', period: FEBRUARY, by: 'bo', role: 'Editor' },
    });
    const [first, second] = await rows();
    expect([first!.kpi, first!.state]).toEqual(['margin', 'waiting']);
    expect(second).toMatchObject({
      kpi: 'revenue',
      state: 'acknowledged',
      acknowledgedBy: 'ada',
      acknowledgedText: 'ada, 2 Mar, 11:00',
      hoursToAcknowledge: 2,
      unacknowledgedHours: 0,
      notesText: 'bo: two large orders slipped · ada: calling West',
      notes: 2,
    });
  });

  it('of an earlier day are as they stood on it', async () => {
    await acknowledge(Date.UTC(2026, 2, 10, 9));
    const then = async (to: string) => (await rows({ select: { kpis: ['revenue'] } }, { from: '2026-01-01', to }))[0];
    expect(await then('2026-03-09T09:00:00Z')).toMatchObject({ state: 'waiting', unacknowledgedHours: 41 });
    expect(await then('2026-03-10T12:00:00Z')).toMatchObject({ state: 'acknowledged' });
    expect(await then('2026-02-27T12:00:00Z')).toBeUndefined();
  });

  it('that are over say how long it took', async () => {
    const later = createEngine({
      ...{ catalogue: () => example.catalogue, calendar: example.calendar, store: example.store, version: 'test' },
      clock: () => Date.UTC(2026, 3, 20),
    });
    for (let date = Date.UTC(2026, 2, 18); date < Date.UTC(2026, 3, 1); date += 24 * HOUR) {
      const sold = { West: 60, East: 40 };
      const points = Object.entries(sold).map(([region, value]) => ({
        ...{ kpi: 'revenue', v: 1, dims: { region }, time: date, value },
      }));
      await example.store.write(points);
    }
    const [frame] = await ask(later, { type: 'alerts', select: { kpis: ['revenue'] } }, { from: 'now-1y' });
    expect(rowsOf<AlertRow>(frame!)).toMatchObject([
      {
        state: 'over',
        level: 2,
        until: Date.UTC(2026, 2, 1),
        acknowledgedText: 'nobody',
        daysToRecover: 31 - 1 / 24,
        recoveredText: 'after 30 days',
      },
    ]);
    const [active] = await ask(later, { type: 'alerts', alerts: 'active', select: { kpis: ['revenue'] } });
    expect(rowsOf(active!)).toEqual([]);
    const [wait] = await ask(later, { type: 'alerts', format: 'numeric', select: { kpis: ['revenue'] } });
    expect(wait!.data.values).toEqual([[0]]);
  });

  it('are counted by whose they are, and altogether also when there are none', async () => {
    await acknowledge(RAISED + 29 * HOUR);
    const counted = async (by: string, range?: { from: string; to: string }) =>
      rowsOf<AlertSummaryRow>(await table({ by }, range));
    expect(await counted('owner')).toMatchObject([
      { group: 'finance', name: 'finance', alerts: 1, active: 1, waiting: 0, critical: 1, hoursToAcknowledge: 2 },
      { group: '', name: 'Nobody', alerts: 1, active: 1, waiting: 1, hoursToAcknowledge: null, daysToRecover: null },
    ]);
    expect((await counted('kpi')).map(({ name }) => name)).toEqual(['Profit margin', 'Revenue']);
    expect(await counted('category')).toMatchObject([{ group: 'financial', name: 'Financial', alerts: 2 }]);
    expect(await counted('total', { from: '2025-03-01', to: '2025-06-30' })).toEqual([
      {
        ...{ group: '', name: 'All', alerts: 0, active: 0, waiting: 0, critical: 0, acknowledged: 0 },
        ...{ hoursToAcknowledge: null, daysToRecover: null },
      },
    ]);
  });

  it('over time are the KPIs that had one, and an answer that is empty when none had', async () => {
    const over = (range: { from: string; to?: string }) =>
      ask(example.engine, { type: 'alerts', format: 'timeseries' }, range);
    const frames = await over({ from: '2026-01-10T00:00:00Z' });
    expect(frames.map(({ schema }) => schema.name)).toEqual(['Revenue', 'Profit margin']);
    expect((fieldOf(frames[0]!, 'time').values as number[]).map(isoDate)).toEqual([
      '2026-01-01',
      '2026-02-01',
      '2026-03-01',
    ]);
    expect(fieldOf(frames[0]!, 'level').values).toEqual([0, 2, null]);
    const none = await over({ from: '2025-03-01', to: '2025-06-30' });
    expect(none).toMatchObject([{ schema: { meta: { type: 'timeseries-multi' }, fields: [] } }]);
  });

  it('are of whole KPIs', async () => {
    for (const query of [{ split: 'region' }, { select: { where: { region: ['West'] } } }]) {
      const { A } = await askAll(example.engine, [{ refId: 'A', type: 'alerts', ...query }]);
      expect(A).toMatchObject({ status: 400, code: 'QUERY_INVALID' });
    }
  });
});

describe('the time that somebody is waited for', () => {
  it('is one number a KPI: 0 when nothing is open, null when nobody knows', async () => {
    expect(await waits({ measure: 'unacknowledgedHours' })).toEqual({
      revenue: 97.5,
      margin: 97.5,
      satisfaction: 0,
      awareness: null,
    });
    expect(await waits()).toMatchObject({ revenue: 97.5 / 40, satisfaction: 0 });
    await acknowledge(NOW - HOUR);
    expect(await waits()).toMatchObject({ revenue: 0, margin: 97.5 / 40 });
  });

  it('stands still over night and over the weekend', async () => {
    const at = async (to: string) =>
      (await waits({ measure: 'unacknowledgedHours' }, { from: '2026-02-01', to })).revenue;
    expect(await at('2026-03-01T20:00:00Z')).toBe(0);
    expect(await at('2026-03-06T16:00:00Z')).toBe(40);
    expect(await at('2026-03-08T16:00:00Z')).toBe(40);
    expect(await at('2026-03-09T09:00:00Z')).toBe(41);
  });

  it('begins when somebody watches, for what was wrong before', async () => {
    const monday = Date.UTC(2026, 2, 9, 9);
    const watching = createEngine({
      ...{ catalogue: () => example.catalogue, calendar: example.calendar, store: example.store, version: 'test' },
      clock: () => monday,
    });
    await watching.handling.watch();
    await watching.handling.watch();
    const watches = (await example.store.entries('note')).map(({ kpi, time }) => [kpi, time]);
    expect(watches.toSorted()).toEqual(example.catalogue.kpis.map(({ id }) => [id, monday]).toSorted());
    expect((await waits()).revenue).toBe((97.5 - 41) / 40);
    // What a day before it looked like stays so.
    expect((await waits({}, { from: '2026-02-01', to: '2026-03-08T16:00:00Z' })).revenue).toBe(1);
    expect((await rows()).map(({ notesText }) => notesText)).toEqual(['', '']);
  });

  it('carries the labels that identify an alert instance', async () => {
    const [frame] = await ask(example.engine, { type: 'alerts', format: 'numeric', select: { kpis: ['revenue'] } });
    expect(frame!.schema.fields[0]).toMatchObject({
      name: 'escalation',
      labels: { kpi: 'revenue', category: 'financial', tier: 'headline', owner: 'finance', grain: 'month' },
    });
  });
});
