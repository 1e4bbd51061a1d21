/** Targets: what a period was to reach, as it was in force for it and known at the time that is asked about. */
import type { Kpi } from '../catalogue/catalogue';
import type { Reference } from '../catalogue/schema';
import type { Calendar } from '../time/calendar';
import { parseIsoDate, partsOf } from '../time/civil';
import { type Grain, isCivil, isFiner, nests } from '../time/grain';
import { fiscalYear, type Period, periodAt, periodsBetween } from '../time/period';

/** What a number is of: fixed dimensions, none for the whole; a partial choice has no references at all. */
export interface Scope {
  labels: Readonly<Record<string, string>>;
  isPartial?: boolean;
}

/**
 * The target of a period, in the KPI's unit; null when none is in force. For what adds up over time, a longer period's
 * target is the sum of its parts'; a target is never divided, so a period shorter than the target's has none.
 */
export function targetFor(kpi: Kpi, period: Period, scope: Scope, calendar: Calendar, asOf: number): number | null {
  return amount(kpi, targetsOf(kpi, scope, calendar, asOf), period, calendar);
}

/** The target that is in force for a period, as it is written; null for none. */
export function targetReference(
  kpi: Kpi,
  period: Period,
  scope: Scope,
  calendar: Calendar,
  asOf: number
): Reference | null {
  return targetsOf(kpi, scope, calendar, asOf)(period);
}

/** Finds the target that is in force for a period: of the whole, an edit goes before the catalogue. */
function targetsOf(kpi: Kpi, scope: Scope, calendar: Calendar, asOf: number): (period: Period) => Reference | null {
  const targets = inScope(
    kpi.references.filter((reference) => reference.kind === 'target'),
    scope,
    asOf,
    calendar
  );
  return (period) => {
    const edited = isWhole(scope) ? kpi.overrides?.target(firstDay(period, calendar), asOf) : undefined;
    if (edited !== undefined) {
      return edited === null ? null : { kind: 'target', value: edited };
    }
    return inForce(targets, period, calendar);
  };
}

/** The civil date on which a period begins: what is in force on it judges the period. */
export function firstDay(period: Period, calendar: Calendar): number {
  return isCivil(period.grain) ? period.start : calendar.toCivil(period.start);
}

/** Whether a number is of all there is: what edits are about. */
export function isWhole({ labels, isPartial }: Scope): boolean {
  return !isPartial && Object.keys(labels).length === 0;
}

function amount(
  kpi: Kpi,
  referenceFor: (period: Period) => Reference | null,
  period: Period,
  calendar: Calendar
): number | null {
  const found = referenceFor(period);
  if (!found) {
    return null;
  }
  const at = baseGrain(found, kpi);
  if (at === period.grain) {
    return ownAmount(found, period, calendar);
  }
  if (isFiner(period.grain, at)) {
    return null;
  }
  if (kpi.aggregate.time !== 'sum') {
    return ownAmount(found, period, calendar);
  }
  if (!nests(at, period.grain, calendar.fiscalYearStart)) {
    return null;
  }
  let sum = 0;
  for (const part of periodsBetween(period.start, period.end, at, calendar)) {
    const reference = referenceFor(part);
    const value = reference && baseGrain(reference, kpi) === at ? ownAmount(reference, part, calendar) : null;
    if (value === null) {
      return null;
    }
    sum += value;
  }
  return sum;
}

/** The grain of which a reference gives one number a period. */
function baseGrain(reference: Reference, kpi: Kpi): Grain {
  if (reference.total !== undefined && reference.phasing) {
    return reference.phasing.length === 12 ? 'month' : (reference.at ?? kpi.judge.at);
  }
  return reference.at ?? kpi.judge.at;
}

function ownAmount(reference: Reference, period: Period, calendar: Calendar): number | null {
  if (reference.value !== undefined) {
    return reference.value;
  }
  const year = periodAt(period.start, 'fiscal_year', calendar);
  const parts = periodsBetween(year.start, year.end, period.grain, calendar);
  const index = parts.findIndex((part) => part.start === period.start);
  const share = reference.phasing ? reference.phasing[index] : 1 / parts.length;
  return share === undefined ? null : reference.total! * share;
}

/** Of the references that hold for a period: its own year's first, then the one that came into force last. */
function inForce(references: readonly Reference[], period: Period, calendar: Calendar): Reference | null {
  const date = firstDay(period, calendar);
  const year = fiscalYear(date, calendar);
  const holding = references.filter(
    (reference) => (reference.year === undefined || reference.year === year) && startOf(reference) <= date
  );
  return (
    holding.sort((a, b) => Number(b.year !== undefined) - Number(a.year !== undefined) || startOf(b) - startOf(a))[0] ??
    null
  );
}

function startOf(dated: { from?: string }): number {
  return dated.from === undefined ? -Infinity : parseIsoDate(dated.from)!;
}

interface Scoped {
  slice?: Record<string, string>;
  recorded?: string;
}

/** Those that are for exactly this slice and were recorded by then; a member's own beats one for each member. */
export function inScope<T extends Scoped>(all: readonly T[], scope: Scope, asOf: number, calendar: Calendar): T[] {
  if (scope.isPartial || all.length === 0) {
    return [];
  }
  const wanted = Object.entries(scope.labels);
  const fitting = all.filter((one) => {
    const slice = one.slice ?? {};
    const isKnown = one.recorded === undefined || calendar.toInstant(parseIsoDate(one.recorded)!) <= asOf;
    return (
      isKnown &&
      Object.keys(slice).length === wanted.length &&
      wanted.every(([dimension, member]) => slice[dimension] === member || slice[dimension] === '*')
    );
  });
  const own = fitting.filter((one) => !Object.values(one.slice ?? {}).includes('*'));
  return own.length > 0 ? own : fitting;
}

/** Shares of a period's target that a supplied phasing gives to its parts; null when it says nothing finer. */
export function phasingWithin(
  kpi: Kpi,
  period: Period,
  scope: Scope,
  calendar: Calendar,
  asOf: number
): number[] | null {
  const found = targetReference(kpi, period, scope, calendar, asOf);
  if (!found?.phasing || baseGrain(found, kpi) !== 'month' || !isFiner('month', period.grain)) {
    return null;
  }
  const { month } = partsOf(period.start);
  const first = (month - calendar.fiscalYearStart + 12) % 12;
  const count = periodsBetween(period.start, period.end, 'month', calendar).length;
  const shares = found.phasing.slice(first, first + count);
  const sum = shares.reduce((a, b) => a + b, 0);
  return shares.length === count && sum > 0 ? shares.map((share) => share / sum) : null;
}
