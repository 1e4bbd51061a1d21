/** Stored values outside of what their KPI calls plausible. */
import { inputsOf } from '../aggregation/resolve';
import type { KpiSeries } from '../aggregation/steps';
import type { Catalogue, Kpi } from '../catalogue/catalogue';
import type { Calendar } from '../time/calendar';
import type { Grain } from '../time/grain';
import { convertTime, periodAt } from '../time/period';

/** How many of the values behind a KPI, as they came, lie outside of their own range, by the start of their period. */
export function implausibleOf(
  kpi: Kpi,
  catalogue: Catalogue,
  series: ReadonlyMap<string, readonly KpiSeries[]>,
  grain: Grain,
  calendar: Calendar
): Map<number, number> {
  const found = new Map<number, number>();
  for (const input of inputsOf(kpi, catalogue)) {
    const { min = -Infinity, max = Infinity } = input.quality.range;
    if (min === -Infinity && max === Infinity) {
      continue;
    }
    for (const { times, values } of series.get(input.id) ?? []) {
      for (let i = 0; i < values.length; i++) {
        if (values[i]! < min || values[i]! > max) {
          const { start } = periodAt(convertTime(times[i]!, input.grain, grain, calendar), grain, calendar);
          found.set(start, (found.get(start) ?? 0) + 1);
        }
      }
    }
  }
  return found;
}
