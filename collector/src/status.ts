/** What the collector knows of each KPI's source, for pages, the CLI and metrics. */
import type { ErrorCode } from '@kpi-monitor/model/errors';
import { type CollectorSource, succeededReads } from '@kpi-monitor/model/query/collector-frames';

/** With what is counted by its code, since the start of the process. */
export interface SourceStatus extends CollectorSource {
  failuresByCode: Partial<Record<ErrorCode, number>>;
  rejectedByCode: Partial<Record<ErrorCode, number>>;
  zeros: number;
}

/** One line of a Prometheus exposition: a counter only ever grows. */
export interface Counter {
  name: string;
  help: string;
  type: 'counter' | 'gauge';
  labels: Record<string, string>;
  value: number;
}

export function countersOf(statuses: readonly SourceStatus[]): Counter[] {
  return statuses.flatMap((status) => {
    const labels = { kpi: status.kpi, source: status.source };
    const counter = (name: string, help: string, value: number, more: Record<string, string> = {}): Counter => ({
      name: `kpi_collector_${name}`,
      help,
      type: 'counter',
      labels: { ...labels, ...more },
      value,
    });
    return [
      counter('reads_total', 'Reads of a source', succeededReads(status), { result: 'success' }),
      counter('reads_total', 'Reads of a source', status.readFailures, { result: 'failure' }),
      counter('reads_total', 'Reads of a source', status.readWaits, { result: 'waiting' }),
      ...Object.entries(status.failuresByCode).map(([code, count]) =>
        counter('read_errors_total', 'Reads that failed, by the code of why', count, { code })
      ),
      counter('points_total', 'Points written to the store', status.points),
      counter('zeros_total', 'Explicit zeros written for absent rows', status.zeros),
      ...Object.entries(status.rejectedByCode).map(([code, count]) =>
        counter('rejected_total', 'Records that were refused', count, { code })
      ),
      {
        name: 'kpi_collector_last_success_timestamp_seconds',
        help: 'End of the newest read that succeeded; 0 before the first',
        type: 'gauge' as const,
        labels,
        value: (status.lastSuccess ?? 0) / 1000,
      },
      {
        name: 'kpi_collector_failures_in_a_row',
        help: 'Reads that failed since the last success',
        type: 'gauge' as const,
        labels,
        value: status.failures,
      },
      {
        name: 'kpi_collector_waiting_since_timestamp_seconds',
        help: 'Since when the source is not ready for the last period that is over; 0 while it is',
        type: 'gauge' as const,
        labels,
        value: (status.waiting?.since ?? 0) / 1000,
      },
    ];
  });
}
