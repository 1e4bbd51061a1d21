/** Where a KPI stands: the one function behind every card, table row, alert value, report line and CLI answer. */
import type { Slice } from '../aggregation/evaluate';
import { inputsOf, nativeGrain } from '../aggregation/resolve';
import type { Catalogue, Kpi } from '../catalogue/catalogue';
import { formatDifference, formatValue, isPercent } from '../format/number';
import { formatDuration, formatPeriod, shortPeriod } from '../format/period';
import type { Sparkline, StatusRow } from '../query/frames';
import type { Comparison } from '../query/query';
import { type Freshness, type Outlook, OUTLOOK_TEXT, statusOf } from '../status';
import type { Calendar } from '../time/calendar';
import { type Grain, isCivil } from '../time/grain';
import { type Period, periodAt, periodNow, step } from '../time/period';

import { comparisonBase, comparisonText } from './compare';
import { type Age, ageOf } from './freshness';
import { episodesOf, type JudgedPeriod, judgedPeriods, scopeOf } from './history';
import { landingOf, outlookOf } from './outlook';
import { paceOf } from './pace';
import { targetFor } from './references';
import { boundariesFor, meetsTarget } from './thresholds';

export interface AssessRequest {
  kpi: Kpi;
  catalogue: Catalogue;
  calendar: Calendar;
  /** evaluated at the judged grain */
  slice: Slice;
  /** newest stored start of every input, in its own grain's store time; an input without values is absent */
  newest: ReadonlyMap<string, number>;
  asOf: number;
  compare?: Comparison;
  basis?: 'settled' | 'current';
  /** tells news from usual variation; without it a change stays neutral */
  readSignal?: SignalReader;
  /** where a forecast that has proven better than the pace sees the open period land */
  foretold?: number;
}

/**
 * Reads the last of the values of judged periods, oldest first: 1 or -1 when it is news, above or below what is usual; 0
 * for usual variation; null when there are too few to say.
 */
export type SignalReader = (values: ReadonlyArray<number | null>, grain: Grain) => 1 | 0 | -1 | null;

/** Judged periods that a card looks back on: since when it has been bad, and what is usual, of which a year is a part. */
export const HISTORY_PERIODS = 36;
const SPARK_PERIODS = 13;

/** @returns the status row of one slice, its texts in the calendar's locale */
export function assess(request: AssessRequest): StatusRow {
  const { kpi, catalogue, calendar, slice, asOf, compare = 'previous', basis = 'settled' } = request;
  const grain = kpi.judge.at;
  const now = periodNow(asOf, grain, calendar);
  const history = judgedPeriods({ kpi, slice, calendar, asOf }, step(now, -HISTORY_PERIODS).start, now.end);
  const judged = chooseJudged(history, basis);
  const period = judged ? { grain, start: judged.start, end: judged.end } : null;
  const age = oldestInput(request);
  const style = { unit: kpi.unit, decimals: kpi.decimals, locale: calendar.locale };
  const text = (value: number | null) => formatValue(value, style);
  const value = judged?.value ?? null;
  const level = judged?.level ?? null;
  const target = judged?.target ?? null;
  const life = judged && value !== null ? judged.life : null;
  const category = catalogue.categories.find((c) => c.id === kpi.category);
  const since = level ? sinceOf(history, judged!) : null;
  const freshness = value === null && !hasAny(history) && age.freshness === 'fresh' ? 'none' : age.freshness;
  return {
    kpi: kpi.id,
    name: kpi.name,
    category: kpi.category,
    categoryName: category?.name ?? kpi.category,
    tier: kpi.tier,
    owner: kpi.owners?.notify ?? kpi.owners?.accountable ?? '',
    grain,
    slice: slice.slice,
    unit: kpi.unit,
    decimals: kpi.decimals,
    direction: kpi.direction,

    value,
    valueText: text(value),
    level,
    status: statusOf({ level, freshness, life: life ?? undefined }),
    freshness,
    reason: level === null ? judged?.reason || lifeReason(judged) : '',
    life,
    missing: missingOf(judged),
    period: period?.start ?? null,
    periodText: period ? formatPeriod(period.start, grain, calendar) : '',
    since,
    sinceText: since === null || since === period?.start ? '' : `since ${formatPeriod(since, grain, calendar)}`,
    boundaries: judged?.boundaries ?? null,

    target,
    targetText: target === null ? '' : text(target),
    targetMet: value === null ? null : meetsTarget(value, target, judged?.boundaries ?? null, kpi),
    attainment: attainmentOf(kpi, value, target),
    gapText: gapText(kpi, value, target, calendar),

    ...changeOf(request, history, judged, compare),
    ...openPart(request, now, history),

    spark: sparkOf(history),
    dataUntil: slice.end,
    overdue: age.overdue,
    ageText: ageText(request, age),
    restatedText: '',
    source: kpi.formula ? 'formula' : (kpi.source?.kind ?? ''),
    definition: kpi.definition?.text ?? '',
  };
}

