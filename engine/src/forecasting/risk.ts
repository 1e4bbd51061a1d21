/** What a landing means: how likely the target is missed, and when it becomes critical. */
import { type Landing, probabilityBelow } from '@kpi-monitor/analysis/forecast/condition';
import { normalQuantile } from '@kpi-monitor/analysis/probability/distributions';
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { scopeOf } from '@kpi-monitor/model/judgement/history';
import { levelOf, THRESHOLD_LEVELS } from '@kpi-monitor/model/judgement/levels';
import { targetFor } from '@kpi-monitor/model/judgement/references';
import { boundariesFor } from '@kpi-monitor/model/judgement/thresholds';
import type { Boundaries } from '@kpi-monitor/model/query/frames';
import type { Level } from '@kpi-monitor/model/status';
import { DAY_MS } from '@kpi-monitor/model/time/civil';
import { instantOf, type Period } from '@kpi-monitor/model/time/period';

import type { Context } from '../queries/context';

import type { Outlook } from './outlook';

export interface Risk {
  target: number | null;
  boundaries: Boundaries | null;
  expected: number;
  lower90: number;
  upper90: number;
  /** 0–1; null without a target (for a range: without thresholds) */
  missProbability: number | null;
  /** 0–1, of at least each level; null without thresholds */
  atLeast: Record<1 | 2 | 3, number> | null;
  expectedLevel: Level | null;
  /** the first period that is expected to be critical or worse, and the days until it is over */
  breach: { period: Period; days: number } | null;
}

const WITHIN_90 = normalQuantile(0.95);

/** @returns null when the outlook has no landing */
export function riskOf(kpi: Kpi, outlook: Outlook, context: Context): Risk | null {
  const { landing, open, line } = outlook;
  if (!landing) {
    return null;
  }
  const { target, boundaries } = judgementOf(kpi, outlook, open, context);
  const bounds = line.state === 'ready' ? line.bounds : {};
  const half = WITHIN_90 * landing.deviation;
  const within = (value: number) => Math.max(bounds.min ?? -Infinity, Math.min(bounds.max ?? Infinity, value));
  return {
    target,
    boundaries,
    expected: landing.expected,
    lower90: within(landing.expected - half),
    upper90: within(landing.expected + half),
    missProbability: missProbability(kpi, landing, target, boundaries),
    atLeast: boundaries && {
      1: probabilityOf(1, boundaries, landing),
      2: probabilityOf(2, boundaries, landing),
      3: probabilityOf(3, boundaries, landing),
    },
    expectedLevel: boundaries && levelOf(landing.expected, boundaries),
    breach: breachOf(kpi, outlook, context),
  };
}

/** Target and thresholds of a period of an outlook's grain. */
export function judgementOf(kpi: Kpi, { slice }: Outlook, period: Period, { calendar, range }: Context) {
  const scope = scopeOf(slice);
  const target = targetFor(kpi, period, scope, calendar, range.asOf);
  const { boundaries } = boundariesFor(kpi, period, scope, target, calendar, range.asOf);
  return { target, boundaries };
}

function missProbability(
  { direction }: Kpi,
  landing: Landing,
  target: number | null,
  boundaries: Boundaries | null
): number | null {
  if (direction === 'range') {
    return boundaries && probabilityOf(1, boundaries, landing);
  }
  if (target === null) {
    return null;
  }
  // Whoever lands exactly on the target has met it.
  const below = probabilityBelow(target, landing);
  return direction === 'up' ? below : landing.deviation > 0 ? 1 - below : Number(landing.expected > target);
}

/** Of a level or a worse one. */
function probabilityOf(level: 1 | 2 | 3, boundaries: Boundaries, landing: Landing): number {
  if (landing.deviation <= 0) {
    return levelOf(landing.expected, boundaries) >= level ? 1 : 0;
  }
  let most = 0;
  for (const name of THRESHOLD_LEVELS.slice(level - 1)) {
    const bound = boundaries[name];
    if (Array.isArray(bound)) {
      most = Math.max(most, probabilityBelow(bound[0], landing) + 1 - probabilityBelow(bound[1], landing));
    } else if (bound !== undefined) {
      const below = probabilityBelow(bound, landing);
      most = Math.max(most, boundaries.direction === 'down' ? 1 - below : below);
    }
  }
  return most;
}

/** Periods one after the other, the open one by its landing. */
function breachOf(kpi: Kpi, outlook: Outlook, context: Context): Risk['breach'] {
  const { calendar, range } = context;
  const { landing, open, line } = outlook;
  const ahead = line.state === 'ready' ? line : null;
  const expected: Array<[Period, number]> = [
    [open, landing!.expected],
    ...(ahead?.periods ?? []).flatMap((period, h): Array<[Period, number]> =>
      period.start > open.start ? [[period, ahead!.bands.point[h]!]] : []
    ),
  ];
  for (const [period, value] of expected) {
    const { boundaries } = judgementOf(kpi, outlook, period, context);
    if (boundaries && levelOf(value, boundaries) >= 2) {
      const end = instantOf(period.end, period.grain, calendar);
      return { period, days: Math.max(0, Math.ceil((end - range.asOf) / DAY_MS)) };
    }
  }
  return null;
}
