/**
 * The same rule on the same values has the same states in Grafana and in our evaluator, evaluation by evaluation. An
 * engine that replays a recorded sequence answers by the evaluation's time, so that both see the same.
 */
import { loadRules } from '@kpi-monitor/model/alerting/load-rules';
import { stateText } from '@kpi-monitor/model/alerting/instance';
import { evaluateRule, type RuleStates } from '@kpi-monitor/model/alerting/rule-states';
import { type Outcome, readFrames } from '@kpi-monitor/model/alerting/values';
import type { Frame } from '@kpi-monitor/model/query/frames';

import type { RulesAnswer } from '../../standalone/src/services/alerting';

import { grafana } from './grafana';
import { numberFrame, openReplayed, type Recorded, type Replayed, STEP } from './replayed';

jest.setTimeout(400_000);

/** Of one KPI, an evaluation each: firing after 20 s, above recovery, unknown, refused, recovering, firing, gone. */
const SEQUENCE: readonly Recorded[] = [1, 11, 11, 11, 7, null, 'refused', 4, 11, 'gone', 'gone'];

const recordedAt = (time: number): Recorded => SEQUENCE[engine.stepAt(time, SEQUENCE.length)]!;

function framesAt(time: number): Frame[] | 'refused' {
  const recorded = recordedAt(time);
  if (recorded === 'refused') {
    return recorded;
  }
  const other = numberFrame(1, { kpi: 'other' });
  return recorded === 'gone' ? [other] : [numberFrame(recorded, { kpi: 'a' }), other];
}

const rule = {
  uid: 'kpi-replayed',
  title: 'Replayed',
  condition: 'B',
  for: '20s',
  keepFiringFor: '20s',
  noDataState: 'KeepLast',
  execErrState: 'KeepLast',
  labels: { severity: 'test' },
  data: [
    { refId: 'A', datasourceUid: 'replayed', relativeTimeRange: { from: 600, to: 0 }, model: { v: 1, type: 'status' } },
    {
      refId: 'B',
      datasourceUid: '__expr__',
      model: {
        type: 'threshold',
        expression: 'A',
        conditions: [{ evaluator: { type: 'gt', params: [10] }, unloadEvaluator: { type: 'lt', params: [5] } }],
      },
    },
  ],
};

let engine: Replayed;

beforeAll(async () => {
  engine = await openReplayed(({ time }) => framesAt(time));
  await remove();
  await grafana('/api/folders', { uid: 'kpi-replayed', title: 'Replayed' });
  await grafana('/api/datasources', {
    uid: 'replayed',
    name: 'Replayed',
    type: 'kpimonitor-kpi-datasource',
    access: 'proxy',
    url: engine.url,
    secureJsonData: { token: 'replayed' },
  });
  const { keepFiringFor, ...rest } = rule;
  await grafana(
    '/api/v1/provisioning/folder/kpi-replayed/rule-groups/replayed',
    {
      title: 'replayed',
      folderUid: 'kpi-replayed',
      interval: STEP / 1000,
      rules: [{ ...rest, keep_firing_for: keepFiringFor, orgID: 1, folderUID: 'kpi-replayed', ruleGroup: 'replayed' }],
    },
    'PUT'
  );
});

afterAll(async () => {
  await remove();
  engine.close();
});

async function remove(): Promise<void> {
  for (const path of ['/api/folders/kpi-replayed?forceDeleteRules=true', '/api/datasources/uid/replayed']) {
    await grafana(path, undefined, 'DELETE').catch(() => undefined);
  }
}

/** By the evaluation's time, `kpi=state since`. */
async function grafanaStates(): Promise<Map<number, string[]>> {
  const seen = new Map<number, string[]>();
  while (Date.now() < engine.start + (SEQUENCE.length + 1) * STEP) {
    const { data } = await grafana<RulesAnswer>('/api/prometheus/grafana/api/v1/rules');
    const found = data.groups.flatMap(({ rules }) => rules).find(({ uid }) => uid === rule.uid);
    const time = Date.parse(found?.lastEvaluation ?? '');
    if (found && time > 0 && found.alerts.length > 0) {
      seen.set(
        time,
        found.alerts.map(({ labels, state, activeAt }) => `${labels.kpi}=${state} ${Date.parse(activeAt)}`).sort()
      );
    }
    await new Promise((next) => setTimeout(next, 1000));
  }
  return seen;
}

it('every evaluation gives the same states since the same times', async () => {
  const theirs = await grafanaStates();
  const file = { apiVersion: 1, groups: [{ name: 'g', folder: 'Replayed', interval: '10s', rules: [rule] }] };
  const { groups } = loadRules([{ path: 'replayed.yaml', text: JSON.stringify(file) }]);
  const ours = groups[0]!.rules[0]!;
  let states: RuleStates = new Map();
  const times = [...theirs.keys()].sort((a, b) => a - b);
  const compared = times.map((time) => {
    const frames = framesAt(time);
    const outcome: Outcome =
      frames === 'refused' ? { kind: 'error', error: { message: 'refused' } } : readFrames(frames);
    states = evaluateRule(ours, states, new Map([['A', outcome]]), time).states;
    const mine = [...states.values()]
      .map((instance) => `${instance.labels.kpi}=${stateText(instance)} ${instance.startsAt}`)
      .sort();
    return { time, recorded: recordedAt(time), mine, theirs: theirs.get(time)! };
  });
  // Each evaluation was seen: a missed one would shift what comes after it.
  expect(times.every((time, i) => i === 0 || time - times[i - 1]! === STEP)).toBe(true);
  expect(times.length).toBeGreaterThanOrEqual(SEQUENCE.length);
  expect(compared.map(({ time, recorded, mine }) => ({ time, recorded, states: mine }))).toEqual(
    compared.map(({ time, recorded, theirs: told }) => ({ time, recorded, states: told }))
  );
});
