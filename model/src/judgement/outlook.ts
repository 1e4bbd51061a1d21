/**
 * Where the open period will land. Not the ratio so far: what has come in, plus the planned remainder, trusted to
 * continue at the run rate as far as the period has gone.
 */
import { type Boundaries } from '../query/frames';
import type { Outlook } from '../status';

import { levelOf } from './levels';

export interface OutlookInput {
  /** value of the part of the period that is over; null when nothing is */
  soFar: number | null;
  /** what the whole period is planned to be: its target, or for levels the last settled value */
  plan: number | null;
  /** share of the period expected by now, 0–1 */
  expected: number;
  /** whether parts add up to the whole (flows), or the value is a level (ratios, scores) */
  addsUp: boolean;
}

/** Weight of the run rate where a quarter of the period is expected: one half. */
const HALF_TRUST = 0.25;

/**
 * The landing: so far + planned remainder x (w x run rate + 1 - w), with w = e / (e + 0.25) and the run rate what came
 * in over what was planned by now. A level is blended in the same proportions. Null without a plan.
 */
export function landingOf({ soFar, plan, expected, addsUp }: OutlookInput): number | null {
  if (plan === null || !Number.isFinite(plan)) {
    return null;
  }
  const w = expected / (expected + HALF_TRUST);
  if (!addsUp) {
    return soFar === null ? plan : expected * soFar + (1 - expected) * (w * soFar + (1 - w) * plan);
  }
  const arrived = soFar ?? 0;
  const planned = plan * expected;
  const remainder = plan - planned;
  const runRate = planned === 0 ? 1 : arrived / planned;
  return arrived + remainder * (w * runRate + 1 - w);
}

/** On pace, at risk (would land in warning), or a likely miss (would land in critical or worse). */
export function outlookOf(landing: number, boundaries: Boundaries): Outlook {
  const level = levelOf(landing, boundaries);
  return level === 0 ? 'on_pace' : level === 1 ? 'at_risk' : 'likely_miss';
}
