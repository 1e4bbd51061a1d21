/** A folder with rules, an engine that answers what a test says, and a clock that it moves. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Engine } from '@kpi-monitor/engine/engine';
import { numericFrame } from '@kpi-monitor/engine/frames/frame';
import { numberField } from '@kpi-monitor/engine/frames/field';
import { KpiError } from '@kpi-monitor/model/errors';
import type { QueryResult } from '@kpi-monitor/model/query/frames';
import pino from 'pino';

import { type Alerting, type AlertingOptions, createAlerting } from './alerting';

/** By KPI; a word is what went wrong with the whole answer. */
export type Values = Record<string, number | null> | 'none' | 'refused' | 'away';

export interface Bench {
  folder: string;
  /** what the engine answers from now on */
  values: Values;
  now: number;
  alerting: Alerting;
  /** Evaluates all groups once, `seconds` later. */
  later(seconds?: number): Promise<void>;
  /** `kpi=state`, sorted */
  states(): string[];
  /** Ends it and begins anew on the same folder, as a restart does. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export const RULE = `apiVersion: 1
groups:
  - name: test
    folder: KPI
    interval: 10s
    rules:
      - uid: high
        title: High
        condition: B
        for: 20s
        noDataState: KeepLast
        execErrState: KeepLast
        labels: { severity: critical }
        annotations:
          summary: '{{ $labels.kpi }} is {{ $values.A }}'
          link: '{{ externalURL }}d/kpi-detail?var-kpi={{ $labels.kpi }}'
          driver: '{{ $values.C.Labels.driver }}'
        data:
          - { refId: A, datasourceUid: kpi, relativeTimeRange: { from: 600, to: 0 }, model: { type: status } }
          - refId: B
            datasourceUid: __expr__
            model: { type: threshold, expression: A, conditions: [{ evaluator: { type: gt, params: [10] } }] }
`;

export async function openBench(
  files: Record<string, string> = { 'rules.yaml': RULE },
  config: Partial<AlertingOptions['config']> = {},
  options: Partial<AlertingOptions> = {}
): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'kpi-alerting-'));
  mkdirSync(join(folder, 'rules'));
  Object.entries(files).forEach(([name, text]) => writeFileSync(join(folder, 'rules', name), text));
  const open = () =>
    createAlerting({
      config: { dataFolder: join(folder, 'data'), resolve: (text) => text, ...config },
      engine: { answer: async ({ queries }) => answer(queries as Array<{ refId: string }>, bench.values) },
      datasource: 'kpi',
      folder: join(folder, 'rules'),
      root: folder,
      log: pino({ level: 'silent' }),
      clock: () => bench.now,
      externalURL: () => 'http://kpi/',
      ...options,
    });
  const bench: Bench = {
    folder,
    values: {},
    // Far from the system's clock: nothing is evaluated but by `later`.
    now: 1_000_000_000_000,
    alerting: undefined as unknown as Alerting,
    async later(seconds = 10) {
      bench.now += seconds * 1000;
      await bench.alerting.evaluate(bench.now);
    },
    states: () =>
      bench.alerting
        .status()
        .flatMap(({ instances }) => instances)
        .map(({ labels, state, reason }) => `${labels.kpi}=${state}${reason && ` (${reason})`}`)
        .sort(),
    async restart() {
      await bench.alerting.stop();
      bench.alerting = open();
      await bench.alerting.start();
    },
    async close() {
      await bench.alerting.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  bench.alerting = open();
  await bench.alerting.start();
  return bench;
}

function answer(queries: ReadonlyArray<{ refId: string }>, values: Values): Awaited<ReturnType<Engine['answer']>> {
  if (values === 'away') {
    throw new KpiError('STORE_UNREACHABLE', 'the store is gone');
  }
  const result: QueryResult =
    typeof values === 'string'
      ? values === 'none'
        ? { status: 200, frames: [] }
        : { status: 400, error: 'QUERY_TYPE: no such query' }
      : {
          status: 200,
          frames: Object.entries(values).map(([kpi, value]) =>
            numericFrame(kpi, numberField('value', [value], { labels: { kpi } }), {
              meta: { answer: 'status', asOf: 0, zone: 'UTC' },
            })
          ),
        };
  return { results: Object.fromEntries(queries.map(({ refId }) => [refId, result])) };
}
