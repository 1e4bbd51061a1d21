/**
 * What is news in real Grafana and what is not: the rules of the files on values that are replayed, one an evaluation, each
 * with a receiver of its own. Only waiting times are shortened.
 */
import { numberFrame, openReplayed, type Question, type Recorded, type Replayed, STEP } from './replayed';
import { hurried, openStage, type Stage, type StageRule } from './stage';
import { pause, until } from '../support/until';
import { window } from './windows';

jest.setTimeout(400_000);

/** Each side of the threshold of 80 for longer than the half minute within which Grafana sends nothing again. */
const WAVERING = [85, 85, 70, 79, 61, 70, 85, 81, 90, 85, 55, 55];

/** By KPI, which has a rule of its own: chances of missing, or levels. */
const SEQUENCES: Record<string, readonly Recorded[]> = {
  flapping: WAVERING,
  unsteady: WAVERING,
  missing: [0, 2, 2, null, null, 'gone', 'gone', 'refused', 2, 2, 1, 1],
  // Critical, an emergency for a while, critical again.
  month: [0, 2, 2, 2, 2, 3, 3, 2, 2, 2, 1, 1],
  reminded: [0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1],
  muted: [0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2],
};
const LENGTH = 12;
/** minutes after the start that the mute is over */
const MUTED_FOR = 2;

let engine: Replayed;
let stage: Stage;
let began = 0;

function answer({ type, kpis: [kpi = ''], time }: Question) {
  const step = engine.stepAt(time, LENGTH);
  const recorded = SEQUENCES[kpi]?.[step] ?? null;
  if (recorded === 'refused') {
    return recorded;
  }
  const labels = { kpi, owner: 'sales', grain: 'month' };
  const texts = { sentence: `${kpi} is told`, valueText: `$${100 + step}`, driver: `West, by ${step}` };
  return recorded === 'gone' ? [] : [numberFrame(recorded, type === 'alertContext' ? { ...labels, ...texts } : labels)];
}

/** A rule of the files about one KPI. */
function about(kpi: string, rule: StageRule): StageRule {
  const data = rule.data.map((query) =>
    query.datasourceUid === '__expr__' ? query : { ...query, model: { ...query.model, select: { kpis: [kpi] } } }
  );
  return { ...rule, uid: kpi, title: stage.named(kpi), data };
}

/** The rule as it would be if it recovered at the threshold at which it fires. */
function withoutRecovery(rule: StageRule): StageRule {
  const text = JSON.stringify(rule.data, (key, value: unknown) => (key === 'unloadEvaluator' ? undefined : value));
  return { ...rule, data: JSON.parse(text) as StageRule['data'] };
}

beforeAll(async () => {
  engine = await openReplayed(answer);
  stage = await openStage('kpi-news', engine.url, 'replayed');
  for (const kpi of Object.keys(SEQUENCES)) {
    await stage.webhook(kpi);
  }
  began = Date.now();
  const mute_time_intervals = [await stage.timing('mute', window(-5, MUTED_FOR, began))];
  const to = (kpi: string) => stage.named(kpi);
  await stage.rules('news', [
    about('flapping', hurried('kpi-forecast-miss', to('flapping'))),
    withoutRecovery(about('unsteady', hurried('kpi-forecast-miss', to('unsteady')))),
    about('missing', hurried('kpi-status-critical', to('missing'))),
    about('month', hurried('kpi-status-critical', to('month'))),
    about('reminded', hurried('kpi-status-critical', to('reminded'), { repeat_interval: '15s' })),
    about('muted', hurried('kpi-status-critical', to('muted'), { mute_time_intervals })),
  ]);
  await until('the end of the sequence', () => Date.now() > engine.start + LENGTH * STEP, 240_000);
  await pause(STEP);
});

afterAll(async () => {
  await stage?.close();
  engine?.close();
});

const statuses = (kpi: string) => stage.receiver.told(kpi).map(({ status }) => status);

it('a value that wavers between a threshold and the one it recovers at is one message, and one at its end', () => {
  expect(statuses('flapping')).toEqual(['firing', 'resolved']);
  expect(statuses('unsteady')).toEqual(['firing', 'resolved', 'firing', 'resolved']);
});

it('values that are not there, or cannot be asked for, neither end an alert nor make one', () => {
  expect(statuses('missing')).toEqual(['firing', 'resolved']);
});

it('what stays critical is told once, though its value, its driver and its level change, and then that it is over', () => {
  expect(stage.receiver.titles('month')).toEqual(['firing: month is told', 'resolved: Recovered: month is told']);
});

it('another value or driver is the same alert since the same time, also where people are reminded', () => {
  const firing = stage.receiver.told('reminded').filter(({ status }) => status === 'firing');
  const alerts = firing.map((message) => message.alerts[0]!);
  expect(alerts.length).toBeGreaterThan(2);
  expect(new Set(alerts.map(({ annotations }) => annotations.driver)).size).toBeGreaterThan(2);
  expect(new Set(alerts.map(({ fingerprint, startsAt }) => `${fingerprint} ${startsAt}`)).size).toBe(1);
});

it('a mute keeps silent, and what still fires when it ends is told then', () => {
  const [first, ...more] = stage.receiver.heard('muted');
  expect(more).toEqual([]);
  expect(first!.at).toBeGreaterThanOrEqual(Math.floor(began / 60_000 + MUTED_FOR) * 60_000);
  // It had fired for long: another rule on the same values was told at once.
  expect(first!.at - stage.receiver.heard('month')[0]!.at).toBeGreaterThan(20_000);
});
