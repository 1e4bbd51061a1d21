/** How much earlier the forecast rules would have warned, on the company that sells little in February 2026. */
import { loadRules } from '@kpi-monitor/model/alerting/load-rules';
import type { BacktestAnswer, BacktestInstance, Lead } from '@kpi-monitor/model/query/backtest-answer';
import { civil } from '@kpi-monitor/model/time/civil';

import { type Example, exampleCatalogue, NOW, openExample } from '../../test/company';

import { leadsAnswer, missedPeriods } from './leads';

const DAY = 86_400_000;
const berlin = (day: string) => Date.parse(`${day}T00:00:00+01:00`);

const rule = (uid: string, model: string, evaluator: string, hold = '0s') => `
      - uid: ${uid}
        title: ${uid}
        condition: B
        for: ${hold}
        data:
          - { refId: A, datasourceUid: kpi, relativeTimeRange: { from: 600 }, model: { format: numeric, ${model} } }
          - refId: B
            datasourceUid: __expr__
            model: { type: threshold, expression: A, conditions: [{ evaluator: { ${evaluator} } }] }
`;
const file = (...rules: string[]) =>
  `apiVersion: 1\ngroups:\n  - name: g\n    folder: f\n    interval: 10m\n    rules:\n${rules.join('')}`;
const critical = rule('critical', 'type: status', 'type: gt, params: [1.5]');
const miss = rule('miss', 'type: forecastRisk, measure: missProbability', 'type: gt, params: [80]', '6h');
const other = rule('other', 'type: somethingElse', 'type: gt, params: [0]');

let example: Example;
afterEach(() => example.close());

async function found(provisioned: string, uid: string): Promise<BacktestAnswer> {
  const { groups } = loadRules([{ path: 'rules.yaml', text: provisioned }], {});
  example = await openExample({ rules: () => groups });
  const { backtests } = example.engine;
  let run = await backtests.start({ uid, from: '2026-01-20', to: 'now', kpis: ['revenue'] });
  while (run.state === 'running') {
    run = await backtests.look(run.id);
  }
  return run.answer ?? Promise.reject(new Error(run.error?.message));
}

it('finds that February was foreseen, some days into it and weeks before it was over', async () => {
  const { leads, notes } = await found(file(critical, miss, other), 'critical');
  const [row] = leads!.rows;
  expect(row).toMatchObject({
    kpi: 'revenue',
    name: 'Revenue',
    period: civil(2026, 2, 1),
    periodText: 'February 2026',
    statusAt: berlin('2026-03-01'),
    leadText: expect.stringMatching(/^\d+ days earlier$/),
  });
  // The forecast has to see some poor days first, and the rule waits for six hours.
  expect(row!.forecastAt).toBeGreaterThanOrEqual(berlin('2026-02-01') + DAY / 4);
  expect(row!.forecastAt).toBeLessThan(berlin('2026-02-20'));
  expect(row!.leadMs).toBe(row!.statusAt - row!.forecastAt!);
  expect(leads).toMatchObject({ foreseen: 1, of: 1, medianMs: row!.leadMs });
  expect(leads!.text).toMatch(/^the forecast would have warned of 1 of 1, at least \d+ days earlier$/);
  expect(notes.join()).toMatch(/looked at on up to 10 days of each period/);
});

it('says none where no rule on forecasts is in use, and for a rule that is on forecasts itself', async () => {
  expect((await found(file(critical, other), 'critical')).leads).toBeNull();
  await example.close();
  expect((await found(file(critical, miss), 'miss')).leads).toBeNull();
});

describe('what firings were about', () => {
  const instance = (kpi: string, labels: Record<string, string>, ...fired: string[]) =>
    ({ kpi, labels, firings: fired.map((day) => ({ from: berlin(day), to: null })) }) as unknown as BacktestInstance;
  const options = { range: { from: berlin('2025-12-10'), to: NOW, asOf: NOW }, catalogue: exampleCatalogue() };

  it('is the last settled period, without slices and what had begun before', async () => {
    example = await openExample();
    const missed = missedPeriods(
      [
        instance('revenue', { kpi: 'revenue' }, '2025-12-10', '2026-01-03', '2026-03-05'),
        instance('revenue', { kpi: 'revenue', region: 'West' }, '2026-03-05'),
        instance('unknown', {}, '2026-03-05'),
      ],
      { ...options, calendar: example.calendar }
    );
    expect(missed.map(({ period, firedAt }) => [period.start, firedAt])).toEqual([
      [civil(2026, 2, 1), berlin('2026-03-05')],
      [civil(2025, 12, 1), berlin('2026-01-03')],
    ]);
  });
});

it('tells the median of the leads, and of what was not foreseen', () => {
  const lead = (days: number | null) => ({ leadMs: days === null ? null : days * DAY }) as Lead;
  expect(leadsAnswer([lead(4), lead(null), lead(12), lead(20)])).toMatchObject({
    ...{ foreseen: 3, of: 4, medianMs: 12 * DAY },
    text: 'the forecast would have warned of 3 of 4, half of them at least 12 days earlier',
  });
  expect(leadsAnswer([lead(null)])).toMatchObject({ foreseen: 0, of: 1, medianMs: null });
  expect(leadsAnswer([lead(null)]).text).toBe('no forecast would have warned of it earlier');
  expect(leadsAnswer([]).text).toBe('');
});
