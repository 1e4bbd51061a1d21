/** The newest stored value of each KPI, at the grain in which values arrive. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { QueryResponse, SeriesRow } from '@kpi-monitor/model/query/frames';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { isCivil } from '@kpi-monitor/model/time/grain';
import { instantOf, periodAt } from '@kpi-monitor/model/time/period';

export interface NewestValue {
  /** start of its period, store time */
  period: number;
  periodText: string;
  /** null when it cannot be rolled up over its dimensions */
  value: number | null;
  valueText: string;
  /** instant at which its period ends */
  until: number;
}

/** Queries of one request, as many as an engine takes. */
const AT_A_TIME = 40;

/**
 * @param latest KPI to the start of its newest stored period, store time
 * @param ask the engine, here or in a running instance
 */
export async function newestValues(
  kpis: ReadonlyArray<Pick<Kpi, 'id' | 'grain'>>,
  latest: ReadonlyMap<string, number>,
  ask: (body: object) => Promise<QueryResponse>,
  calendar: Calendar
): Promise<Map<string, NewestValue>> {
  const found = new Map<string, NewestValue>();
  const known = kpis.filter(({ id }) => latest.has(id));
  for (let first = 0; first < known.length; first += AT_A_TIME) {
    const part = known.slice(first, first + AT_A_TIME);
    const { results } = await ask({ queries: part.map((kpi) => queryFor(kpi, latest.get(kpi.id)!, calendar)) });
    for (const kpi of part) {
      const frame = results[kpi.id]?.frames?.[0];
      const cell = (name: keyof SeriesRow) => {
        const index = frame?.schema.fields.findIndex((field) => field.name === name) ?? -1;
        return frame?.data.values[index]?.[0];
      };
      const period = periodAt(latest.get(kpi.id)!, kpi.grain, calendar);
      if (cell('periodText') !== undefined) {
        found.set(kpi.id, {
          period: period.start,
          periodText: cell('periodText') as string,
          value: cell('value') as number | null,
          valueText: cell('valueText') as string,
          until: instantOf(period.end, kpi.grain, calendar),
        });
      }
    }
  }
  return found;
}

function queryFor({ id, grain }: Pick<Kpi, 'id' | 'grain'>, time: number, calendar: Calendar): object {
  const { start, end } = periodAt(time, grain, calendar);
  // A bound at 00:00Z would be taken for a date, which an hour is not.
  const inward = isCivil(grain) ? 0 : 1;
  return {
    ...{ refId: id, v: 1, type: 'series', select: { kpis: [id] }, grain, format: 'table' },
    ...{ from: String(start + inward), to: String(end - inward) },
  };
}
