import type { Grain } from '@kpi-monitor/model/time/grain';

/** Seasons that values of a grain may have, in its periods. */
export const SEASONS: Record<Grain, readonly number[]> = {
  minute: [60, 1440],
  hour: [24, 168],
  day: [7, 365],
  week: [52],
  month: [12],
  quarter: [4],
  fiscal_quarter: [4],
  year: [],
  fiscal_year: [],
};
