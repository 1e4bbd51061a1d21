/** Time in an archive: its newest period plays "now", while Grafana's relative ranges always mean the clock. */
import { dateMath, dateTime, type TimeOption } from '@grafana/data';

interface Range {
  from: string;
  to: string;
}

const YEARS = [1, 2, 5, 10];

/** A relative range as it stood at `now`, in ISO instants; what is absolute stays as it is. */
export function fixedRange({ from, to }: Range, now: number, timezone: string): Range {
  const fixed = (text: string, roundUp: boolean) => {
    const time = dateMath.isMathString(text) && dateMath.toDateTime(text, { now: dateTime(now), roundUp, timezone });
    return time ? time.toISOString() : text;
  };
  return { from: fixed(from, false), to: fixed(to, true) };
}

/** What the time picker offers instead of "last 12 months", which would be empty. */
export function archiveRanges(now: number, timezone: string): TimeOption[] {
  return YEARS.map((years) => ({
    ...fixedRange({ from: `now-${years}y/M`, to: 'now' }, now, timezone),
    display: years === 1 ? 'Last year of the archive' : `Last ${years} years of the archive`,
  }));
}
