/** Whether the forecast has told better than the pace where periods land: tried on those that are over, halfway through. */
import { assess } from '@kpi-monitor/model/judgement/assess';
import { evaluate } from '@kpi-monitor/model/aggregation/evaluate';
import { GRAIN_MS } from '@kpi-monitor/model/time/grain';
import { instantOf, periodNow, step } from '@kpi-monitor/model/time/period';

import type { Context } from '../queries/context';

import { outlookAt, type OutlookRequest } from './outlook';

const TRIED = 6;
const LEAST = 3;

/** @returns null when too few periods can be tried */
export async function hasProvenBetter(request: OutlookRequest, context: Context): Promise<boolean | null> {
  const { kpi, series, where } = request;
  const { catalogue, calendar, range, signal } = context;
  const grain = kpi.judge.at;
  const open = periodNow(range.asOf, grain, calendar);
  const whole = evaluate({ kpi, catalogue, calendar, series, grain, asOf: range.asOf, where })[0];
  let forecast = 0;
  let pace = 0;
  let count = 0;
  for (let back = 1; back <= TRIED; back++) {
    signal?.throwIfAborted();
    const period = step(open, -back);
    const point = whole?.points(period.start, period.end)[0];
    if (!whole || point?.life !== 'settled' || point.value === null) {
      continue;
    }
    const start = instantOf(period.start, grain, calendar);
    const asOf = start + (instantOf(period.end, grain, calendar) - start) / 2;
    const then = { ...context, range: { from: asOf - GRAIN_MS[grain], to: asOf, asOf }, patience: Infinity };
    const outlook = await outlookAt({ ...request, grain }, then);
    const slice = evaluate({ kpi, catalogue, calendar, series, grain, asOf, where })[0]!;
    const { landing } = assess({ kpi, catalogue, calendar, slice, newest: new Map(), asOf, compare: 'none' });
    if (outlook?.landing && landing !== null) {
      forecast += Math.abs(outlook.landing.expected - point.value);
      pace += Math.abs(landing - point.value);
      count += 1;
    }
  }
  return count >= LEAST ? forecast < pace : null;
}
