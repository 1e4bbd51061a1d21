/**
 * The same rule on the same values has the same states in Grafana and in our evaluator, evaluation by evaluation. An
 * engine that replays a recorded sequence answers by the evaluation's time, so that both see the same.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { loadRules } from '@kpi-monitor/model/alerting/load-rules';
import { stateText } from '@kpi-monitor/model/alerting/instance';
import { evaluateRule, type RuleStates } from '@kpi-monitor/model/alerting/rule-states';
import { type Outcome, readFrames } from '@kpi-monitor/model/alerting/values';
import type { Frame } from '@kpi-monitor/model/query/frames';

import type { RulesAnswer } from '../../standalone/src/services/alerting';

import { grafana } from './grafana';

jest.setTimeout(400_000);

const STEP = 10_000;
/** Of one KPI, an evaluation each: firing after 20 s, above recovery, unknown, refused, recovering, firing, gone. */
const SEQUENCE = [1, 11, 11, 11, 7, null, 'refused', 4, 11, 'gone', 'gone'] as const;
type Recorded = (typeof SEQUENCE)[number];

const start = Math.ceil(Date.now() / STEP) * STEP + 2 * STEP;
const recordedAt = (time: number): Recorded => {
  const step = Math.floor((time - start) / STEP);
  return SEQUENCE[Math.max(0, Math.min(SEQUENCE.length - 1, step))]!;
};

function framesAt(time: number): Frame[] {
  const recorded = recordedAt(time);
  const values = { ...(recorded !== 'gone' && { a: recorded }), other: 1 };
  return Object.entries(values).map(([kpi, value]) => ({
    schema: {
      meta: { type: 'numeric-multi', typeVersion: [0, 1] },
      fields: [{ name: 'value', type: 'number', typeInfo: { frame: 'float64', nullable: true }, labels: { kpi } }],
    },
    data: { values: [[value]] },
  }));
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

/** The data source's backend gives each query its own range. */
interface Asked {
  queries?: Array<{ refId: string; to?: string | number; timeRange?: { to: string | number } }>;
  to?: string | number;
}

let engine: Server;

beforeAll(async () => {
  engine = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      const { queries = [], to } = (text ? JSON.parse(text) : {}) as Asked;
      const time = Number(to ?? queries[0]?.timeRange?.to ?? queries[0]?.to);
      const result =
        recordedAt(time) === 'refused'
          ? { status: 400, error: 'QUERY_TYPE: refused as recorded' }
          : { status: 200, frames: framesAt(time) };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ results: Object.fromEntries(queries.map(({ refId }) => [refId, result])) }));
    });
  });
  await new Promise<void>((done) => engine.listen(0, '127.0.0.1', done));
  await remove();
  await grafana('/api/folders', { uid: 'kpi-replayed', title: 'Replayed' });
  await grafana('/api/datasources', {
    uid: 'replayed',
    name: 'Replayed',
    type: 'kpimonitor-kpi-datasource',
    access: 'proxy',
    url: `http://127.0.0.1:${(engine.address() as AddressInfo).port}`,
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
  await new Promise((done) => engine.close(done));
});

async function remove(): Promise<void> {
  for (const path of ['/api/folders/kpi-replayed?forceDeleteRules=true', '/api/datasources/uid/replayed']) {
    await grafana(path, undefined, 'DELETE').catch(() => undefined);
  }
}

/** By the evaluation's time, `kpi=state since`. */
async function grafanaStates(): Promise<Map<number, string[]>> {
  const seen = new Map<number, string[]>();
  while (Date.now() < start + (SEQUENCE.length + 1) * STEP) {
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
    const outcome: Outcome =
      recordedAt(time) === 'refused' ? { kind: 'error', error: { message: 'refused' } } : readFrames(framesAt(time));
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
