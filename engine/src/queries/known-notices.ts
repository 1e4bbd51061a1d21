/** Says of an answer that it is not what is known today. */
import { formatPeriod } from '@kpi-monitor/model/format/period';
import type { FrameMeta } from '@kpi-monitor/model/query/frames';

import type { Context } from './context';

/** @param at instant, epoch milliseconds; nothing is said where it is now or later */
export async function knownNotices(
  at: number,
  { revisions, calendar, range }: Pick<Context, 'revisions' | 'calendar' | 'range'>
): Promise<NonNullable<FrameMeta['notices']>> {
  if (at >= range.asOf) {
    return [];
  }
  const since = (await revisions()).filter(({ time }) => time > at).length;
  const day = formatPeriod(calendar.toCivil(at), 'day', calendar);
  const turned = since === 0 ? 'nothing was restated since' : 'what was restated since is turned back';
  return [{ severity: 'info', text: `As it was known on ${day}: ${turned}` }];
}
