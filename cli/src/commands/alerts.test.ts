import { join } from 'node:path';

import type { KpiError } from '@kpi-monitor/model/errors';

import { type GrafanaDouble, startGrafanaDouble } from '../../test/grafana-double';
import type { Step } from '../grafana/install';
import type { Route } from '../grafana/policy-tree';

import { type AlertsOptions, alertsInstall, alertsList, alertsRemove } from './alerts';

const ROOT = join(import.meta.dirname, '../../..');
const API = '/api/v1/provisioning';

let grafana: GrafanaDouble;
beforeEach(async () => {
  grafana = await startGrafanaDouble();
});
afterEach(() => grafana.close());

async function run(command: typeof alertsInstall, options: Partial<AlertsOptions> = {}, env: NodeJS.ProcessEnv = {}) {
  const lines: string[] = [];
  const given = { catalogue: join(ROOT, 'kpis'), url: grafana.url, json: true, ...options };
  await command(given, { line: (text) => lines.push(text) }, { GRAFANA_TOKEN: 'good', ...env });
  return JSON.parse(lines.join('\n')) as { steps: Step[]; rules: Array<{ uid: string; from: string }> };
}
const refusal = (work: Promise<unknown>): Promise<KpiError> =>
  work.then(
    () => Promise.reject(new Error('it was not refused')),
    (error: KpiError) => error
  );
const policies = () => grafana.kept.get(`${API}/policies`) as Route;
const rules = () => grafana.kept.get(`${API}/alert-rules`) as Array<Record<string, unknown>>;

