/**
 * How good the values of a KPI are, period by period: each rule by itself, and the score. What was refused or came late is
 * known from when it came (`recorded.ts`); everything else is told from the values as they are now.
 */
import { evaluate, type Slice } from '../aggregation/evaluate';
import { inputsOf, nativeGrain } from '../aggregation/resolve';
import type { KpiSeries } from '../aggregation/steps';
import type { Catalogue, Kpi } from '../catalogue/catalogue';
import type { Reconciliation } from '../catalogue/quality-schema';
import { expectedAt } from '../judgement/freshness';
import type { Calendar } from '../time/calendar';
import { addDays } from '../time/civil';
import { coarser, type Grain } from '../time/grain';
import { convertTime, instantOf, type Period, periodAt, periodNow, step } from '../time/period';

import { findJumps, type Jump } from './jumps';
import { freshnessShare } from './lateness';
import { implausibleOf } from './plausibility';
import { agree } from './reconciliation';
import { type Noted, notedOf, type RecordedSeries, refusedBy } from './recorded';
import { scoreOf, type Shares } from './score';

export interface QualityRequest {
  kpi: Kpi;
  catalogue: Catalogue;
  calendar: Calendar;
  /** the stored series of all inputs, of those of its reconciliations too, from `jumpReach` before `from` */
  series: ReadonlyMap<string, readonly KpiSeries[]>;
  /** what the book `quality` holds of its inputs */
  recorded: readonly RecordedSeries[];
  asOf: number;
  /** half-open, store time of `scoreGrain` */
  from: number;
  to: number;
}

export interface Differing {
  with: string;
  at: Grain;
  value: number;
  other: number;
}

/** One period that values were due for. */
export interface QualityPoint {
  start: number;
  end: number;
  /** 0 to 100; null where no rule could be tried */
  score: number | null;
  shares: Shares;
  value: number | null;
  /** share of the expected values that are there, 0 to 1 */
  completeness: number;
  noted: Noted;
  /** hours that the period is overdue, or was when it came; 0 when it came in time */
  late: number;
  /** stored values outside of what is plausible */
  implausible: number;
  jump: Jump | null;
  differing: Differing[];
}

const SEASON: Partial<Record<Grain, number>> = { day: 7 };
const HOUR_MS = 3_600_000;

/** A score is for a day, or for a period where values come less often. */
export function scoreGrain(kpi: Kpi, catalogue: Catalogue): Grain {
  return coarser(nativeGrain(kpi, catalogue), 'day');
}

/** Periods of the score's grain before the first that are needed to know what changes are usual. */
export function jumpReach({ quality }: Kpi, grain: Grain): number {
  return quality.jump ? quality.jump.history + (SEASON[grain] ?? 2) : 0;
}

/** The KPI that a reconciliation compares with: the same, but for where its values are from. */
export function otherOf(kpi: Kpi, { expression, inputs, with: text }: Reconciliation): Kpi {
  return { ...kpi, formula: text, expression, inputs, source: undefined, trailing: undefined, to_date: undefined };
}

/** The periods of [from, to) that values were due for by now, oldest first, from the KPI's first value on. */
export function assessQuality(request: QualityRequest): QualityPoint[] {
  const { kpi, catalogue, calendar, series, asOf, from } = request;
  const grain = scoreGrain(kpi, catalogue);
  const [slice] = evaluate({ kpi, catalogue, calendar, series, grain, asOf });
  if (!slice || slice.begin === null) {
    return [];
  }
  const inputs = inputsOf(kpi, catalogue);
  const periods = periodsOf(request, slice.begin, grain);
  const dueCount = 1 + periods.findLastIndex((period) => inputs.every((input) => isDue(input, period, request)));
  const due = periods.slice(0, dueCount);
  const values = due.map(({ start, end }) => slice.over(start, end));
  // A sum that lacks a part is not a value that jumped.
  const whole = values.map(({ value, completeness: share }) =>
    share < kpi.quality.completeness ? NaN : (value ?? NaN)
  );
  const jumps = jumpsOf(kpi, due, whole, calendar);
  const noted = notedOf(request.recorded, grain, calendar);
  const implausible = implausibleOf(kpi, catalogue, series, grain, calendar);
  const reconciled = kpi.quality.reconcile.map((one) => reconciler(request, one));
  const points: QualityPoint[] = [];
  // A formula or a window needs more than its inputs' first values: before it has any itself, none is missing.
  const begun = kpi.formula || kpi.trailing ? values.findIndex(({ value }) => value !== null) : 0;
  for (
    let i = due.findIndex(({ start }, n) => start >= from && n >= begun);
    i >= 0 && begun >= 0 && i < due.length;
    i++
  ) {
    const period = due[i]!;
    const { value, completeness } = values[i]!;
    const isThere = value !== null || completeness > 0;
    if (!isThere && isDayOff(kpi, period, calendar)) {
      continue;
    }
    const own = noted.get(period.start) ?? NOTHING_NOTED;
    const late = isThere ? own.late : Math.max(0, (asOf - lastExpected(inputs, period, calendar)) / HOUR_MS);
    const out = (implausible.get(period.start) ?? 0) + (kpi.formula && outOfRange(kpi, value) ? 1 : 0);
    const jump = jumps[i] ?? null;
    const compared = reconciled.map((compare) => compare(period)).filter((one) => one !== null);
    const differing = compared.filter(({ agrees }) => !agrees).map(({ differing: one }) => one);
    // Counted where something is wrong alone: it is needed there, and takes time.
    const stored = own.refused.size + out > 0 ? storedIn(inputs, series, period, calendar) : Number(isThere);
    const shares: Shares = {
      completeness: Math.min(1, completeness),
      freshness: isThere ? freshnessShare(own.late, grain) : 0,
      type: keptShare(stored, refusedBy('type', own)),
      range: keptShare(stored, refusedBy('range', own), out),
      uniqueness: keptShare(stored, refusedBy('uniqueness', own)),
      jump: jump === null ? null : jump === 0 ? 1 : 0,
      reconciliation: compared.length === 0 ? null : 1 - differing.length / compared.length,
    };
    points.push({
      start: period.start,
      end: period.end,
      score: scoreOf(shares, kpi.quality.weights),
      shares,
      value,
      completeness,
      noted: own,
      late,
      implausible: out,
      jump: jump || null,
      differing,
    });
  }
  return points;
}

