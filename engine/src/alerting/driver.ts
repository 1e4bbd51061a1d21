/**
 * What drives a gap: the member of a dimension that explains more of it than its size does.
 *
 * What adds up is taken apart exactly: a member's part of the gap is its value less what was to be expected of it, its own
 * value of the base period, or of a target its share of the base period's whole. Of ratios and means a member's part is by
 * how much the gap would be another without it (leave one out); these parts need not add up.
 */
import { evaluate, type Slice } from '@kpi-monitor/model/aggregation/evaluate';
import { dimensionsOf } from '@kpi-monitor/model/aggregation/resolve';
import type { Catalogue, Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { Calendar } from '@kpi-monitor/model/time/calendar';

import type { SeriesById } from '../queries/read-series';

/** Half-open, store time of the judged grain. */
export interface Span {
  start: number;
  end: number;
}

export interface DriverRequest {
  kpi: Kpi;
  catalogue: Catalogue;
  calendar: Calendar;
  series: SeriesById;
  /** the whole, at the judged grain */
  slice: Slice;
  asOf: number;
  now: Span;
  /** what it is compared with */
  base: Span;
  /** of `now`; null to explain the difference from the base */
  target: number | null;
}

export interface Driver {
  dimension: string;
  member: string;
  /** its part of the gap, in the KPI's unit and with the gap's sign where it drives it */
  part: number;
  gap: number;
  /** part over gap */
  share: number;
}

/** Leaving one out needs an evaluation a member: beyond this many nobody waits for it. */
const MOST_MEMBERS = 24;

/** A member explains the gap when its part exceeds its size by this much of the gap. */
const LEAST_EXCESS = 0.1;

export interface Explained {
  against: 'target' | 'base';
  /** null when no member stands out */
  driver: Driver | null;
}

/** @returns null when there is no gap, or nothing to take it apart by */
export function driverOf(request: DriverRequest): Explained | null {
  const { kpi, catalogue, slice, now, base, target } = request;
  const value = slice.over(now.start, now.end).value;
  const before = slice.over(base.start, base.end).value;
  if (value === null || before === null) {
    return null;
  }
  const addsUp = kpi.aggregate.dimensions === 'sum' && !kpi.formula;
  const against = addsUp && target !== null && before > 0 ? 'target' : 'base';
  const goal = against === 'target' ? target! : before;
  const gap = value - goal;
  if (gap === 0) {
    return null;
  }
  const candidates = dimensionsOf(kpi, catalogue).flatMap((dimension) => {
    const parts = addsUp ? addedParts(request, dimension, goal / before) : leftOutParts(request, dimension, gap);
    return parts.map(({ member, part, size }) => {
      const share = part / gap;
      return { driver: { dimension, member, part, gap, share }, excess: share - size };
    });
  });
  const best = candidates.reduce<(typeof candidates)[number] | null>(
    (most, one) => (one.excess > (most?.excess ?? LEAST_EXCESS) ? one : most),
    null
  );
  return candidates.length > 0 ? { against, driver: best?.driver ?? null } : null;
}

interface Part {
  member: string;
  part: number;
  /** what it would explain if all did alike, 0–1 */
  size: number;
}

/** @param scale of what is expected of all to what they did in the base period */
function addedParts(request: DriverRequest, dimension: string, scale: number): Part[] {
  const { now, base, slice } = request;
  const whole = slice.over(base.start, base.end).value!;
  const members = membersAt(request, dimension);
  return members.length < 2
    ? []
    : members.map((member) => {
        const then = member.over(base.start, base.end).value ?? 0;
        const part = (member.over(now.start, now.end).value ?? 0) - scale * then;
        return { member: member.slice, part, size: whole > 0 ? then / whole : 1 / members.length };
      });
}

function leftOutParts(request: DriverRequest, dimension: string, gap: number): Part[] {
  const { now, base } = request;
  const members = membersAt(request, dimension).map(({ slice }) => slice);
  if (members.length < 2 || members.length > MOST_MEMBERS) {
    return [];
  }
  return members.flatMap((member) => {
    const others = members.filter((other) => other !== member);
    const [rest] = evaluateAt(request, { where: { [dimension]: others } });
    const value = rest!.over(now.start, now.end).value;
    const before = rest!.over(base.start, base.end).value;
    return value === null || before === null
      ? []
      : [{ member, part: gap - (value - before), size: 1 / members.length }];
  });
}

function membersAt(request: DriverRequest, split: string): Slice[] {
  return evaluateAt(request, { split });
}

function evaluateAt(
  { kpi, catalogue, calendar, series, asOf }: DriverRequest,
  of: { split?: string; where?: Record<string, string[]> }
): Slice[] {
  return evaluate({ kpi, catalogue, calendar, series, grain: kpi.judge.at, asOf, ...of });
}
