/** `since:` of a source that is asked for windows: where its history begins, which it cannot know itself. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { parseIsoDate } from '@kpi-monitor/model/time/civil';
import { isCivil } from '@kpi-monitor/model/time/grain';

import type { Source } from './source';

export function withSince(source: Source, kpi: Kpi, calendar: Calendar): Source {
  const since = kpi.source && 'since' in kpi.source ? kpi.source.since : undefined;
  // What goes on from a cursor has its history behind it.
  if (since === undefined || source.resumes) {
    return source;
  }
  const date = parseIsoDate(since)!;
  return { ...source, origin: () => (isCivil(kpi.grain) ? date : calendar.toInstant(date)) };
}
