/** Alerts from the store: episodes of KPIs, with what people did about them. */
import type { Slice } from '@kpi-monitor/model/aggregation/evaluate';
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { KpiError } from '@kpi-monitor/model/errors';
import { type Alert, alertsOf } from '@kpi-monitor/model/judgement/alerts';
import { HISTORY_PERIODS } from '@kpi-monitor/model/judgement/assess';
import {
  type Answered,
  answered,
  type Remark,
  remarksOf,
  remarksOn,
  watchedSince,
} from '@kpi-monitor/model/judgement/handling';
import { type JudgedPeriod, judgedPeriods } from '@kpi-monitor/model/judgement/history';
import { knownAt } from '@kpi-monitor/model/judgement/known-at';
import type { FrameMeta } from '@kpi-monitor/model/query/frames';
import type { RequestQuery } from '@kpi-monitor/model/query/query';
import { GRAIN_MS } from '@kpi-monitor/model/time/grain';
import { periodAt, step } from '@kpi-monitor/model/time/period';
import type { LogEntry } from '@kpi-monitor/store/store';

import type { Context } from '../queries/context';
import { requireFewer } from '../queries/limit';
import { storeRange } from '../queries/range';
import { type Asked, refusalNotices, selectAndEvaluate } from '../queries/select';

export interface HandledAlert extends Answered {
  kpi: Kpi;
  alert: Alert;
  /** on this alert, oldest first */
  remarks: Remark[];
}

export interface KpiAlerts {
  kpi: Kpi;
  /** judged periods of the range, oldest first */
  periods: JudgedPeriod[];
  /** those that touch the range, and those that go on; oldest first */
  alerts: HandledAlert[];
  /** of the KPI, oldest first */
  remarks: Remark[];
  /** false when it never was judged, so that nobody knows */
  isJudged: boolean;
}

export interface Alerts {
  found: KpiAlerts[];
  /** KPIs that cannot be asked this way */
  silent: Kpi[];
  notices: NonNullable<FrameMeta['notices']>;
}

interface AskedAlerts extends Asked {
  shown: { from: number; to: number };
}

/** Clocks of browsers differ from ours: what was recorded just now is not of the future. */
const CLOCKS_DIFFER = 5 * 60_000;

/** @throws KpiError QUERY_INVALID for parts of KPIs: an alert is of the whole */
export async function readAlerts(query: RequestQuery, context: Context): Promise<Alerts> {
  const { calendar, range, limits, store } = context;
  if (query.split || Object.values(query.select.where ?? {}).some((members) => members.length > 0)) {
    throw new KpiError('QUERY_INVALID', 'alerts are of whole KPIs: ask without a split and without conditions', {
      split: query.split,
    });
  }
  const [{ evaluated, refused }, entries] = await Promise.all([
    selectAndEvaluate<AskedAlerts>(query, context, (kpi) => {
      const grain = kpi.judge.at;
      const shown = storeRange(range, grain, calendar);
      requireFewer(kpi, (shown.to - shown.from) / GRAIN_MS[grain], limits);
      // An alert that the range begins in began before it.
      const from = step(periodAt(shown.from, grain, calendar), -HISTORY_PERIODS).start;
      return { kpi, grain, shown, from };
    }),
    store.entries('note', query.select.kpis?.length === 1 ? query.select.kpis[0] : undefined),
  ]);
  const recorded = byKpi(entries.filter(isKnown(context)));
  const found = evaluated.flatMap(({ asked, slices }) =>
    slices.map((slice) => alertsOfKpi(asked, slice, recorded.get(asked.kpi.id) ?? [], context))
  );
  return { found, silent: [...refused.keys()], notices: refusalNotices(refused) };
}

function alertsOfKpi(
  { kpi, from, shown }: AskedAlerts,
  slice: Slice,
  entries: readonly LogEntry[],
  { catalogue, calendar, range: { asOf } }: Context
): KpiAlerts {
  const periods = judgedPeriods({ kpi, slice, calendar, asOf }, from, shown.to);
  const grain = kpi.judge.at;
  const known = ({ start, end }: JudgedPeriod) => knownAt(kpi, { grain, start, end }, catalogue, calendar);
  const remarks = remarksOf(entries);
  // An archive's now lies before anybody watched it.
  const watched = watchedSince(entries.filter(({ time }) => time <= asOf));
  const alerts = alertsOf(periods, known, asOf)
    .filter(({ isOngoing, to }) => isOngoing || to > shown.from)
    .map((alert): HandledAlert => {
      const its = remarksOn(alert, remarks);
      return { kpi, alert, remarks: its, ...answered(alert, its, watched) };
    });
  return {
    kpi,
    periods: periods.filter(({ end }) => end > shown.from),
    alerts,
    remarks,
    isJudged: periods.some(({ level }) => level !== null),
  };
}

/** In an archive, whose now lies in the past, all that was written holds. */
function isKnown({ catalogue, range }: Context): (entry: LogEntry) => boolean {
  return catalogue.as_of === 'latest' ? () => true : ({ time }) => time <= range.asOf + CLOCKS_DIFFER;
}

function byKpi(entries: readonly LogEntry[]): Map<string, LogEntry[]> {
  const found = new Map<string, LogEntry[]>();
  for (const entry of entries) {
    const its = found.get(entry.kpi) ?? [];
    its.push(entry);
    found.set(entry.kpi, its);
  }
  return found;
}
