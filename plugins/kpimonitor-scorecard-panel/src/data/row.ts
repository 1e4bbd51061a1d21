import type { StatusRow } from '@kpi-monitor/model/query/frames';

/** One card, table row or cell. */
export interface ScoreRow extends StatusRow {
  /** tells it from the others of the panel, and stays the same when values refresh */
  key: string;
  /** of a data link, already filled in */
  href?: string;
}

/** What a column that is not there stands for. */
export const BLANK: StatusRow = {
  kpi: '',
  name: '',
  category: '',
  categoryName: '',
  tier: 'supporting',
  owner: '',
  grain: 'month',
  slice: '',
  unit: 'none',
  decimals: 0,
  direction: 'up',
  value: null,
  valueText: '',
  level: null,
  status: 'not_judged',
  freshness: 'fresh',
  reason: '',
  missing: null,
  life: null,
  period: null,
  periodText: '',
  since: null,
  sinceText: '',
  boundaries: null,
  target: null,
  targetText: '',
  targetMet: null,
  attainment: null,
  gapText: '',
  change: null,
  changeText: '',
  changeSignal: 'unknown',
  changeSense: 'neutral',
  changeSign: null,
  comparisonText: '',
  outlook: null,
  outlookText: '',
  soFar: null,
  soFarText: '',
  landing: null,
  landingText: '',
  paceNow: null,
  openTarget: null,
  openTargetText: '',
  openBoundaries: null,
  openPeriod: null,
  openPeriodText: '',
  paceBasis: '',
  spark: { times: [], values: [] },
  dataUntil: null,
  overdue: 0,
  ageText: '',
  restatedText: '',
  source: '',
  definition: '',
};
