/** Where a message leads, below Grafana's root: what was seen, as it stood when the message was written. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { DAY_MS } from '@kpi-monitor/model/time/civil';
import { instantOf, periodNow, step } from '@kpi-monitor/model/time/period';

/** Judged periods that the page shows: a year of months and the one before. */
const SHOWN_PERIODS = 13;
const SHOWN_LEAST_MS = 30 * DAY_MS;

/** "d/kpi-detail?var-kpi=revenue&from=…&to=…": `to` is the time that is told about, so the page shows what stood then. */
export function detailAddress(kpi: Kpi, asOf: number, calendar: Calendar): string {
  const first = step(periodNow(asOf, kpi.judge.at, calendar), -SHOWN_PERIODS);
  const from = Math.min(instantOf(first.start, first.grain, calendar), asOf - SHOWN_LEAST_MS);
  return `d/kpi-detail?var-kpi=${encodeURIComponent(kpi.id)}&from=${from}&to=${asOf}`;
}

export function overviewAddress(asOf: number): string {
  return `d/kpi-overview?from=${asOf - SHOWN_LEAST_MS}&to=${asOf}`;
}
