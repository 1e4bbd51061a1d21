/** An alert in the reader's words. */
import { formatValue } from '@kpi-monitor/model/format/number';
import { formatDuration, formatPeriod } from '@kpi-monitor/model/format/period';
import type { AlertPeriod } from '@kpi-monitor/model/judgement/alerts';
import { waitOf } from '@kpi-monitor/model/judgement/escalation';
import type { Remark } from '@kpi-monitor/model/judgement/handling';
import type { AlertRow } from '@kpi-monitor/model/query/alert-frames';
import { LEVELS, STATUS_TEXT } from '@kpi-monitor/model/status';
import { type Calendar } from '@kpi-monitor/model/time/calendar';
import { DAY_MS } from '@kpi-monitor/model/time/civil';
import { periodsBetween } from '@kpi-monitor/model/time/period';
import { workingDayMs, workingTimeBetween } from '@kpi-monitor/model/time/working-time';

import { ownerOf } from '../frames/labels';
import type { Context } from '../queries/context';
import { periodCount } from '../queries/names';

import type { HandledAlert } from './read-alerts';

const STATE_TEXT = { waiting: 'Nobody yet', acknowledged: 'Acknowledged', over: 'Over' } as const;
const HOUR = 3_600_000;

export function alertRow(handled: HandledAlert, { catalogue, calendar, range }: Context): AlertRow {
  const { kpi, alert, remarks, first, acknowledgement, waitingSince } = handled;
  const isOver = alert.recoveredAt !== null;
  const state = isOver ? 'over' : waitingSince !== null ? 'waiting' : 'acknowledged';
  const shown = isOver ? worstOf(alert.course) : alert.course.at(-1)!;
  const style = { unit: kpi.unit, decimals: kpi.decimals, locale: calendar.locale };
  const grain = kpi.judge.at;
  const { hours } = waitOf(waitingSince, grain, range.asOf, calendar);
  const daysToRecover = isOver ? (alert.recoveredAt! - alert.raisedAt) / DAY_MS : null;
  const told = remarks.filter(({ text }) => text !== '').toReversed();
  return {
    state,
    stateText: STATE_TEXT[state],
    kpi: kpi.id,
    name: kpi.name,
    category: kpi.category,
    categoryName: catalogue.categories.find(({ id }) => id === kpi.category)?.name ?? kpi.category,
    tier: kpi.tier,
    owner: ownerOf(kpi),
    grain,
    level: shown.level,
    worst: alert.worst,
    since: alert.from,
    sinceText: formatPeriod(alert.from, grain, calendar),
    until: isOver ? alert.to : null,
    periods: alert.periods,
    durationText: periodCount(periodsBetween(alert.from, alert.to, grain, calendar).length, grain),
    value: shown.value,
    valueText: formatValue(shown.value, style),
    target: shown.target,
    targetText: shown.target === null ? '' : formatValue(shown.target, style),
    raisedAt: alert.raisedAt,
    acknowledgedBy: acknowledgement?.by ?? '',
    acknowledgedAt: acknowledgement?.at ?? null,
    acknowledgedText: acknowledgedText(handled, hours, calendar),
    hoursToAcknowledge: first && workingTimeBetween(alert.raisedAt, first.at, calendar) / HOUR,
    unacknowledgedHours: hours,
    daysToRecover,
    recoveredText: daysToRecover === null ? '' : `after ${formatDuration(daysToRecover * DAY_MS)}`,
    notesText: told.map(({ by, text }) => `${by}: ${text}`).join(' · '),
    notes: told.length,
  };
}

/** "ada, 3 Mar, 10:12"; once it got worse "nobody yet, 3 working hours (ada has the warning)". */
function acknowledgedText({ alert, acknowledgement, waitingSince }: HandledAlert, hours: number, calendar: Calendar) {
  if (waitingSince !== null) {
    const of = acknowledgement ? ` (${acknowledgement.by} has the ${wordOf(acknowledgement)})` : '';
    return `nobody yet${workingText(hours, calendar)}${of}`;
  }
  if (acknowledgement) {
    return `${acknowledgement.by}, ${momentText(acknowledgement.at, calendar)}`;
  }
  return alert.recoveredAt === null ? '' : 'nobody';
}

/** ", 3 working hours", ", 12 working days"; nothing within the first hour */
function workingText(hours: number, calendar: Calendar): string {
  const days = (hours * HOUR) / workingDayMs(calendar);
  const [n, unit] = days < 1 ? [Math.floor(hours), 'hour'] : [Math.floor(days), 'day'];
  return n === 0 ? '' : `, ${n} working ${unit}${n === 1 ? '' : 's'}`;
}

function momentText(instant: number, calendar: Calendar): string {
  return formatPeriod(instant, 'hour', calendar);
}

function wordOf({ level }: Remark): string {
  return STATUS_TEXT[LEVELS[level!]].toLowerCase();
}

function worstOf(course: readonly AlertPeriod[]): AlertPeriod {
  return course.reduce((worst, period) => (period.level > worst.level ? period : worst));
}

/** Who is waited for comes first, the worst above the rest, the longest wait first; what is over last, newest first. */
export function byUrgency(a: AlertRow, b: AlertRow): number {
  const isOver = ({ state }: AlertRow) => Number(state === 'over');
  if (isOver(a) !== isOver(b)) {
    return isOver(a) - isOver(b);
  }
  if (isOver(a)) {
    return b.until! - a.until! || b.worst - a.worst || a.name.localeCompare(b.name);
  }
  const isAcknowledged = ({ state }: AlertRow) => Number(state === 'acknowledged');
  return (
    isAcknowledged(a) - isAcknowledged(b) ||
    b.level - a.level ||
    b.unacknowledgedHours - a.unacknowledgedHours ||
    a.raisedAt - b.raisedAt ||
    a.name.localeCompare(b.name)
  );
}