/** Of the records that came, the share that was taken and is plausible; null when none came. */
function keptShare(stored: number, refused: number, implausible = 0): number | null {
  const came = stored + refused;
  return came === 0 ? null : Math.max(0, 1 - (refused + implausible) / came);
}

const NOTHING_NOTED: Noted = { refused: new Map(), late: 0 };

/** From as far back as jumps look, but not from before the first value. */
function periodsOf({ kpi, calendar, from, to, asOf }: QualityRequest, begin: number, grain: Grain): Period[] {
  const last = Math.min(to, periodNow(asOf, grain, calendar).start);
  const first = step(periodAt(from, grain, calendar), -jumpReach(kpi, grain));
  const periods: Period[] = [];
  let period = periodAt(Math.max(begin, first.start), grain, calendar);
  for (; period.start < last; period = step(period, 1)) {
    periods.push(period);
  }
  return periods;
}

/** Nothing is expected on it. */
function isDayOff({ quality }: Kpi, { start, grain }: Period, calendar: Calendar): boolean {
  return quality.days === 'working' && grain === 'day' && !calendar.isWorkingDay(start);
}

/** Whether the last value of a period was expected by now. */
function isDue(input: Kpi, period: Period, { asOf, calendar }: QualityRequest): boolean {
  return expectedAt(input, lastWithin(input, period, calendar), calendar) <= asOf;
}

function lastExpected(inputs: readonly Kpi[], period: Period, calendar: Calendar): number {
  return Math.max(...inputs.map((input) => expectedAt(input, lastWithin(input, period, calendar), calendar)));
}

function lastWithin(input: Kpi, period: Period, calendar: Calendar): Period {
  const end = convertTime(period.end, period.grain, input.grain, calendar);
  return periodAt(end - 1, input.grain, calendar);
}

/** A public holiday, and what is compared with one, tells nothing about jumps. */
function jumpsOf(kpi: Kpi, periods: readonly Period[], values: number[], calendar: Calendar): Array<Jump | 0 | null> {
  const grain = periods[0]?.grain ?? 'day';
  const lag = SEASON[grain] ?? 2;
  if (!kpi.quality.jump) {
    return values.map(() => null);
  }
  const found = findJumps(Float64Array.from(values), lag, kpi.quality.jump);
  const isHoliday = (date: number) => calendar.holiday(date) !== null;
  return found.map((jump, i) => {
    const { start } = periods[i]!;
    return jump && grain === 'day' && [0, -1, -lag].some((days) => isHoliday(addDays(start, days))) ? null : jump;
  });
}

function outOfRange({ quality: { range } }: Kpi, value: number | null): boolean {
  return value !== null && (value < (range.min ?? -Infinity) || value > (range.max ?? Infinity));
}

/** How many values of a period are stored. */
function storedIn(
  inputs: readonly Kpi[],
  series: QualityRequest['series'],
  { start, end, grain }: Period,
  calendar: Calendar
): number {
  return inputs.reduce((sum, input) => {
    const from = convertTime(start, grain, input.grain, calendar);
    const to = convertTime(end, grain, input.grain, calendar);
    const all = series.get(input.id) ?? [];
    return sum + all.reduce((its, { times }) => its + firstFrom(times, to) - firstFrom(times, from), 0);
  }, 0);
}

/** Index of the first time at or after one. */
function firstFrom(times: ArrayLike<number>, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < time) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** Compares the two sides in the period of the reconciliation that a scored period lies in; null while either is not whole. */
function reconciler(request: QualityRequest, one: Reconciliation) {
  const { kpi, catalogue, calendar, series, asOf } = request;
  const at = coarser(one.at, scoreGrain(kpi, catalogue));
  const side = (of: Kpi): Slice | undefined => evaluate({ kpi: of, catalogue, calendar, series, grain: at, asOf })[0];
  const [own, other] = [side(kpi), side(otherOf(kpi, one))];
  return ({ start }: Period): { agrees: boolean; differing: Differing } | null => {
    const period = periodAt(start, at, calendar);
    const isOver = instantOf(period.end, at, calendar) <= asOf;
    const [a, b] = [own?.over(period.start, period.end), other?.over(period.start, period.end)];
    const isWhole = (a?.completeness ?? 0) >= 1 && (b?.completeness ?? 0) >= 1;
    if (!isOver || !isWhole || a!.value === null || b!.value === null) {
      return null;
    }
    const differing = { with: one.with, at, value: a!.value, other: b!.value };
    return { agrees: agree(a!.value, b!.value, one.tolerance), differing };
  };
}
