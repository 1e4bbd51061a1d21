/** What is known of a KPI's future belongs to what it means: a catalogue may be exchanged while the engine runs. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';

/** Equal for a KPI whose values mean the same; its name, owners and thresholds do not count. */
export function meaningKey(kpi: Kpi): string {
  const { id, version, kind, grain, aggregate, judge, dimensions, formula, trailing, to_date: toDate, carry } = kpi;
  return JSON.stringify([id, version, kind, grain, aggregate, judge.at, dimensions, formula, trailing, toDate, carry]);
}
