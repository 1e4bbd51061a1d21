/**
 * An alert from a value to a person, in real Grafana: a KPI is pushed over its threshold, a mail and a webhook tell what is
 * wrong, and then that it has recovered. The rule is the file's own, hurried: it waits for nothing.
 *
 *   GRAFANA_SMTP_PORT  where Grafana's mail goes (GF_SMTP_HOST=127.0.0.1:…), else only the webhook is looked at
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { addDays, isoDate } from '@kpi-monitor/model/time/civil';
import { SMTPServer } from 'smtp-server';
import { parse } from 'yaml';

import { grafana } from './grafana';

jest.setTimeout(300_000);

const TOKEN = 'a-token-of-the-alert-test-0123456789';
/** Another one each run: Grafana remembers what it has told about alerts of the same name. */
const NAME = `KPI alert test ${Date.now().toString(36)}`;
const UID = 'kpi-alert-test';
const PROVISIONING = '/api/v1/provisioning';

interface Alert {
  status: 'firing' | 'resolved';
  labels: Record<string, string>;
  annotations: Record<string, string>;
  startsAt: string;
  fingerprint: string;
}
interface Payload {
  status: string;
  title: string;
  message: string;
  alerts: Alert[];
}

const folder = mkdtempSync(join(tmpdir(), 'kpi-alerts-'));
const received: Payload[] = [];
const mails: string[] = [];
let engine: ChildProcess;
let webhook: Server;
let smtp: SMTPServer | undefined;

const listen = (server: Server, port = 0): Promise<number> =>
  new Promise((done) => server.listen(port, '127.0.0.1', () => done((server.address() as AddressInfo).port)));

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((done) => server.close(done));
  return port;
}

/** Sales of 120 days, those of the West of yesterday as given. */
function writeSales(yesterday: number): void {
  const today = Math.floor(Date.now() / 86_400_000) * 86_400_000;
  const days = Array.from({ length: 120 }, (_, i) => addDays(today, i - 120));
  const lines = days.flatMap((day, i) => {
    const west = day === addDays(today, -1) ? yesterday : 620 + ((i * 7) % 20);
    return [`${isoDate(day)},West,${west}`, `${isoDate(day)},East,${410 + ((i * 11) % 20)}`];
  });
  writeFileSync(join(folder, 'kpis/orders.csv'), ['day,region,value', ...lines, ''].join('\n'));
}

async function startEngine(): Promise<string> {
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  mkdirSync(join(folder, 'kpis'));
  write('kpis/_catalogue.yaml', 'name: Alert test\ncategories: [{ id: sales, name: Sales }]\n');
  write(
    'kpis/orders.yaml',
    `id: orders
name: Orders
category: sales
tier: headline
kind: flow
unit: currency:financial:$
owners: { accountable: cfo@example.com, notify: sales@example.com }
dimensions: [region]
judge: { at: day }
references: [{ kind: target, value: 1000 }]
thresholds: { as: percent_of_target, warning: 90, critical: 80, emergency: 60 }
source: { kind: csv, path: orders.csv, period: day, value: value, dimensions: { region: region }, every: 2s, reread: 120d }
`
  );
  writeSales(620);
  const port = await freePort();
  write(
    'kpi-monitor.yaml',
    `version: 1
catalogue: kpis
zone: UTC
store: { kind: duckdb, path: kpi.duckdb }
tokens: [{ name: grafana, token: '${'${env:ALERT_TEST_TOKEN}'}', scopes: [read, act-as] }]
`
  );
  const program = join(process.cwd(), 'cli/dist/kpi.mjs');
  engine = spawn(process.execPath, [program, 'run', '--port', String(port)], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ALERT_TEST_TOKEN: TOKEN },
  });
  const url = `http://127.0.0.1:${port}`;
  await until('the engine', async () => (await fetch(`${url}/ready`).catch(() => null))?.ok, 60_000);
  return url;
}

async function until<T>(what: string, look: () => Promise<T> | T, ms = 120_000): Promise<NonNullable<T>> {
  for (const end = Date.now() + ms; Date.now() < end; await new Promise((wait) => setTimeout(wait, 500))) {
    const found = await look();
    if (found) {
      return found;
    }
  }
  throw new Error(`${what} did not come within ${ms / 1000} s`);
}

/** The rule `KPI critical` of the files, on our engine and to our contact point, with nothing to wait for. */
function hurriedRule(): Record<string, unknown> {
  const text = readFileSync(join(process.cwd(), 'provisioning/alerting/rules-status.yaml'), 'utf8');
  const { groups } = parse(text) as { groups: Array<{ rules: Array<Record<string, unknown>> }> };
  const rule = groups[0]!.rules.find(({ uid }) => uid === 'kpi-status-critical-fast')!;
  const onOurs = JSON.parse(JSON.stringify(rule.data).replaceAll('"kpi"', `"${UID}"`)) as unknown;
  const notification = { receiver: NAME, group_by: ['kpi'], group_wait: '1s', group_interval: '5s' };
  const place = { uid: UID, title: NAME, folderUID: UID, ruleGroup: NAME, orgID: 1 };
  return { ...rule, ...place, for: '0s', data: onOurs, notification_settings: notification };
}

