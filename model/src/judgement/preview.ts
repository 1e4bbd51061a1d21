/** What a change of thresholds or target would have meant: the judged periods of a year, as they were and as they would be. */
import type { Slice } from '../aggregation/evaluate';
import type { Kpi } from '../catalogue/catalogue';
import { formatValue } from '../format/number';
import { formatPeriod } from '../format/period';
import type { EditProblem, JudgementChange, LevelCounts, PreviewAnswer } from '../query/judgement-answer';
import { type Level, LEVELS } from '../status';
import type { Calendar } from '../time/calendar';
import { DAY_MS } from '../time/civil';
import { GRAIN_MS } from '../time/grain';
import { type Period, periodNow, step } from '../time/period';

import { withValues } from './edits';
import { judgedPeriods } from './history';

const LEAST = 12;
/** A year of hours would be too many to show. */
const MOST = 1000;

/** The periods that a preview looks at: those that are over, of a year, from twelve to a thousand. */
export function previewed(kpi: Kpi, calendar: Calendar, asOf: number): { first: Period; end: number; count: number } {
  const open = periodNow(asOf, kpi.judge.at, calendar);
  const count = Math.max(LEAST, Math.min(MOST, Math.round((365.25 * DAY_MS) / GRAIN_MS[kpi.judge.at])));
  return { first: step(open, -count), end: open.start, count };
}

export interface PreviewRequest {
  /** with the edits that hold */
  kpi: Kpi;
  /** the whole, evaluated at the judged grain; undefined while it has no values */
  slice: Slice | undefined;
  change: JudgementChange;
  problems: EditProblem[];
  calendar: Calendar;
  asOf: number;
}

export function previewOf({ kpi, slice, change, problems, calendar, asOf }: PreviewRequest): PreviewAnswer {
  const { first, end } = previewed(kpi, calendar, asOf);
  const judged = (by: Kpi) =>
    slice ? judgedPeriods({ kpi: by, slice, calendar, asOf }, first.start, end).filter((p) => p.life !== 'open') : [];
  const was = judged(kpi);
  const would = problems.length === 0 ? judged(withValues(kpi, change)) : null;
  const style = { unit: kpi.unit, decimals: kpi.decimals, locale: calendar.locale };
  const rows = was.map(({ start, value, level, boundaries }, i) => ({
    period: start,
    periodText: formatPeriod(start, kpi.judge.at, calendar),
    value,
    valueText: value === null ? '' : formatValue(value, style),
    level,
    levelThen: would?.[i]!.level ?? null,
    boundaries,
    boundariesThen: would?.[i]!.boundaries ?? null,
  }));
  const then = countsOf(would?.map(({ level }) => level) ?? []);
  return {
    periods: rows.length,
    from: first.start,
    to: end,
    now: countsOf(rows.map(({ level }) => level)),
    then,
    rows,
    text: would ? `with these values there would have been ${countsText(then)}` : '',
    problems,
  };
}

function countsOf(levels: ReadonlyArray<Level | null>): LevelCounts {
  const counts: LevelCounts = { normal: 0, warning: 0, critical: 0, emergency: 0, notJudged: 0 };
  levels.forEach((level) => counts[level === null ? 'notJudged' : LEVELS[level]]++);
  return counts;
}

/** "9 warnings, 2 critical", "no warning" */
function countsText({ warning, critical, emergency, normal }: LevelCounts): string {
  const parts = [
    warning > 0 && `${warning} warning${warning === 1 ? '' : 's'}`,
    critical > 0 && `${critical} critical`,
    emergency > 0 && `${emergency} ${emergency === 1 ? 'emergency' : 'emergencies'}`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(', ') : normal > 0 ? 'no warning' : 'nothing judged';
}
