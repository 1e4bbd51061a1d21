/** How the demo company looks to somebody who opens the Overview on any day: mostly well, never spotless. */
import { evaluate } from '@kpi-monitor/model/aggregation/evaluate';
import { inputsOf } from '@kpi-monitor/model/aggregation/resolve';
import type { KpiSeries } from '@kpi-monitor/model/aggregation/steps';
import { assess } from '@kpi-monitor/model/judgement/assess';
import type { Status } from '@kpi-monitor/model/status';
import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { addDays, civil, DAY_MS, isoDate, parseIsoDate } from '@kpi-monitor/model/time/civil';

import { catalogueOf } from '../../../test/catalogue';

import { createDemoSource } from './source';

const catalogue = catalogueOf('kpis');
const calendar = createCalendar({ zone: 'America/New_York', holidays: 'US' });

/** All series as a collector that began two years before would have stored them by an instant. */
async function storedBy(now: number): Promise<Map<string, KpiSeries[]>> {
  const stored = new Map<string, KpiSeries[]>();
  for (const kpi of [...catalogue.byId.values()].filter((one) => one.source)) {
    const source = createDemoSource(kpi, { calendar, clock: () => now });
    const series = new Map<
      string,
      { dims: Record<string, string>; times: number[]; values: number[]; weights: number[] }
    >();
    for await (const batch of source.read({ from: source.origin(now)!, to: now }, new AbortController().signal)) {
      for (const { period, value, weight, dims } of batch) {
        const key = JSON.stringify(dims);
        const one = series.get(key) ?? { dims: dims as Record<string, string>, times: [], values: [], weights: [] };
        series.set(key, one);
        one.times.push(parseIsoDate(String(period))!);
        one.values.push(Number(value));
        one.weights.push(weight === undefined ? 1 : Number(weight));
      }
    }
    const all = [...series.values()];
    stored.set(kpi.id, kpi.source!.missing === 'zero' ? all.map(withZeros) : all);
  }
  return stored;
}

/** As the collector fills a register that has rows for what happened only. */
function withZeros({ dims, times, values }: KpiSeries): KpiSeries {
  const known = new Map(Array.from(times, (time, i) => [time, values[i]!]));
  const days = Math.round((times[times.length - 1]! - times[0]!) / DAY_MS) + 1;
  const all = Array.from({ length: days }, (_, i) => addDays(times[0]!, i));
  return { dims, times: all, values: all.map((time) => known.get(time) ?? 0) };
}

async function statusesOn(date: number): Promise<Map<string, Status>> {
  const asOf = calendar.toInstant(date) + 14 * 3_600_000;
  const stored = await storedBy(asOf);
  const newest = new Map(
    [...stored].map(([id, all]) => [id, Math.max(...all.map((one) => Number(one.times[one.times.length - 1])))])
  );
  return new Map(
    catalogue.kpis.map((kpi) => {
      const series = new Map(inputsOf(kpi, catalogue).map((input) => [input.id, stored.get(input.id)!]));
      const [slice] = evaluate({ kpi, catalogue, calendar, series, grain: kpi.judge.at, asOf });
      return [kpi.id, assess({ kpi, catalogue, calendar, slice: slice!, newest, asOf }).status];
    })
  );
}

const DATES = [civil(2025, 1, 9), civil(2026, 3, 3), civil(2026, 11, 22), civil(2031, 10, 1)];

test.each(DATES.map((date) => [isoDate(date), date] as const))(
  'on %s most is well, and little is bad',
  async (_, date) => {
    const statuses = [...(await statusesOn(date))];
    const of = (status: Status) => statuses.filter(([, its]) => its === status).map(([id]) => id);
    expect([...of('late'), ...of('no_data'), ...of('not_judged'), ...of('emergency')]).toEqual([]);
    expect(of('normal').length).toBeGreaterThanOrEqual(11);
    expect(of('warning').length + of('critical').length).toBeGreaterThanOrEqual(2);
    expect(of('critical').length).toBeLessThanOrEqual(2);
  }
);
