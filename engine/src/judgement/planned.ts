/** Edits that are recorded already and hold from a later period on. */
import { firstDay } from '@kpi-monitor/model/judgement/references';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { isoDate } from '@kpi-monitor/model/time/civil';
import type { Period } from '@kpi-monitor/model/time/period';

import type { StoredEdit } from './edit-log';

const MOST = 50;

/** @returns those that will come to hold, earliest first */
export function plannedEdits(edits: readonly StoredEdit[], open: Period, calendar: Calendar): StoredEdit[] {
  const today = isoDate(firstDay(open, calendar));
  const planned: StoredEdit[] = [];
  const taken = new Set<string>();
  let ended = '9999-12-31';
  for (const edit of edits.toReversed()) {
    if (edit.action === 'reset') {
      ended = edit.from < ended ? edit.from : ended;
      continue;
    }
    const sets = (['thresholds', 'target'] as const).filter((aspect) => edit.change[aspect] !== undefined);
    const isNews = sets.some((aspect) => !taken.has(`${aspect} ${edit.from}`));
    sets.forEach((aspect) => taken.add(`${aspect} ${edit.from}`));
    if (isNews && edit.from > today && edit.from < ended) {
      planned.push(edit);
    }
  }
  return planned.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.revision - b.revision)).slice(0, MOST);
}
