/** Periods by what returns: Mondays, Januaries, the hours of the day. */
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { DAY_MS, partsOf } from '@kpi-monitor/model/time/civil';
import { type Grain, isCivil } from '@kpi-monitor/model/time/grain';
import { formatPeriod } from '@kpi-monitor/model/format/period';

export interface Group {
  name: string;
  /** of its periods */
  values: number[];
  /**
   * Means of periods that follow each other: the days of one March hang together, and say no more than one value about
   * whether Marches differ.
   */
  blocks: number[];
}

export interface Grouping {
  /** "Weekday" */
  by: string;
  /** in the order of the calendar; each has a value */
  groups: Group[];
}

interface Way {
  by: string;
  /** place in the order of groups, its name, and what tells blocks apart, of a period's start */
  of(time: number): { place: number; name: string; block: number };
}

/** @param values NaN = missing @returns ways to group that tell at least two groups apart, each of two blocks */
export function groupPeriods(
  { times, values }: { times: readonly number[]; values: ArrayLike<number> },
  grain: Grain,
  calendar: Calendar
): Grouping[] {
  return waysOf(grain, calendar)
    .map((way) => ({ by: way.by, groups: groupsOf(times, values, way) }))
    .filter(({ groups }) => groups.filter(({ blocks }) => blocks.length > 1).length > 1);
}

function groupsOf(times: readonly number[], values: ArrayLike<number>, way: Way): Group[] {
  const found = new Map<number, { name: string; values: number[]; blocks: Map<number, number[]> }>();
  times.forEach((time, i) => {
    const value = values[i]!;
    if (!Number.isFinite(value)) {
      return;
    }
    const { place, name, block } = way.of(time);
    const group = found.get(place) ?? { name, values: [], blocks: new Map<number, number[]>() };
    found.set(place, group);
    group.values.push(value);
    group.blocks.set(block, [...(group.blocks.get(block) ?? []), value]);
  });
  return [...found]
    .sort(([a], [b]) => a - b)
    .map(([, group]) => ({ ...group, blocks: [...group.blocks.values()].map(mean) }));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function waysOf(grain: Grain, calendar: Calendar): Way[] {
  const dateOf = isCivil(grain) ? (time: number) => time : (time: number) => calendar.toCivil(time);
  const weekday: Way = {
    by: 'Weekday',
    of: (time) => {
      const date = dateOf(time);
      const place = (partsOf(date).weekday - calendar.weekStart + 7) % 7;
      return { place, name: nameOf(date, { weekday: 'long' }, calendar), block: date / DAY_MS };
    },
  };
  const month: Way = {
    by: 'Month',
    of: (time) => {
      const date = dateOf(time);
      const place = partsOf(date).month;
      return { place, name: nameOf(date, { month: 'long' }, calendar), block: partsOf(date).year };
    },
  };
  const hour: Way = {
    by: 'Hour',
    of: (time) => {
      const date = dateOf(time);
      const text = nameOf(time, { hour: '2-digit', minute: '2-digit' }, calendar, calendar.zone);
      const name = `${text.slice(0, text.indexOf(':'))}:00`;
      return { place: Number.parseInt(text, 10), name, block: date / DAY_MS };
    },
  };
  const quarter: Way = {
    by: 'Quarter',
    of: (time) => {
      const name = formatPeriod(time, grain, calendar).split(' ')[0]!;
      return { place: Number(name.slice(1)), name, block: time };
    },
  };
  switch (grain) {
    case 'minute':
    case 'hour':
      return [hour, weekday];
    case 'day':
      return [weekday, month];
    case 'week':
    case 'month':
      return [month];
    case 'quarter':
    case 'fiscal_quarter':
      return [quarter];
    default:
      return [];
  }
}

function nameOf(time: number, options: Intl.DateTimeFormatOptions, { locale }: Calendar, timeZone = 'UTC'): string {
  const own = locale === 'en-US' ? 'en-GB' : locale;
  const key = `${own} ${timeZone} ${Object.keys(options).join()}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(own, { ...options, timeZone });
    formats.set(key, format);
  }
  return format.format(time);
}

/** Making one is slow. */
const formats = new Map<string, Intl.DateTimeFormat>();
