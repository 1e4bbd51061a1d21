/**
 * Who is told what, in real Grafana: severities and owners by the routes that `kpi alerts install` writes, the digest in its
 * hours alone, and somebody else once nobody acknowledges.
 */
import { ourBranch, type Route, withBranch, withoutBranch } from '../../cli/src/grafana/policy-tree';
import type { FileRule } from '../../cli/src/grafana/rule-files';

import { openEngine, type TestEngine, TOKEN } from './engine';
import { grafana } from './grafana';
import { HURRY, hurried, openStage, type Stage, type StageRule } from './stage';
import { pause, until } from '../support/until';
import { window } from './windows';

const UID = 'kpi-routes';
const SALES = 'sales@example.com';
const SERVICE = 'service@example.com';
const POLICIES = '/api/v1/provisioning/policies';
const KPIS = [
  { id: 'orders', name: 'Orders', owner: SALES },
  { id: 'visits', name: 'Visits', owner: SALES },
  { id: 'quotes', name: 'Quotes', owner: SALES },
  { id: 'repairs', name: 'Repairs', owner: SERVICE },
  { id: 'returns', name: 'Returns', owner: SERVICE },
];

let engine: TestEngine;
let stage: Stage;
/** minutes after the start that the second digest's hours begin */
const LATER = 2;
let began = 0;

beforeAll(async () => {
  engine = await openEngine(KPIS, 30);
  // Critical for ten days, so that a working day is over; emergency; three warnings.
  engine.write('orders', 300, 10);
  engine.write('repairs', 50);
  engine.write('visits', 450);
  engine.write('quotes', 445);
  engine.write('returns', 440);
  await engine.start();
  stage = await openStage(UID, engine.url, TOKEN);
  const [mail, urgent, escalation, sales, service, digest, outside, later] = [
    await stage.webhook('mail'),
    await stage.webhook('urgent'),
    await stage.webhook('escalation'),
    await stage.webhook('sales'),
    await stage.webhook('service'),
    await stage.webhook('digest'),
    await stage.webhook('outside'),
    await stage.webhook('later'),
  ];
  began = Date.now();
  const inside = await stage.timing('inside', window(-5, 60, began));
  const elsewhere = await stage.timing('elsewhere', window(120, 240, began));
  const soon = await stage.timing('soon', window(LATER, 60, began));

  // What `kpi alerts install` makes of the files, for our contact points, without waiting and on every day.
  const routed = ['kpi-status-critical-fast', 'kpi-status-emergency-fast', 'kpi-escalation'].map((uid) => {
    const receiver = uid === 'kpi-escalation' ? escalation : uid.includes('emergency') ? urgent : mail;
    return hurried(uid, receiver) as FileRule;
  });
  const owners = new Map([
    [SALES, sales],
    [SERVICE, service],
  ]);
  const tree = await grafana<Route>(POLICIES);
  await grafana(POLICIES, withBranch(tree, ourBranch(UID, routed, owners), UID), 'PUT');
  await stage.rules(
    'routed',
    routed.map(({ notification_settings: _, ...rule }) => rule as StageRule)
  );
  const digests = { digest: [digest, inside], outside: [outside, elsewhere], later: [later, soon] } as const;
  for (const [name, [receiver, hours]] of Object.entries(digests)) {
    const settings = { ...HURRY, group_wait: '15s', active_time_intervals: [hours] };
    const rule = hurried('kpi-status-warning', receiver, settings);
    await stage.rules(name, [{ ...rule, uid: name, title: stage.named(name) }]);
  }
});

afterAll(async () => {
  const tree = await grafana<Route>(POLICIES);
  await grafana(POLICIES, withoutBranch(tree, UID), 'PUT');
  await stage?.close();
  await engine?.close();
});

const kpisOf = (path: string) =>
  stage.receiver.told(path).map(({ status, alerts }) => [status, alerts.map(({ labels }) => labels.kpi).sort()]);

it('a critical KPI is told to its owner, an emergency to whoever is called for those', async () => {
  await until('the owner’s message', () => stage.receiver.told('sales')[0]);
  await until('the emergency', () => stage.receiver.told('urgent')[0]);
  expect(stage.receiver.titles('sales')).toEqual([expect.stringMatching(/^firing: Orders is critical: \$7\d\d on/)]);
  expect(stage.receiver.titles('urgent')).toEqual([
    expect.stringMatching(/^firing: Repairs is an emergency: \$4\d\d on/),
  ]);
  // Nobody is told of what is another's: Repairs is an emergency, and never went to its owner or to everybody's mail.
  expect([stage.receiver.told('service'), stage.receiver.told('mail')]).toEqual([[], []]);
});

it('the digest holds the warnings of an owner, in its hours alone', async () => {
  await until('two digests', () => stage.receiver.told('digest').length === 2);
  expect(kpisOf('digest').sort()).toEqual([
    ['firing', ['quotes', 'visits']],
    ['firing', ['returns']],
  ]);
  expect(stage.receiver.titles('digest')).toContainEqual(expect.stringMatching(` for ${SALES}: 2 to look at$`));
  const first = await until('a digest when its hours begin', () => stage.receiver.heard('later')[0], 180_000);
  expect(first.at).toBeGreaterThanOrEqual(Math.floor(began / 60_000 + LATER) * 60_000);
  // The same alerts, for as long, in other hours: not one message.
  expect(stage.receiver.told('outside')).toEqual([]);
  const { alerts } = (await stage.states()).get('outside')!;
  expect(alerts.filter(({ state }) => state.startsWith('Alerting')).map(({ labels }) => labels.kpi)).toHaveLength(3);
});

it('what nobody acknowledged goes to somebody else, until somebody does', async () => {
  const escalated = await until('the escalation', () => stage.receiver.told('escalation')[0]);
  expect(escalated.title).toMatch(/^Nobody has acknowledged: Orders is critical: \$7\d\d/);
  // Repairs is an emergency since yesterday: of its working day no more than all is over.
  expect(escalated.alerts).toMatchObject([{ labels: { kpi: 'orders', owner: SALES, severity: 'escalation' } }]);
  await grafana(`/api/datasources/uid/${UID}/resources/kpis/orders/acknowledge`, { note: 'calling the West' });
  const over = await until('its end', () => stage.receiver.told('escalation')[1]);
  expect(over.title).toMatch(/^Acknowledged or over: Orders is critical/);
  expect([over.status, over.alerts[0]!.fingerprint]).toEqual(['resolved', escalated.alerts[0]!.fingerprint]);
  // It was taken on, and goes on: its owner hears nothing new.
  await pause(12_000);
  expect(stage.receiver.titles('sales')).toHaveLength(1);
  expect(stage.receiver.told('escalation')).toHaveLength(2);
  if (process.env.ALERT_TEST_KEEP) {
    const { writeFileSync } = await import('node:fs');
    const kept = ['sales', 'urgent', 'digest', 'later', 'escalation'].map((path) => stage.receiver.told(path));
    writeFileSync(`${process.env.ALERT_TEST_KEEP}-routes.json`, JSON.stringify(kept, null, 1));
  }
});
