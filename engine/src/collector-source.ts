/** What the engine is told about the collector: whoever wires both into a process hands this over. */
import type { CollectorLine, CollectorState } from '@kpi-monitor/model/query/collector-frames';

export interface CollectorSource {
  now(): CollectorState;
  /** What was noted in a half-open span of instants, a point a minute; also while the store is away, as far as it is remembered. */
  history(lines: readonly CollectorLine[], from: number, to: number): Promise<CollectorHistory>;
}

export interface CollectorHistory {
  lines: Map<CollectorLine, { times: number[]; values: number[] }>;
  /** why a part of it may be missing; `''` when none is */
  notice: string;
}
