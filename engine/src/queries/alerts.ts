/** `alerts`: what is wrong and what was done about it; counted; over time; or how long somebody is waited for, for rules. */
import { waitOf } from '@kpi-monitor/model/judgement/escalation';
import {
  ALERT_MEASURE_TEXT,
  type AlertMeasure,
  type AlertRow,
  type AlertSummaryRow,
} from '@kpi-monitor/model/query/alert-frames';
import type { Frame } from '@kpi-monitor/model/query/frames';
import type { RequestQuery } from '@kpi-monitor/model/query/query';

import { numberField, timeField } from '../frames/field';
import { detailLink, HIDDEN, levelConfig, levelMapping } from '../frames/field-config';
import { emptyFrame, tableFrame, timeSeriesFrame, withNotices } from '../frames/frame';
import { seriesLabels } from '../frames/labels';
import { type Columns, tableColumns } from '../frames/table';
import { alertRow, byUrgency } from '../handling/alert-row';
import { summaryOf } from '../handling/alert-summary';
import { type Alerts, type KpiAlerts, readAlerts } from '../handling/read-alerts';

import { type Answerer, answerMeta, type Context } from './context';
import { numberFrames } from './numbers';

const LEVEL = { mappings: [levelMapping()], custom: { cellOptions: { type: 'color-text' } } };
/** Where alerts are acknowledged and notes written. */
const HANDLING = { title: 'Acknowledge, write a note', url: '/a/kpimonitor-kpi-app/kpis/${__data.fields.kpi}' };
const HOURS = { unit: 'suffix: h', decimals: 1 };
const DAYS = { unit: 'suffix: days', decimals: 1 };

const COLUMNS: Columns<AlertRow> = {
  state: { type: 'string', config: HIDDEN },
  stateText: { type: 'string', config: HIDDEN },
  kpi: { type: 'string', config: HIDDEN },
  name: { type: 'string', config: { displayName: 'KPI', links: [detailLink('${__data.fields.kpi}')] } },
  level: { type: 'number', config: { displayName: 'Status', ...LEVEL } },
  sinceText: { type: 'string', config: { displayName: 'Since' } },
  durationText: { type: 'string', config: { displayName: 'For' } },
  valueText: { type: 'string', config: { displayName: 'Value' } },
  targetText: { type: 'string', config: { displayName: 'Target' } },
  acknowledgedText: { type: 'string', config: { displayName: 'Acknowledged', links: [HANDLING] } },
  recoveredText: { type: 'string', config: { displayName: 'Over' } },
  notesText: { type: 'string', config: { displayName: 'Notes' } },
  owner: { type: 'string', config: { displayName: 'Owner' } },
  categoryName: { type: 'string', config: { displayName: 'Category' } },
  category: { type: 'string', config: HIDDEN },
  tier: { type: 'string', config: HIDDEN },
  grain: { type: 'string', config: HIDDEN },
  worst: { type: 'number', config: { displayName: 'Worst', ...HIDDEN, mappings: [levelMapping()] } },
  since: { type: 'time', config: { displayName: 'From', ...HIDDEN } },
  until: { type: 'time', config: { displayName: 'Until', ...HIDDEN } },
  periods: { type: 'number', config: { displayName: 'Periods', decimals: 0, ...HIDDEN } },
  value: { type: 'number', config: HIDDEN },
  target: { type: 'number', config: HIDDEN },
  raisedAt: { type: 'time', config: { displayName: 'Known at', ...HIDDEN } },
  acknowledgedBy: { type: 'string', config: HIDDEN },
  acknowledgedAt: { type: 'time', config: { displayName: 'Acknowledged at', ...HIDDEN } },
  hoursToAcknowledge: { type: 'number', config: { displayName: 'Working hours to acknowledge', ...HIDDEN, ...HOURS } },
  unacknowledgedHours: { type: 'number', config: { displayName: 'Working hours waited', ...HIDDEN, ...HOURS } },
  daysToRecover: { type: 'number', config: { displayName: 'Days to recover', ...HIDDEN, ...DAYS } },
  notes: { type: 'number', config: { ...HIDDEN, decimals: 0 } },
};

const COUNT = { decimals: 0, min: 0 };

