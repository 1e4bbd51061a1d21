/** How new the values behind KPIs are. */
import { inputsOf } from '@kpi-monitor/model/aggregation/resolve';
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { isCivil } from '@kpi-monitor/model/time/grain';

import type { Context } from './context';
import type { Asked, Evaluated } from './select';

/**
 * Newest stored start of every input, by its id. What was read already says it; only for an input without a value in
 * that window the store is asked, since "late for years" and "never there" are different answers.
 */
export async function newestInputs(
  evaluated: ReadonlyArray<Pick<Evaluated<Asked>, 'series'> & { asked: Pick<Asked, 'kpi'> }>,
  { catalogue, calendar, range, store }: Context
): Promise<Map<string, number>> {
  const newest = new Map<string, number>();
  const silent = new Map<string, Kpi>();
  for (const { asked, series } of evaluated) {
    for (const input of inputsOf(asked.kpi, catalogue)) {
      const last = (series.get(input.id) ?? []).reduce((max, one) => Math.max(max, one.times.at(-1) ?? max), -Infinity);
      if (last > -Infinity) {
        newest.set(input.id, last);
      } else {
        silent.set(input.id, input);
      }
    }
  }
  for (const civil of [true, false]) {
    const inputs = [...silent.values()].filter((input) => isCivil(input.grain) === civil);
    if (inputs.length > 0) {
      const before = civil ? calendar.toCivil(range.asOf - 1) + 1 : range.asOf;
      const found = await store.latest(
        inputs.map((input) => ({ kpi: input.id, v: input.version })),
        before
      );
      found.forEach((time, id) => newest.set(id, time));
    }
  }
  return newest;
}
