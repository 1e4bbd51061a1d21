/** What alerts do in real Grafana when something is wrong with what they stand on: values, the engine, or the question. */
import { openEngine, type TestEngine, TOKEN } from './engine';
import { hurried, openStage, type Stage, type StageRule } from './stage';
import { pause, until } from '../support/until';

const UID = 'kpi-trouble';
const STEWARD = 'sales@example.com';

let engine: TestEngine;
let stage: Stage;

/** Asks what there is not; `execErrState` is that of the files but for those that tell of errors. */
function wrong(uid: string, model: Record<string, unknown>, execErrState = 'KeepLast'): StageRule {
  const rule = hurried('kpi-status-critical-fast', stage.named('wrong'));
  const data = rule.data.map((query) =>
    query.refId === 'A' ? { ...query, model: { ...query.model, ...model } } : query
  );
  return { ...rule, uid, title: stage.named(uid), execErrState, data };
}

beforeAll(async () => {
  engine = await openEngine([
    { id: 'orders', name: 'Orders', owner: STEWARD },
    { id: 'visits', name: 'Visits', owner: STEWARD },
  ]);
  engine.write('orders', 300);
  // Nothing of the last four days.
  engine.writeUntil('visits', 4);
  await engine.start();
  stage = await openStage(UID, engine.url, TOKEN);
  const [critical, feeds] = [await stage.webhook('critical'), await stage.webhook('feeds')];
  await stage.webhook('wrong');
  await stage.rules('status', [hurried('kpi-status-critical-fast', critical)]);
  await stage.rules('feeds', [hurried('kpi-feed-late', feeds)]);
  await stage.rules('wrong', [
    wrong('type', { type: 'horoscope' }),
    wrong('unknown', { select: { kpis: ['order'] } }),
    wrong('told', { type: 'horoscope' }, 'Error'),
  ]);
});

afterAll(async () => {
  await stage?.close();
  await engine?.close();
});

const states = async (rule: string) =>
  (await stage.states())
    .get(rule)!
    .alerts.map(({ labels, state }) => `${labels.kpi ?? labels.feed}=${state}`)
    .sort();

it('a feed that is late is one alert to its steward, whose KPIs keep their levels', async () => {
  const late = await until('the late feed', () => stage.receiver.told('feeds')[0]);
  expect(late.title).toMatch(/^.*visits.* is \d days late: Visits stands on it$/i);
  expect(late.alerts).toMatchObject([{ status: 'firing', labels: { owner: STEWARD, severity: 'data' } }]);
  await until('the critical KPI', () => stage.receiver.told('critical')[0]);
  expect(stage.receiver.told('critical').flatMap(({ alerts }) => alerts.map(({ labels }) => labels.kpi))).toEqual([
    'orders',
  ]);
  // The feed is mended: its end is told.
  engine.write('visits');
  const over = await until('its end', () => stage.receiver.told('feeds')[1]);
  expect(over.status).toBe('resolved');
});

it('a wrong question says by its code what is wrong with it, where the rule is looked at', async () => {
  const errors = await until('an evaluation', async () => {
    const all = await stage.states();
    const kept = ['type', 'unknown'].flatMap((uid) => all.get(uid)?.alerts ?? []);
    return kept.length === 2 && kept.map(({ state, annotations }) => [state, annotations.Error]);
  });
  expect(errors).toEqual([
    ['Normal (Error, KeepLast)', expect.stringMatching(/QUERY_TYPE: .*`horoscope`; it knows series, status/)],
    ['Normal (Error, KeepLast)', expect.stringMatching(/KPI_UNKNOWN: no KPI `order` is in the catalogue.*orders/)],
  ]);
  // One that is to tell errors sends the code as well; the others tell nothing.
  const told = await until('the error', () => stage.receiver.told('wrong')[0]);
  expect(told.alerts).toHaveLength(1);
  expect(told.alerts[0]!.labels).toMatchObject({ alertname: 'DatasourceError', rulename: stage.named('told') });
  const { health, lastError } = (await stage.states()).get('told')!;
  expect([health, lastError]).toEqual(['error', expect.stringContaining('QUERY_TYPE')]);
  expect(told.message).toMatch(/What failed: .*QUERY_TYPE: .*horoscope/);
});

it('an engine that is away is one message, and changes nothing else', async () => {
  const feeds = stage.receiver.told('feeds').length;
  const critical = stage.receiver.told('critical').length;
  await engine.kill();
  const failed = await until('the error', () => stage.receiver.told('feeds')[feeds]);
  expect(failed.title).toBe('KPI feed late cannot be evaluated');
  expect(failed.message).toMatch(/What failed: .*ENGINE_UNREACHABLE/);
  expect(failed.alerts).toMatchObject([{ status: 'firing', labels: { severity: 'data' } }]);
  await until('the state of the other rule', async () =>
    (await states('kpi-status-critical-fast')).includes('orders=Alerting (Error, KeepLast)')
  );
  await pause(25_000);
  expect(stage.receiver.told('feeds')).toHaveLength(feeds + 1);
  expect(stage.receiver.told('critical')).toHaveLength(critical);

  await engine.start();
  const back = await until('the end', () => stage.receiver.told('feeds')[feeds + 1]);
  expect([back.status, back.title]).toEqual(['resolved', 'KPI feed late is evaluated again']);
  await until('the state of the other rule', async () =>
    (await states('kpi-status-critical-fast')).includes('orders=Alerting')
  );
  expect(stage.receiver.told('critical')).toHaveLength(critical);
  if (process.env.ALERT_TEST_KEEP) {
    const { writeFileSync } = await import('node:fs');
    const kept = ['feeds', 'critical', 'wrong'].map((path) => stage.receiver.told(path));
    writeFileSync(`${process.env.ALERT_TEST_KEEP}-trouble.json`, JSON.stringify(kept, null, 1));
  }
});