/**
 * The last settled period; unless a later one is over, due to be final and still incomplete: that is not hidden behind
 * an old good value. Without any, the newest period that has a value.
 */
function chooseJudged(history: readonly JudgedPeriod[], basis: 'settled' | 'current'): JudgedPeriod | null {
  const newestWithValue = history.findLast((period) => period.value !== null) ?? null;
  if (basis === 'current') {
    return newestWithValue;
  }
  const settled = history.findLastIndex((period) => period.life === 'settled' && period.value !== null);
  const incomplete = history.findLastIndex(
    (period) => period.life === 'provisional' && period.value !== null && period.isOverdue
  );
  const index = Math.max(settled, incomplete);
  return index >= 0 ? history[index]! : newestWithValue;
}

function hasAny(history: readonly JudgedPeriod[]): boolean {
  return history.some((period) => period.value !== null);
}

function lifeReason(judged: JudgedPeriod | null): string {
  switch (judged?.life) {
    case 'open':
      return 'its first period is still running';
    case 'provisional':
      return 'its values may still change';
    default:
      return '';
  }
}

function missingOf(judged: JudgedPeriod | null): number | null {
  if (!judged || judged.value === null) {
    return null;
  }
  return judged.isOverdue ? Math.round(1000 * (1 - judged.completeness)) / 10 : 0;
}

function sinceOf(history: readonly JudgedPeriod[], judged: JudgedPeriod): number | null {
  const until = history.filter((period) => period.start <= judged.start);
  return episodesOf(until).at(-1)?.from ?? null;
}

function sparkOf(history: readonly JudgedPeriod[]): Sparkline {
  const closed = history.filter((period) => period.life !== 'open').slice(-SPARK_PERIODS);
  const first = closed.findIndex((period) => period.value !== null);
  const shown = first < 0 ? [] : closed.slice(first);
  return { times: shown.map((period) => period.start), values: shown.map((period) => period.value) };
}

function attainmentOf(kpi: Kpi, value: number | null, target: number | null): number | null {
  return kpi.kind === 'flow' && value !== null && target !== null && target > 0 ? (value / target) * 100 : null;
}

/** "8 % below target", "50 % over target", "1.2 pp above target": how far off, never by a per cent that misleads. */
function gapText(kpi: Kpi, value: number | null, target: number | null, calendar: Calendar): string {
  if (value === null || target === null) {
    return '';
  }
  const gap = value - target;
  const inPercent = target > 0 && !isPointScore(kpi) && !isPercent(kpi.unit);
  const style = { unit: kpi.unit, decimals: kpi.decimals, locale: calendar.locale };
  const amount = inPercent
    ? formatValue((Math.abs(gap) / target) * 100, {
        unit: 'percent',
        decimals: percentDecimals(gap / target),
        locale: calendar.locale,
      })
    : formatDifference(Math.abs(gap), style, isPointScore(kpi));
  if (Math.abs(gap) < 10 ** -kpi.decimals / 2) {
    return 'on target';
  }
  if (gap < 0) {
    return `${amount} below target`;
  }
  return kpi.direction === 'down' ? `${amount} over target` : `${amount} above target`;
}