async function cleanUp(): Promise<void> {
  const gone = (path: string) => grafana(path, undefined, 'DELETE').catch(() => undefined);
  await gone(`${PROVISIONING}/alert-rules/${UID}`);
  await gone(`/api/folders/${UID}?forceDeleteRules=true`);
  await gone(`${PROVISIONING}/contact-points/${UID}-hook`);
  await gone(`${PROVISIONING}/contact-points/${UID}-mail`);
  await gone(`/api/datasources/uid/${UID}`);
}

beforeAll(async () => {
  await cleanUp();
  const url = await startEngine();
  webhook = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push(JSON.parse(Buffer.concat(chunks).toString()) as Payload);
      response.end();
    });
  });
  const hook = `http://127.0.0.1:${await listen(webhook)}/`;
  if (process.env.GRAFANA_SMTP_PORT) {
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, _session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          mails.push(Buffer.concat(chunks).toString());
          done();
        });
      },
    });
    await new Promise<void>((done) => smtp!.listen(Number(process.env.GRAFANA_SMTP_PORT), '127.0.0.1', () => done()));
  }
  await grafana('/api/datasources', {
    ...{ uid: UID, name: NAME, type: 'kpimonitor-kpi-datasource', access: 'proxy', url },
    secureJsonData: { token: TOKEN },
  });
  await grafana('/api/folders', { uid: UID, title: NAME });
  const texts = { title: '{{ template "kpi.subject" . }}', message: '{{ template "kpi.message" . }}' };
  await grafana(`${PROVISIONING}/contact-points`, {
    ...{ uid: `${UID}-hook`, name: NAME, type: 'webhook' },
    settings: { url: hook, ...texts },
  });
  await grafana(`${PROVISIONING}/contact-points`, {
    ...{ uid: `${UID}-mail`, name: NAME, type: 'email' },
    settings: { addresses: 'sales@example.com', subject: texts.title, message: texts.message },
  });
  await grafana(
    `${PROVISIONING}/folder/${UID}/rule-groups/${encodeURIComponent(NAME)}`,
    {
      ...{ title: NAME, folderUid: UID, interval: 10, rules: [hurriedRule()] },
    },
    'PUT'
  );
});

afterAll(async () => {
  await cleanUp();
  engine?.kill('SIGINT');
  webhook?.close();
  smtp?.close(() => undefined);
  rmSync(folder, { recursive: true, force: true });
});

const told = (status: string) => () => received.find((one) => one.status === status);
const mailed = (text: RegExp) => () => mails.find((mail) => text.test(mail));

it('tells what is wrong, how wrong, how unusual and what drives it, and then that it is over', async () => {
  await until('a first evaluation', async () => {
    const { data } = await grafana<{ data: { groups: Array<{ name: string; rules: Array<{ alerts?: unknown[] }> }> } }>(
      '/api/prometheus/grafana/api/v1/rules'
    );
    return data.groups.find(({ name }) => name === NAME)?.rules[0]?.alerts?.length;
  });
  expect(received).toEqual([]);

  writeSales(300);
  const firing = await until('the webhook', told('firing'));
  expect(firing.title).toMatch(/^Orders is critical: \$7\d\d on \d+ \w+ \d{4}, \d+ % below target/);
  expect(firing.alerts).toHaveLength(1);
  const [alert] = firing.alerts;
  expect(alert!.labels).toMatchObject({
    ...{ kpi: 'orders', category: 'sales', tier: 'headline', owner: 'sales@example.com', grain: 'day' },
    severity: 'critical',
  });
  expect(alert!.annotations).toMatchObject({
    value: expect.stringMatching(/^\$7\d\d$/) as unknown,
    target: '$1,000',
    threshold: 'critical at $800 or below, normal above $900',
    unusual: expect.stringMatching(/^below its usual range, the lowest of \d+ days$/) as unknown,
    driver: expect.stringMatching(/^West \(region\): -\$2\d\d of the -\$2\d\d against target/) as unknown,
    owner: 'sales@example.com, accountable: cfo@example.com',
    link: expect.stringMatching(/^http.*\/d\/kpi-detail\?var-kpi=orders&from=\d+&to=\d+$/) as unknown,
  });
  expect(firing.message).not.toMatch(/\[no value\]|<no value>/);

  // Another value of the same level is no news: no new instance, and no message.
  writeSales(310);
  await until('the changed value', async () => {
    const all = await grafana<Array<{ annotations: Record<string, string>; labels: Record<string, string> }>>(
      `/api/alertmanager/grafana/api/v2/alerts?filter=${encodeURIComponent(`alertname="${NAME}"`)}`
    );
    return all.some(({ annotations }) => annotations.value !== alert!.annotations.value);
  });
  expect(received).toHaveLength(1);

  writeSales(620);
  const resolved = await until('the recovery', told('resolved'));
  expect(resolved.title).toMatch(/^Recovered: Orders is normal: \$1,0\d\d on/);
  expect(resolved.alerts[0]!.fingerprint).toBe(alert!.fingerprint);
  expect(resolved.alerts[0]!.startsAt).toBe(alert!.startsAt);
  if (smtp) {
    await until('the mail', mailed(/Subject: Orders is critical/));
    await until('the mail of the recovery', mailed(/Subject: Recovered: Orders is normal/));
  }
  if (process.env.ALERT_TEST_KEEP) {
    writeFileSync(process.env.ALERT_TEST_KEEP, JSON.stringify({ received, mails }, null, 1));
  }
});
