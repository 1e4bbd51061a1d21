/** Days that are given on the command line. */
import { KpiError } from '@kpi-monitor/model/errors';
import { parseIsoDate } from '@kpi-monitor/model/time/civil';

/** A civil date at 00:00Z; absent when it is not given. @throws KpiError QUERY_RANGE naming the option */
export function dateOf(text: string | undefined, option: string): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  const date = parseIsoDate(text);
  if (date === null) {
    throw new KpiError('QUERY_RANGE', `${option} ${text} is no date; write it as 2026-03-01`);
  }
  return date;
}

/** @throws KpiError QUERY_RANGE */
export function rangeOf({ from, to }: { from?: string; to?: string }): { from?: number; to?: number } {
  const range = { from: dateOf(from, '--from'), to: dateOf(to, '--to') };
  if (range.from !== undefined && range.to !== undefined && range.from >= range.to) {
    throw new KpiError('QUERY_RANGE', `--to ${to} is not later than --from ${from}; it is the day after the last`);
  }
  return range;
}