/** A score on a scale of its own differs by points; one in money, such as a lifetime value, by money. */
function isPointScore(kpi: Kpi): boolean {
  return kpi.kind === 'score' && !kpi.unit.startsWith('currency');
}

/** One decimal where a whole number would hide the change, none beyond ten per cent. */
function percentDecimals(ratio: number): number {
  return Math.abs(ratio) < 0.1 ? 1 : 0;
}

/** In per cent of the base, or in points where a per cent of it would mislead; `sign` 0 for what reads as nothing. */
export function changeBetween(
  kpi: Kpi,
  base: number,
  current: number,
  { locale }: Pick<Calendar, 'locale'>
): { change: number; text: string; sign: -1 | 0 | 1 } {
  const change = current - base;
  const style = { unit: kpi.unit, decimals: kpi.decimals, locale, signed: true };
  const inPercent = base > 0 && !isPercent(kpi.unit) && !isPointScore(kpi);
  const shown = inPercent ? (change / base) * 100 : change;
  const decimals = inPercent ? percentDecimals(change / base) : kpi.decimals;
  const text = inPercent
    ? formatValue(shown, { ...style, unit: 'percent', decimals })
    : formatDifference(shown, style, isPointScore(kpi));
  // What reads as 0.0 has no direction.
  const isNothing = Math.abs(shown) * (kpi.unit === 'percentunit' ? 100 : 1) < 10 ** -decimals / 2;
  return { change, text, sign: isNothing ? 0 : change > 0 ? 1 : -1 };
}

type ChangePart = Pick<
  StatusRow,
  'change' | 'changeText' | 'changeSignal' | 'changeSense' | 'changeSign' | 'comparisonText'
>;

function changeOf(
  { kpi, slice, calendar, asOf, readSignal }: AssessRequest,
  history: readonly JudgedPeriod[],
  judged: JudgedPeriod | null,
  compare: Comparison
): ChangePart {
  const none: ChangePart = {
    change: null,
    changeText: '',
    changeSignal: 'unknown',
    changeSense: 'neutral',
    changeSign: null,
    comparisonText: '',
  };
  if (!judged || judged.value === null || compare === 'none') {
    return none;
  }
  const grain = kpi.judge.at;
  const period: Period = { grain, start: judged.start, end: judged.end };
  const until = judged.life === 'open' ? elapsedUntil(period, slice, asOf, calendar) : period.end;
  const current = until < period.end ? slice.over(period.start, until).value : judged.value;
  const base = compare === 'target' ? judged.target : comparisonBase({ kpi, slice, period, compare, until, calendar });
  const comparison = comparisonText(compare, grain);
  if (base === null || current === null) {
    return { ...none, comparisonText: comparison };
  }
  const { change, text: changeText, sign: changeSign } = changeBetween(kpi, base, current, calendar);
  const past = history.filter((one) => one.start <= judged.start).map((one) => one.value);
  const signal = judged.life === 'open' ? null : (readSignal?.(past, grain) ?? null);
  return {
    change,
    changeText,
    changeSignal: signal === null ? 'unknown' : signal === 0 ? 'usual' : 'signal',
    changeSense: senseOf(signal, changeSign, kpi.direction),
    changeSign,
    comparisonText: comparison,
  };
}

/** Good or bad news; a value that is news for being low, and yet higher than before, is neither. */
function senseOf(signal: 1 | 0 | -1 | null, sign: -1 | 0 | 1, direction: Kpi['direction']): StatusRow['changeSense'] {
  if (!signal || signal !== sign || direction === 'range') {
    return 'neutral';
  }
  return signal > 0 === (direction === 'up') ? 'good' : 'bad';
}

/** The end of the part of an open period that is over: whole steps that have a value. */
export function elapsedUntil(period: Period, slice: Slice, asOf: number, calendar: Calendar): number {
  const today = isCivil(period.grain) ? calendar.toCivil(asOf) : asOf;
  const until = Math.min(today, slice.end ?? period.start, period.end);
  return Math.max(period.start, until);
}