describe('kpi alerts install', () => {
  it('writes rules of its own folder, with no notification settings: the policies route them', async () => {
    const { steps } = await run(alertsInstall);
    expect(steps.filter(({ done }) => done !== 'created')).toEqual([]);
    expect(rules().length).toBeGreaterThan(7);
    expect(new Set(rules().map(({ folderUID }) => folderUID))).toEqual(new Set(['kpi-monitor-alerts']));
    expect(rules().filter((rule) => rule.notification_settings !== undefined)).toEqual([]);
    expect(rules().map(({ uid }) => uid)).toContain('own-kpi-status-critical');
  });

  it('does nothing the second time, and nothing on a dry run', async () => {
    await run(alertsInstall, { dryRun: true });
    expect(grafana.changes).toEqual([]);
    await run(alertsInstall);
    const before = grafana.changes.length;
    const { steps } = await run(alertsInstall);
    expect(grafana.changes.length).toBe(before);
    expect(steps.filter(({ done }) => done !== 'kept')).toEqual([]);
  });

  it('leaves the policies that there were, and routes by severity and owner beside them', async () => {
    const theirs: Route[] = [
      { receiver: 'ops', object_matchers: [['team', '=', 'ops']] },
      { receiver: 'all', continue: true },
    ];
    grafana.kept.set(`${API}/policies`, { receiver: 'root', group_by: ['alertname'], routes: theirs });
    await run(alertsInstall);
    expect(policies()).toMatchObject({ receiver: 'root', group_by: ['alertname'] });
    expect(policies().routes!.slice(1)).toEqual(theirs);
    const ours = policies().routes![0]!;
    expect(ours.object_matchers).toEqual([['grafana_folder', '=', 'KPI Monitor alerts']]);
    const bySeverity = (severity: string) =>
      ours.routes!.filter(({ object_matchers: all }) => all!.some((one) => one.join('') === `severity=${severity}`));
    expect(['emergency', 'critical', 'warning', 'data'].map((severity) => bySeverity(severity).length)).toEqual([
      2, 2, 1, 2,
    ]);
    const [digest] = bySeverity('warning');
    expect(digest).toMatchObject({ group_by: ['owner'], active_time_intervals: ['KPI Monitor mornings'] });
    expect(digest!.routes).toContainEqual(
      expect.objectContaining({
        receiver: 'KPI Monitor, finance@example.com',
        object_matchers: [['owner', '=', 'finance@example.com']],
      })
    );
  });

  it('keeps what somebody has edited, until told to write it anew', async () => {
    await run(alertsInstall);
    const edited = rules().find(({ uid }) => uid === 'own-kpi-outlook')!;
    const path = `${API}/folder/kpi-monitor-alerts/rule-groups/${encodeURIComponent(String(edited.ruleGroup))}`;
    const group = grafana.kept.get(path) as { rules: Array<Record<string, unknown>> };
    group.rules.find(({ uid }) => uid === edited.uid)!.for = '3d';
    group.rules.push({ uid: 'mine', title: 'Mine', folderUID: 'kpi-monitor-alerts' });
    await run(alertsInstall);
    expect(group.rules.map(({ for: wait }) => wait)).toContain('3d');
    await run(alertsInstall, { reset: true });
    const anew = grafana.kept.get(path) as typeof group;
    expect(anew.rules.map(({ for: wait }) => wait)).not.toContain('3d');
    expect(anew.rules.map(({ uid }) => uid)).toContain('mine');
  });

  it('mutes on the holidays of the configured calendar, in its zone', async () => {
    await run(alertsInstall, { catalogue: undefined, config: join(ROOT, 'kpi-monitor.yaml') });
    const timings = grafana.kept.get(`${API}/mute-timings`) as Array<{ name: string; time_intervals: object[] }>;
    const holidays = timings.find(({ name }) => name === 'KPI Monitor holidays')!.time_intervals;
    expect(holidays).toContainEqual(
      expect.objectContaining({ months: ['12'], days_of_month: ['25'], location: 'America/New_York' })
    );
    expect(holidays.length).toBeGreaterThan(15);
  });

  it('refuses to tell everybody twice', async () => {
    rules().push({ uid: 'kpi-status-critical', title: 'KPI critical', provenance: 'file', data: [] });
    expect(await refusal(run(alertsInstall))).toMatchObject({ code: 'ALERTS_TWICE' });
    expect(grafana.changes).toEqual([]);
    await run(alertsInstall, { beside: true });
    expect(rules().length).toBeGreaterThan(8);
  });

  it.each([
    ['GRAFANA_ACCESS', {}, { GRAFANA_TOKEN: 'bad' }, /Invalid API key/],
    ['GRAFANA_UNREACHABLE', { url: 'http://127.0.0.1:9' }, {}, /127\.0\.0\.1:9 cannot be reached/],
    ['CONFIG_SECRET', {}, { GRAFANA_TOKEN: '' }, /GRAFANA_TOKEN/],
    ['CONFIG_SECRET', { url: undefined }, {}, /GRAFANA_URL/],
  ])('says why it cannot: %s', async (code, options, env, message) => {
    const error = await refusal(run(alertsInstall, options, env));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  it("passes on Grafana's own words, and goes on from there", async () => {
    grafana.refuse = { path: /policies/, status: 403, message: 'policies were provisioned from a file' };
    expect(await refusal(run(alertsInstall))).toMatchObject({
      code: 'GRAFANA_ACCESS',
      message: expect.stringMatching(/provisioned from a file/) as unknown,
    });
    grafana.refuse = undefined;
    const { steps } = await run(alertsInstall);
    expect(steps.filter(({ done }) => done === 'created').map(({ what }) => what)).toEqual(['notification policies']);
  });
});

it('lists the rules on KPIs, and takes away what it has written alone', async () => {
  const theirs = [{ receiver: 'ops', object_matchers: [['team', '=', 'ops']] }];
  grafana.kept.set(`${API}/policies`, { receiver: 'root', routes: theirs });
  await run(alertsInstall);
  rules().push({ uid: 'other', title: 'Disk', folderUID: 'else', data: [{ datasourceUid: 'prometheus' }] });
  const listed = (await run(alertsList)).rules;
  expect(listed.map(({ uid }) => uid)).not.toContain('other');
  expect(new Set(listed.map(({ from }) => from))).toEqual(new Set(['yours']));
  await run(alertsRemove);
  expect(rules().map(({ uid }) => uid)).toEqual(['other']);
  expect(policies()).toEqual({ receiver: 'root', routes: theirs });
});
