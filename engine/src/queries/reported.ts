/** What was first reported of periods that have been restated since. */
import { inputsOf } from '@kpi-monitor/model/aggregation/resolve';
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { LogEntry } from '@kpi-monitor/store/store';

import type { Context } from './context';
import { knownStore } from './known-store';

/** The context in which nothing was restated yet. */
export function asFirstReported(context: Context): Context {
  return { ...context, store: knownStore(context.store, -Infinity, context.revisions) };
}

/** Those of the KPIs that a revision is about, or whose formula reads one that it is about. */
export function restatedOf(kpis: readonly Kpi[], revisions: readonly LogEntry[], { catalogue }: Context): Kpi[] {
  const restated = new Set(revisions.map(({ kpi }) => kpi));
  return kpis.filter((kpi) => inputsOf(kpi, catalogue).some(({ id }) => restated.has(id)));
}