const SUMMARY_COLUMNS: Columns<AlertSummaryRow> = {
  group: { type: 'string', config: HIDDEN },
  name: { type: 'string', config: { displayName: 'Name' } },
  alerts: { type: 'number', config: { displayName: 'Alerts', ...COUNT } },
  active: { type: 'number', config: { displayName: 'Active', ...COUNT } },
  waiting: { type: 'number', config: { displayName: 'Not acknowledged', ...COUNT } },
  critical: { type: 'number', config: { displayName: 'Critical', ...COUNT } },
  acknowledged: { type: 'number', config: { displayName: 'Acknowledged', ...COUNT } },
  hoursToAcknowledge: { type: 'number', config: { displayName: 'Working hours to acknowledge', ...HOURS } },
  daysToRecover: { type: 'number', config: { displayName: 'Days to recover', ...DAYS } },
};

export const answerAlerts: Answerer = async (query, context) => {
  const alerts = await readAlerts(query, context);
  switch (query.format) {
    case 'numeric':
      return waits(query, alerts, context);
    case 'timeseries':
      return overTime(query, alerts, context);
    default:
      return table(query, alerts, context);
  }
};

function table(query: RequestQuery, { found, notices }: Alerts, context: Context): Frame[] {
  const meta = answerMeta(query, context);
  const rows = found
    .flatMap(({ alerts }) => alerts)
    .filter(({ alert }) => query.alerts !== 'active' || alert.recoveredAt === null)
    .map((handled) => alertRow(handled, context))
    .sort(byUrgency);
  if (!query.by) {
    return [tableFrame('alerts', tableColumns(rows, COLUMNS), { meta, notices })];
  }
  const counted = summaryOf(rows, query.by);
  return [tableFrame('alert summary', tableColumns(counted, summaryColumns(counted)), { meta, notices })];
}

/** A bar in a cell is as long as the part that it is of the longest. */
function summaryColumns(rows: readonly AlertSummaryRow[]): Columns<AlertSummaryRow> {
  const most = Math.max(1, ...rows.map(({ alerts }) => alerts));
  return { ...SUMMARY_COLUMNS, alerts: { type: 'number', config: { displayName: 'Alerts', ...COUNT, max: most } } };
}

/** The level of each judged period of the KPIs that had an alert, the ones that have one first. */
function overTime(query: RequestQuery, { found, notices }: Alerts, context: Context): Frame[] {
  const isActive = ({ alerts }: KpiAlerts) => alerts.some(({ alert }) => alert.recoveredAt === null);
  const shown = found
    .filter((one) => (query.alerts === 'active' ? isActive(one) : one.alerts.length > 0))
    .sort((a, b) => Number(isActive(b)) - Number(isActive(a)) || badPeriods(b) - badPeriods(a));
  if (shown.length === 0) {
    return [emptyFrame('timeseries-multi', { meta: answerMeta(query, context), notices })];
  }
  const frames = shown.map(({ kpi, periods }) => {
    const starts = periods.map(({ start }) => start);
    const levels = periods.map(({ level }) => level);
    const level = numberField('level', levels, { labels: seriesLabels(kpi, {}), config: levelConfig(kpi, kpi.name) });
    const meta = answerMeta(query, context, { grain: kpi.judge.at });
    return timeSeriesFrame(kpi.name, timeField('time', starts), level, { meta });
  });
  return withNotices(frames, notices);
}

function badPeriods({ alerts }: KpiAlerts): number {
  return alerts.reduce((sum, { alert }) => sum + alert.periods, 0);
}

/** 0 where nobody is waited for; null where nobody knows, since the KPI never was judged. */
function waits(query: RequestQuery, { found, silent, notices }: Alerts, context: Context): Frame[] {
  const measure = query.measure === 'unacknowledgedHours' ? query.measure : 'escalation';
  const numbers = found.map((one) => ({ kpi: one.kpi, labels: {}, slice: '', value: waitNow(one, measure, context) }));
  return numberFrames(query, context, { numbers, silent, notices }, measure, (kpi, name) => ({
    displayName: name,
    description: ALERT_MEASURE_TEXT[measure],
    ...(measure === 'escalation' ? { unit: 'percentunit', decimals: 0, min: 0 } : { ...HOURS, min: 0 }),
    links: [detailLink(kpi.id, `${kpi.name} in detail`)],
  }));
}

function waitNow({ kpi, alerts, isJudged }: KpiAlerts, measure: AlertMeasure, { calendar, range }: Context) {
  if (!isJudged) {
    return null;
  }
  const last = alerts.at(-1);
  const wait = (since: number | null = null) => waitOf(since, kpi.judge.at, range.asOf, calendar);
  return measure === 'escalation' ? wait(last?.escalatingSince).share : wait(last?.waitingSince).hours;
}
