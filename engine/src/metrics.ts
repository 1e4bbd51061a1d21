/** Counts and durations in Prometheus' format. */
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

import type { Observer } from './observer';

export interface Metrics {
  observer: Observer;
  contentType: string;
  /** all metrics as text */
  text(): Promise<string>;
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const queries = new Histogram({
    name: 'kpi_query_duration_seconds',
    help: 'Time to answer one query, by its type',
    labelNames: ['type'],
    buckets: SECONDS,
    registers,
  });
  const errors = new Counter({
    name: 'kpi_query_errors_total',
    help: 'Queries that were answered with an error, by its code',
    labelNames: ['type', 'code'],
    registers,
  });
  const store = new Histogram({
    name: 'kpi_store_duration_seconds',
    help: 'Time the store took, by what it was asked for',
    labelNames: ['operation', 'outcome'],
    buckets: SECONDS,
    registers,
  });
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    observer: {
      query({ type, ms, error }) {
        queries.observe({ type }, ms / 1000);
        if (error) {
          errors.inc({ type, code: error.code });
        }
      },
      store({ operation, ms, ok }) {
        store.observe({ operation, outcome: ok ? 'ok' : 'error' }, ms / 1000);
      },
    },
  };
}
