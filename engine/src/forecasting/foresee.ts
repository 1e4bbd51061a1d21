/** The work that is done ahead of whoever asks. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';

import type { Context } from '../queries/context';
import { readSeries } from '../queries/read-series';

import { meaningKey } from './meaning-key';
import { type OutlookRequest, outlookAt, outlookStart } from './outlook';
import { hasProvenBetter } from './trial';

/** Of each KPI by its meaning, whether its forecast has proven better than the pace, until another period is open. */
export type Trials = Map<string, { period: number; isBetter: boolean | null }>;

/** Fits the forecasts of a KPI, and keeps where it lands for cards. */
export async function foreseeKpi(kpi: Kpi, context: Context): Promise<void> {
  const outlook = await outlookAt(await requestOf(kpi, context), context);
  const landing = outlook?.landing;
  const foretold = { period: outlook?.open.start ?? 0, asOf: context.range.asOf, expected: landing?.expected ?? 0 };
  context.landings.keep(kpi, landing ? foretold : null);
}

/** Tries a KPI's forecast against the pace, once a period. */
export async function tryForecast(kpi: Kpi, context: Context, trials: Trials): Promise<void> {
  const request = await requestOf(kpi, context);
  const period = (await outlookAt(request, context))?.open.start;
  if (period !== undefined && trials.get(meaningKey(kpi))?.period !== period) {
    const isBetter = await hasProvenBetter(request, context);
    trials.set(meaningKey(kpi), { period, isBetter });
    context.landings.trust(kpi, isBetter === true);
  }
}

async function requestOf(kpi: Kpi, context: Context): Promise<OutlookRequest> {
  const grain = kpi.judge.at;
  const series = await readSeries([{ kpi, grain, from: outlookStart(kpi, grain, context) }], context);
  return { kpi, where: {}, series, grain };
}
