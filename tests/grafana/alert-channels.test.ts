/**
 * What chat and phones are sent: the optional contact points of provisioning/optional, as they are, on a loopback server in
 * place of the service. Pushover's address cannot be set, so it is not among them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expandEnv } from '@kpi-monitor/model/alerting/expand-env';
import { parse } from 'yaml';

import { numberFrame, openReplayed, type Replayed } from './replayed';
import { hurried, openStage, type Stage } from './stage';
import { until } from '../support/until';

interface OptionalFile {
  contactPoints: Array<{ receivers: Array<{ type: string; settings: Record<string, unknown> }> }>;
}

const SENTENCE = 'Revenue is an emergency: $2,040 in "February", 32 % below target';
const DRIVER = 'West (region): -$880 of the -$960';

let engine: Replayed;
let stage: Stage;
let level = 3;

/** The first contact point of a file with its variables set. */
async function optional(name: string, env: Record<string, string>): Promise<string> {
  const text = readFileSync(join(process.cwd(), `provisioning/optional/${name}.yaml`), 'utf8');
  const [{ receivers }] = (parse(text) as OptionalFile).contactPoints as [OptionalFile['contactPoints'][number]];
  const { type, settings } = receivers[0]!;
  const filled = JSON.parse(JSON.stringify(settings), (_, value: unknown) =>
    typeof value === 'string' ? expandEnv(value, env) : value
  ) as Record<string, unknown>;
  return stage.contactPoint(name, type, filled);
}

beforeAll(async () => {
  engine = await openReplayed(({ type }) => {
    const labels = { kpi: 'revenue', owner: 'finance', grain: 'month' };
    const texts = { sentence: SENTENCE, driver: DRIVER, link: 'd/kpi-detail?var-kpi=revenue&from=1&to=2' };
    return [numberFrame(level, type === 'alertContext' ? { ...labels, ...texts } : labels)];
  });
  stage = await openStage('kpi-channels', engine.url, 'replayed');
  const { url } = stage.receiver;
  const points = {
    ntfy: { KPI_ALERT_NTFY_URL: url('ntfy'), KPI_ALERT_NTFY_TOPIC: 'kpi-emergencies', KPI_ALERT_NTFY_TOKEN: 'tk_1' },
    slack: { KPI_ALERT_SLACK_URL: url('slack') },
    teams: { KPI_ALERT_TEAMS_URL: url('teams') },
    webhook: { KPI_ALERT_WEBHOOK_URL: url('webhook'), KPI_ALERT_WEBHOOK_TOKEN: 'hook-1' },
  };
  const rules = [];
  for (const [name, env] of Object.entries(points)) {
    rules.push({ ...hurried('kpi-status-emergency', await optional(name, env)), uid: name, title: stage.named(name) });
  }
  await stage.rules('channels', rules);
});

afterAll(async () => {
  await stage?.close();
  engine?.close();
});

const heard = (name: string, nth = 0) => until(name, () => stage.receiver.heard(name)[nth]);

it('ntfy rings a phone, and is quieter when it is over', async () => {
  const { headers, body } = await heard('ntfy');
  expect(headers.authorization).toBe('Bearer tk_1');
  expect(body).toEqual({
    topic: 'kpi-emergencies',
    title: SENTENCE,
    message: expect.stringMatching(
      /^West \(region\).*\nhttp.*\/d\/kpi-detail\?var-kpi=revenue&from=1&to=2\n*$/
    ) as unknown,
    priority: 5,
    tags: ['rotating_light'],
  });
});

it('Slack and Teams get the sentence, its driver and the link', async () => {
  const slack = (await heard('slack')).body as {
    attachments: Array<{ title: string; text: string }>;
    username: string;
  };
  expect(slack.username).toBe('KPI Monitor');
  expect(slack.attachments).toMatchObject([{ title: SENTENCE, text: expect.stringContaining(DRIVER) as unknown }]);
  expect(slack.attachments[0]!.text).toMatch(/\/d\/kpi-detail\?var-kpi=revenue/);
  const teams = JSON.stringify((await heard('teams')).body);
  expect(teams).toContain(JSON.stringify(SENTENCE).slice(1, -1));
  expect(teams).toContain(DRIVER);
  expect(teams).toContain('/d/kpi-detail?var-kpi=revenue');
});

it('a service of one’s own gets Grafana’s JSON with our texts, and its token', async () => {
  const { headers, body } = await heard('webhook');
  expect(headers.authorization).toBe('Bearer hook-1');
  expect(body).toMatchObject({ status: 'firing', title: SENTENCE, alerts: [{ annotations: { driver: DRIVER } }] });
});

it('all are told that it is over', async () => {
  level = 1;
  const { body } = await heard('ntfy', 1);
  expect(body).toMatchObject({ title: `Recovered: ${SENTENCE}`, priority: 3, tags: ['white_check_mark'] });
  expect(JSON.stringify((await heard('slack', 1)).body)).toContain('Recovered: Revenue');
  expect(JSON.stringify((await heard('teams', 1)).body)).toContain('Recovered: Revenue');
  if (process.env.ALERT_TEST_KEEP) {
    const { writeFileSync } = await import('node:fs');
    const kept = ['ntfy', 'slack', 'teams'].map((path) => stage.receiver.heard(path));
    writeFileSync(`${process.env.ALERT_TEST_KEEP}-channels.json`, JSON.stringify(kept, null, 1));
  }
});
