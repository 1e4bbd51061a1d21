/** One slice of a KPI at one grain, with the forecast of what is not settled yet, as what came since has moved it. */
import { bandsOf, conditioned, type Conditioned } from '@kpi-monitor/analysis/forecast/condition';
import type { ForecastFit, ForecastSeries } from '@kpi-monitor/analysis/forecast/series';
import type { EvaluatedPoint, Slice } from '@kpi-monitor/model/aggregation/evaluate';
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { DAY_MS, partsOf } from '@kpi-monitor/model/time/civil';
import { type Grain, isCivil } from '@kpi-monitor/model/time/grain';
import { type Period, periodAt, periodNow, step } from '@kpi-monitor/model/time/period';

import type { Context } from '../queries/context';
import { periodCount, spokenGrain } from '../queries/names';
import { SEASONS } from '../queries/seasons';

import type { Fits } from './fits';
import { REACH } from './reach';

/** What forecasts are taken from. */
export interface Forecasting {
  fits: Fits;
  /** milliseconds to wait for a fit */
  patience: number;
}

export interface LineRequest {
  kpi: Kpi;
  /** evaluated at `grain`, as far back as `historyStart` */
  slice: Slice;
  grain: Grain;
  /** periods ahead that are needed beyond the open one; the usual ones when it is fewer */
  horizon?: number;
}

interface Unready {
  state: 'pending' | 'refused';
  /** why, for people */
  text: string;
}

export interface ReadyLine {
  state: 'ready';
  grain: Grain;
  /** of each step that was forecast; the first follows the history that was learned from */
  periods: Period[];
  /** what is known of the steps, and what is expected of the rest */
  now: Conditioned;
  /** how many of the first steps are known without a gap */
  known: number;
  /** the same as bands */
  bands: ReturnType<typeof bandsOf>;
  bounds: { min?: number; max?: number };
  fit: ForecastFit;
}

export type FittedLine = ReadyLine | Unready;

/** From where a slice's values have to be read. */
export function historyStart(grain: Grain, { range, calendar }: Context): number {
  return step(periodNow(range.asOf, grain, calendar), -REACH[grain].history).start;
}

export async function fittedLine(
  { kpi, slice, grain, horizon = 0 }: LineRequest,
  context: Context
): Promise<FittedLine> {
  const { calendar, range } = context;
  const open = periodNow(range.asOf, grain, calendar);
  const points = slice.points(historyStart(grain, context), open.end);
  const isWhole = ({ value, completeness }: EvaluatedPoint) => value !== null && completeness >= kpi.judge.min_complete;
  const first = points.findIndex(isWhole);
  const end = endOfHistory(points, grain);
  if (first < 0 || end <= first) {
    return { state: 'refused', text: `there is no settled ${spokenGrain(grain)} to forecast from` };
  }
  const learned = points.slice(first, end);
  const values = Float64Array.from(learned, (point) => (isWhole(point) ? point.value! : NaN));
  const gone = points.length - end;
  // All who ask share one fit; a young KPI is not expected to foretell more than it has seen.
  const needed = Math.max(Math.min(REACH[grain].fitted, learned.length), gone + horizon, 1);
  const bounds = boundsOf(kpi, values);
  const periods = Array.from({ length: needed }, (_, h) =>
    step(periodAt(learned.at(-1)!.start, grain, calendar), h + 1)
  );
  const series: ForecastSeries = { values, seasons: SEASONS[grain], horizon: needed, bounds };
  if (grain === 'day') {
    series.calendar = fitCalendar(
      [...learned.map(({ start }) => start), ...periods.map(({ start }) => start)],
      calendar
    );
  }
  const until = learned.at(-1)!.end;
  const fit = await context.fits.get({ name: nameOf(kpi, slice, grain), series, until, patience: context.patience });
  if (fit === null) {
    return { state: 'pending', text: 'its forecast is being fitted' };
  }
  if (fit.state === 'refused') {
    const missing = periodCount(fit.needs - fit.has, grain);
    return { state: 'refused', text: `a forecast needs ${periodCount(fit.needs, grain)} of history: ${missing} more` };
  }
  const came = points.slice(end).map((point) => (point.life !== 'open' && isWhole(point) ? point.value! : NaN));
  const now = conditioned(fit, came);
  const gap = came.findIndex((value) => value !== value);
  const known = gap < 0 ? came.length : gap;
  return { state: 'ready', grain, periods, now, known, bands: bandsOf(now, bounds), bounds, fit };
}

/**
 * Behind the last settled period; for parts of a day, behind the last settled day, so that a day's fit serves all day.
 */
function endOfHistory(points: readonly EvaluatedPoint[], grain: Grain): number {
  const end = points.findLastIndex(({ life, value }) => life === 'settled' && value !== null) + 1;
  if (isCivil(grain) || end === 0) {
    return end;
  }
  const day = Math.floor(points[end - 1]!.end / DAY_MS) * DAY_MS;
  const whole = points.findLastIndex((point) => point.end <= day) + 1;
  return whole > 0 ? whole : end;
}

/** What was never below zero is expected not to be, and a share that was never above the whole stays so. */
function boundsOf({ valid, unit }: Kpi, values: Float64Array): { min?: number; max?: number } {
  const known = values.filter((value) => value === value);
  const whole = unit === 'percent' ? 100 : unit === 'percentunit' ? 1 : null;
  const min = valid?.min ?? (known.every((value) => value >= 0) ? 0 : undefined);
  const max = valid?.max ?? (whole !== null && known.every((value) => value <= whole) ? whole : undefined);
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
}

function fitCalendar(days: readonly number[], calendar: Calendar): NonNullable<ForecastSeries['calendar']> {
  const YEAR = 365.25 * DAY_MS;
  return {
    weekday: Uint8Array.from(days, (day) => partsOf(day).weekday % 7),
    yearPhase: Float64Array.from(days, (day) => (day - Date.UTC(partsOf(day).year, 0, 1)) / YEAR),
    holidays: days.map((day) => calendar.holiday(day)),
  };
}

function nameOf(kpi: Kpi, slice: Slice, grain: Grain): string {
  const members = Object.entries(slice.labels).map(([dimension, member]) => `${dimension}=${member}`);
  return [kpi.id, `v${kpi.version}`, grain, ...(slice.isPartial ? ['partial'] : []), ...members].join(' ');
}
