/** The outlooks that a query is about: one a KPI and slice. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { KpiError } from '@kpi-monitor/model/errors';
import type { FrameMeta } from '@kpi-monitor/model/query/frames';
import type { RequestQuery } from '@kpi-monitor/model/query/query';
import type { Grain } from '@kpi-monitor/model/time/grain';
import { convertTime } from '@kpi-monitor/model/time/period';

import { type Outlook, outlookAt, outlookStart } from '../forecasting/outlook';

import type { Context } from './context';
import { type Asked, refusalNotices, selectAndEvaluate } from './select';

export interface Going {
  kpi: Kpi;
  /** the member that was split by; `''` for the whole */
  slice: string;
  labels: Readonly<Record<string, string>>;
  /** at the grain that was asked for */
  outlook: Outlook;
  /** at the judged grain: the same one when that was asked for */
  judged: Outlook;
}

export interface Outlooks {
  going: Going[];
  /** KPIs that cannot be asked this way, or have no values at all */
  silent: Kpi[];
  notices: NonNullable<FrameMeta['notices']>;
}

interface AskedOutlook extends Asked {
  horizon?: number;
}

/** Forecasts for more than this many lines at once would be waited for too long. */
const MOST_LINES = 400;

export async function readOutlooks(
  query: RequestQuery,
  context: Context,
  grainOf: (kpi: Kpi) => Grain
): Promise<Outlooks> {
  const { calendar } = context;
  const { evaluated, refused } = await selectAndEvaluate<AskedOutlook>(query, context, (kpi) => {
    const grain = grainOf(kpi);
    const at = kpi.judge.at;
    const from = Math.min(
      outlookStart(kpi, grain, context),
      convertTime(outlookStart(kpi, at, context), at, grain, calendar)
    );
    return { kpi, grain, from, horizon: query.horizon };
  });
  let lines = 0;
  const pending: Array<Promise<Going | null>> = [];
  for (const { asked, slices, series } of evaluated) {
    const { kpi, grain, horizon } = asked;
    lines += slices.length;
    if (lines > MOST_LINES) {
      const message = `forecasts of more than ${MOST_LINES} lines at once are too much; choose fewer KPIs or another split`;
      throw new KpiError('QUERY_TOO_LARGE', message, { lines, most: MOST_LINES });
    }
    for (const slice of slices) {
      const members = query.split ? { [query.split]: [slice.slice] } : {};
      const where = { ...query.select.where, ...members };
      pending.push(going({ kpi, where, series, grain, horizon }, slice, context));
    }
  }
  const found = (await Promise.all(pending)).filter((one) => one !== null);
  context.signal?.throwIfAborted();
  const silent = [...evaluated.map(({ asked }) => asked.kpi), ...refused.keys()].filter(
    (kpi) => !found.some((one) => one.kpi === kpi)
  );
  return { going: found, silent, notices: [...refusalNotices(refused), ...pendingNotices(found, context)] };
}

async function going(
  request: Parameters<typeof outlookAt>[0],
  { slice, labels }: { slice: string; labels: Going['labels'] },
  context: Context
): Promise<Going | null> {
  const { kpi, grain } = request;
  const at = kpi.judge.at;
  const [outlook, judged] = await Promise.all([
    outlookAt(request, context),
    at === grain ? null : outlookAt({ ...request, grain: at, horizon: undefined }, context),
  ]);
  return outlook && { kpi, slice, labels, outlook, judged: judged ?? outlook };
}

function pendingNotices(found: readonly Going[], { foreseen }: Context): Outlooks['notices'] {
  const pending = found.filter(({ outlook, judged }) => outlook.state === 'pending' || judged.state === 'pending');
  const far = foreseen ? ` (those of ${foreseen.done} of ${foreseen.of} KPIs are done)` : '';
  const text = `FORECAST_PENDING: ${pending.length} of ${found.length} forecasts are still being fitted${far} and will be here soon`;
  return pending.length === 0 ? [] : [{ severity: 'info', text }];
}