type OpenPart = Pick<
  StatusRow,
  | 'outlook'
  | 'outlookText'
  | 'soFar'
  | 'soFarText'
  | 'landing'
  | 'landingText'
  | 'paceNow'
  | 'openTarget'
  | 'openTargetText'
  | 'openBoundaries'
  | 'openPeriod'
  | 'openPeriodText'
  | 'paceBasis'
>;

/** @param period the one that is running */
function openPart(request: AssessRequest, period: Period, history: readonly JudgedPeriod[]): OpenPart {
  const { kpi, slice, calendar, asOf } = request;
  const { grain } = period;
  const scope = scopeOf(slice);
  const style = { unit: kpi.unit, decimals: kpi.decimals, locale: calendar.locale };
  const openTarget = targetFor(kpi, period, scope, calendar, asOf);
  const { boundaries } = boundariesFor(kpi, period, scope, openTarget, calendar, asOf);
  const current = history.find((one) => one.start === period.start);
  const until = elapsedUntil(period, slice, asOf, calendar);
  const addsUp = kpi.aggregate.time === 'sum' && !kpi.formula && !kpi.trailing && !kpi.to_date;
  const hasParts = nativeGrain(kpi, request.catalogue) !== grain;
  const elapsed = until > period.start ? slice.over(period.start, until).value : null;
  const pace = paceOf({ kpi, slice, period, until, scope, calendar, asOf });
  const lastSettled = history.findLast((one) => one.life === 'settled' && one.value !== null)?.value ?? null;
  const plan = addsUp ? openTarget : (lastSettled ?? openTarget);
  // A KPI that arrives once a period has no course within it, and nothing to judge before it is over.
  const byPace =
    hasParts && slice.end !== null ? landingOf({ soFar: elapsed, plan, expected: pace.expected, addsUp }) : null;
  const isForetold = byPace !== null && request.foretold !== undefined;
  const landing = isForetold ? request.foretold! : byPace;
  const outlook: Outlook | null = landing !== null && boundaries ? outlookOf(landing, boundaries) : null;
  const soFar = hasParts ? (current?.value ?? null) : null;
  const periodText = shortPeriod(period.start, grain, calendar);
  return {
    outlook,
    outlookText: outlook ? `${periodText} ${OUTLOOK_TEXT[outlook]}` : '',
    soFar,
    soFarText: soFar === null ? '' : formatValue(soFar, style),
    landing,
    landingText: landing === null ? '' : formatValue(landing, style),
    paceNow: addsUp && openTarget !== null && openTarget > 0 && hasParts ? openTarget * pace.expected : null,
    openTarget,
    openTargetText: openTarget === null ? '' : formatValue(openTarget, style),
    openBoundaries: boundaries,
    openPeriod: period.start,
    openPeriodText: formatPeriod(period.start, grain, calendar),
    paceBasis: outlook ? (isForetold ? 'forecast' : pace.basis) : '',
  };
}

const WORST: Freshness[] = ['fresh', 'late', 'none'];

/** A KPI is as old as its oldest input. */
function oldestInput({ kpi, catalogue, newest, asOf, calendar }: AssessRequest): Age {
  return inputsOf(kpi, catalogue)
    .map((input) => ageOf(input, newest.get(input.id) ?? null, asOf, calendar))
    .reduce((a, b) =>
      WORST.indexOf(b.freshness) - WORST.indexOf(a.freshness) > 0 ||
      (a.freshness === b.freshness && b.overdue > a.overdue)
        ? b
        : a
    );
}

function ageText({ kpi, catalogue, slice, calendar }: AssessRequest, age: Age): string {
  if (slice.end === null) {
    return 'no value yet';
  }
  if (age.freshness === 'late') {
    return `overdue by ${formatDuration(age.overdue)}`;
  }
  const grain = nativeGrain(kpi, catalogue);
  const last = periodAt(slice.end - 1, isCivil(grain) === isCivil(kpi.judge.at) ? grain : kpi.judge.at, calendar);
  return `through ${shortPeriod(last.start, last.grain, calendar)}`;
}
