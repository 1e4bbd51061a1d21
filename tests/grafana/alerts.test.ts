/**
 * An alert from a value to a person, in real Grafana: a KPI is pushed over its threshold, a mail and a webhook tell what is
 * wrong, and then that it has recovered. The rule is the file's own, hurried: it waits for nothing.
 *
 *   GRAFANA_SMTP_PORT  where Grafana's mail goes (GF_SMTP_HOST=127.0.0.1:…), else only the webhook is looked at
 */
import { writeFileSync } from 'node:fs';

import { SMTPServer } from 'smtp-server';

import { openEngine, type TestEngine, TOKEN } from './engine';
import { grafana } from './grafana';
import { hurried, openStage, type Stage } from './stage';
import { until } from '../support/until';

const mails: string[] = [];
let engine: TestEngine;
let stage: Stage;
let smtp: SMTPServer | undefined;

async function openMailbox(port: number): Promise<SMTPServer> {
  const server = new SMTPServer({
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
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', () => done()));
  return server;
}

beforeAll(async () => {
  engine = await openEngine([{ id: 'orders', name: 'Orders', owner: 'sales@example.com' }]);
  await engine.start();
  stage = await openStage('kpi-told', engine.url, TOKEN);
  const hook = await stage.webhook('told');
  if (process.env.GRAFANA_SMTP_PORT) {
    smtp = await openMailbox(Number(process.env.GRAFANA_SMTP_PORT));
  }
  // Of the same contact point: both are told.
  await stage.contactPoint('told', 'email', {
    addresses: 'sales@example.com',
    subject: '{{ template "kpi.subject" . }}',
    message: '{{ template "kpi.message" . }}',
  });
  await stage.rules('alerts', [{ ...hurried('kpi-status-critical-fast', hook), uid: 'critical' }]);
});

afterAll(async () => {
  await stage?.close();
  await engine?.close();
  smtp?.close(() => undefined);
});

const told = (status: string) => () => stage.receiver.told('told').find((one) => one.status === status);
const mailed = (text: RegExp) => () => mails.find((mail) => text.test(mail));

it('tells what is wrong, how wrong, how unusual and what drives it, and then that it is over', async () => {
  await until('a first evaluation', async () => (await stage.states()).get('critical')?.alerts?.length);
  expect(stage.receiver.told('told')).toEqual([]);

  engine.write('orders', 300);
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
  engine.write('orders', 310);
  await until('the changed value', async () => {
    const all = await grafana<Array<{ annotations: Record<string, string>; labels: Record<string, string> }>>(
      `/api/alertmanager/grafana/api/v2/alerts?filter=${encodeURIComponent(`kpi="orders"`)}`
    );
    return all.some(({ annotations }) => annotations.value !== alert!.annotations.value);
  });
  expect(stage.receiver.told('told')).toHaveLength(1);

  engine.write('orders', 620);
  const resolved = await until('the recovery', told('resolved'));
  expect(resolved.title).toMatch(/^Recovered: Orders is normal: \$1,0\d\d on/);
  expect(resolved.alerts[0]!.fingerprint).toBe(alert!.fingerprint);
  expect(resolved.alerts[0]!.startsAt).toBe(alert!.startsAt);
  if (smtp) {
    await until('the mail', mailed(/Subject: Orders is critical/));
    await until('the mail of the recovery', mailed(/Subject: Recovered: Orders is normal/));
  }
  if (process.env.ALERT_TEST_KEEP) {
    writeFileSync(process.env.ALERT_TEST_KEEP, JSON.stringify({ told: stage.receiver.told('told'), mails }, null, 1));
  }
});
