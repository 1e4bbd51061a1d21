/** What Prometheus reads, held to its format and to the names that it asks for. */
import { exposition } from './exposition';
import { pushCounters } from './push/counters';
import { countersOf, type SourceStatus } from './status';

const STATUS: SourceStatus = {
  ...{ kpi: 'orders', source: 'csv', state: 'idle', lastRead: 2000, lastSuccess: 1500 },
  lastError: { code: 'SOURCE_FORMAT', message: 'a "column" is missing\n' },
  ...{ waiting: { since: 1000, message: 'no file yet' }, readWaits: 2 },
  ...{ failures: 2, reads: 9, readFailures: 3, points: 40, zeros: 1, nextRun: null },
  failuresByCode: { SOURCE_FORMAT: 2, SOURCE_TIMEOUT: 1 },
  ...{ rejected: 5, rejectedByCode: { RECORD_VALUE: 4, RECORD_RANGE: 1 } },
};
const PUSHED = {
  ...{ client: 'shop "A"\\north', requests: 3, accepted: 7, rejected: 2 },
  rejectedByCode: { RECORD_SOURCE: 2 },
};
const text = exposition([
  ...countersOf([STATUS, { ...STATUS, kpi: 'sales', lastSuccess: null, waiting: null }]),
  ...pushCounters([PUSHED]),
]);

test('reads, their errors by code, values, refusals by reason and the last success are there for each KPI', () => {
  for (const line of [
    'kpi_collector_reads_total{kpi="orders",source="csv",result="success"} 4',
    'kpi_collector_reads_total{kpi="orders",source="csv",result="failure"} 3',
    'kpi_collector_reads_total{kpi="orders",source="csv",result="waiting"} 2',
    'kpi_collector_waiting_since_timestamp_seconds{kpi="orders",source="csv"} 1',
    'kpi_collector_waiting_since_timestamp_seconds{kpi="sales",source="csv"} 0',
    'kpi_collector_read_errors_total{kpi="orders",source="csv",code="SOURCE_FORMAT"} 2',
    'kpi_collector_points_total{kpi="orders",source="csv"} 40',
    'kpi_collector_rejected_total{kpi="orders",source="csv",code="RECORD_VALUE"} 4',
    'kpi_collector_last_success_timestamp_seconds{kpi="orders",source="csv"} 1.5',
    'kpi_collector_last_success_timestamp_seconds{kpi="sales",source="csv"} 0',
    'kpi_collector_failures_in_a_row{kpi="orders",source="csv"} 2',
    'kpi_push_rejected_total{client="shop \\"A\\"\\\\north",code="RECORD_SOURCE"} 2',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
});

test('every name is described once before its samples, counters end in _total, and no series comes twice', () => {
  const seen = new Set<string>();
  const described = new Map<string, string>();
  let current = '';
  for (const line of text.trimEnd().split('\n')) {
    const [, kind, name, rest] = /^# (HELP|TYPE) ([a-z][a-z0-9_]*) (.+)$/.exec(line) ?? [];
    if (kind === 'HELP') {
      expect([name, described.has(name!)]).toEqual([name, false]);
      current = name!;
    } else if (kind === 'TYPE') {
      expect([name, rest]).toEqual([current, expect.stringMatching(/^(counter|gauge)$/)]);
      expect([name, rest === 'counter']).toEqual([name, name!.endsWith('_total')]);
      described.set(name!, rest!);
    } else {
      const label = String.raw`[a-z_]+="(?:[^"\\\n]|\\\\|\\"|\\n)*"`;
      const sample = new RegExp(String.raw`^([a-z][a-z0-9_]*)(\{${label}(?:,${label})*\})? -?[0-9.e+-]+$`).exec(line);
      expect([line, sample?.[1]]).toEqual([line, current]);
      expect([line, seen.has(line.replace(/ [^ ]+$/, ''))]).toEqual([line, false]);
      seen.add(line.replace(/ [^ ]+$/, ''));
    }
  }
  expect(described.size).toBeGreaterThan(8);
});
