/** The rule that goes to somebody else when nobody acknowledges, evaluated over a fortnight as Grafana would. */
import { join } from 'node:path';

import { LOCAL } from '@kpi-monitor/engine/http/access';
import { askEngine } from '../standalone/alerting/ask';
import { createEvaluator, type Evaluator } from '../standalone/alerting/evaluator';
import { readRuleFiles } from '../standalone/alerting/rule-files';

import { type Example, openExample } from '../engine/test/company';

const ROOT = join(__dirname, '..');
const { groups } = readRuleFiles({ folder: join(ROOT, 'provisioning/alerting'), root: ROOT, env: {} });
const [escalation] = groups.filter(({ rules }) => rules.some(({ uid }) => uid === 'kpi-escalation'));

let now = 0;
let example: Example;
let evaluator: Evaluator;
beforeAll(async () => {
  example = await openExample({ clock: () => now });
  const ask = askEngine(example.engine, 'kpi');
  evaluator = createEvaluator({ groups, ask, externalURL: () => 'http://kpi.example/', clock: () => now });
});
afterAll(() => example.close());

/** Evaluates at a time of Berlin in March 2026. @returns the KPIs that are escalated */
async function escalatedAt(day: number, time: string): Promise<string[]> {
  now = example.calendar.at(Date.UTC(2026, 2, day), time);
  await evaluator.evaluate(escalation!, now);
  const status = evaluator.status().find(({ rule }) => rule.uid === 'kpi-escalation')!;
  return status.instances.filter(({ state }) => state === 'Alerting').map(({ labels }) => labels.kpi!);
}

// February is known to be critical on Sunday, 1 March; a month is given five working days.
it('is silent in the time that is allowed, and over the weekend at its end', async () => {
  expect(await escalatedAt(1, '12:00')).toEqual([]);
  expect(await escalatedAt(5, '23:00')).toEqual([]);
  expect(await escalatedAt(6, '16:59')).toEqual([]);
  expect(await escalatedAt(7, '12:00')).toEqual([]);
  expect(await escalatedAt(8, '23:00')).toEqual([]);
});

it('fires on the working day after, with the words of the alert', async () => {
  expect((await escalatedAt(9, '09:05')).toSorted()).toEqual(['margin', 'revenue']);
  const { instances } = evaluator.status().find(({ rule }) => rule.uid === 'kpi-escalation')!;
  const revenue = instances.find(({ labels }) => labels.kpi === 'revenue')!;
  expect(revenue.labels).toMatchObject({ severity: 'escalation', owner: 'finance', grain: 'month' });
  expect(revenue.annotations.summary).toMatch(/^Nobody has acknowledged: Revenue is critical: \$2,240/);
});

it('ends once somebody acknowledges, for that KPI alone', async () => {
  await example.engine.handling.acknowledge('revenue', { note: 'calling West' }, { ...LOCAL, user: 'ada' });
  expect(await escalatedAt(9, '09:10')).toEqual(['margin']);
});

it('begins again when the acknowledgement is withdrawn', async () => {
  const { remarks } = await example.engine.handling.notes('revenue', LOCAL);
  await example.engine.handling.withdraw('revenue', remarks[0]!.revision, LOCAL);
  expect((await escalatedAt(9, '09:15')).toSorted()).toEqual(['margin', 'revenue']);
});
