/** `forecastRisk`: who is likely to miss the target, worst first; as one number a KPI for alert rules. */
import { formatValue } from '@kpi-monitor/model/format/number';
import { formatPeriod } from '@kpi-monitor/model/format/period';
import type { RiskRow } from '@kpi-monitor/model/query/forecast-frames';
import type { FieldConfig } from '@kpi-monitor/model/query/frames';
import { NO_BREACH_DAYS, RISK_MEASURE_TEXT, type RiskMeasure, TIERS } from '@kpi-monitor/model/query/query';
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';

import { riskOf } from '../forecasting/risk';
import { riskText } from '../forecasting/risk-text';
import { detailLink, HIDDEN, levelMapping, PER_CENT, shownUnit } from '../frames/field-config';
import { tableFrame } from '../frames/frame';
import { ownerOf } from '../frames/labels';
import { type Columns, tableColumns } from '../frames/table';

import { type Answerer, answerMeta, type Context } from './context';
import { numberFrames } from './numbers';
import { type Going, readOutlooks } from './outlooks';

const LIKELY = { unit: PER_CENT, decimals: 0, min: 0, max: 100 };
/** A forecast is never sure: what would be rounded to nothing or all is told as the sentence tells it. */
const LIKELIHOOD: FieldConfig = {
  ...LIKELY,
  mappings: [
    { type: 'range', options: { from: 99.000001, to: 100, result: { index: 0, text: '> 99 %' } } },
    { type: 'range', options: { from: 0, to: 0.999999, result: { index: 1, text: '< 1 %' } } },
  ],
};

const wide = (displayName: string, width: number, more: FieldConfig = {}): FieldConfig => ({
  displayName,
  ...more,
  custom: { width },
});

/** In the order of interest, since a narrow panel shows the first of them. */
const COLUMNS: Columns<RiskRow> = {
  kpi: { type: 'string', config: HIDDEN },
  name: { type: 'string', config: wide('KPI', 185, { links: [detailLink('${__data.fields.kpi}')] }) },
  slice: { type: 'string', config: wide('Slice', 120) },
  missProbability: { type: 'number', config: wide('Likely to miss', 115, LIKELIHOOD) },
  shortfallText: { type: 'string', config: wide('By about', 125) },
  periodText: { type: 'string', config: wide('Period', 165) },
  expectedText: { type: 'string', config: wide('Expected', 95) },
  targetText: { type: 'string', config: wide('Target', 95) },
  intervalText: { type: 'string', config: wide('90 % between', 170) },
  expectedLevel: { type: 'number', config: wide('Expected status', 125, { mappings: [levelMapping()] }) },
  criticalProbability: { type: 'number', config: wide('Likely to be critical', 145, LIKELIHOOD) },
  breachText: { type: 'string', config: wide('Critical in', 165) },
  categoryName: { type: 'string', config: wide('Category', 110) },
  owner: { type: 'string', config: { displayName: 'Owner' } },
  category: { type: 'string', config: HIDDEN },
  tier: { type: 'string', config: HIDDEN },
  grain: { type: 'string', config: HIDDEN },
  state: { type: 'string', config: HIDDEN },
  period: { type: 'time', config: HIDDEN },
  expected: { type: 'number', config: HIDDEN },
  lower90: { type: 'number', config: HIDDEN },
  upper90: { type: 'number', config: HIDDEN },
  target: { type: 'number', config: HIDDEN },
  daysToBreach: { type: 'number', config: HIDDEN },
  sentence: { type: 'string', config: HIDDEN },
  relativeToNaive: { type: 'number', config: HIDDEN },
};

/** A slice is a column only where there are any. */
const UNSPLIT: Columns<RiskRow> = { ...COLUMNS, slice: { type: 'string', config: HIDDEN } };

export const answerForecastRisk: Answerer = async (query, context) => {
  const { going, silent, notices } = await readOutlooks(query, context, (kpi) => kpi.judge.at);
  const rows = going.map((one) => ({ one, row: riskRow(one, context) })).sort((a, b) => worseFirst(a.row, b.row));
  const meta = answerMeta(query, context);
  if (query.format !== 'numeric') {
    const columns = tableColumns(
      rows.map(({ row }) => row),
      query.split ? COLUMNS : UNSPLIT
    );
    return [tableFrame('risk', columns, { meta, notices: [...notices, ...refusals(rows.map(({ row }) => row))] })];
  }
  const measure = (query.measure ?? 'missProbability') as RiskMeasure;
  const numbers = rows.map(({ one: { kpi, labels, slice }, row }) => ({
    kpi,
    labels,
    slice,
    value: numberOf(row, measure),
  }));
  return numberFrames(query, context, { numbers, silent, notices }, measure, (kpi, name) =>
    measureConfig(kpi, measure, name)
  );
};

/** A rule that fires below some days has to see that a breach is no longer foreseen: null would keep it firing. */
function numberOf(row: RiskRow, measure: RiskMeasure): number | null {
  const isForeseen = row.expectedLevel !== null;
  return row[measure] ?? (measure === 'daysToBreach' && isForeseen ? NO_BREACH_DAYS : null);
}

function riskRow(going: Going, context: Context): RiskRow {
  const { kpi, slice, judged } = going;
  const { catalogue, calendar } = context;
  const { open, line, state } = judged;
  const risk = riskOf(kpi, judged, context);
  const text = risk && riskText(kpi, risk, open, calendar);
  const style = { unit: kpi.unit, decimals: kpi.decimals, locale: calendar.locale };
  const value = (of: number | null | undefined) => (of === null || of === undefined ? '' : formatValue(of, style));
  return {
    kpi: kpi.id,
    name: kpi.name,
    category: kpi.category,
    categoryName: catalogue.categories.find(({ id }) => id === kpi.category)?.name ?? kpi.category,
    tier: kpi.tier,
    owner: ownerOf(kpi),
    grain: kpi.judge.at,
    slice,
    state,
    period: open.start,
    periodText: formatPeriod(open.start, open.grain, calendar),
    expected: risk?.expected ?? null,
    expectedText: value(risk?.expected),
    lower90: risk?.lower90 ?? null,
    upper90: risk?.upper90 ?? null,
    intervalText: risk ? `${value(risk.lower90)} to ${value(risk.upper90)}` : '',
    target: risk?.target ?? null,
    targetText: value(risk?.target),
    missProbability: perCent(risk?.missProbability),
    shortfallText: text?.shortfall ?? '',
    expectedLevel: risk?.expectedLevel ?? null,
    criticalProbability: perCent(risk?.atLeast?.[2]),
    daysToBreach: risk?.breach?.days ?? null,
    breachText: risk?.breach ? formatPeriod(risk.breach.period.start, risk.breach.period.grain, calendar) : '',
    sentence: text?.sentence ?? '',
    relativeToNaive: line.state === 'ready' ? line.fit.error.relativeToNaive : null,
  };
}

function perCent(share: number | null | undefined): number | null {
  return share === null || share === undefined ? null : Math.round(1000 * share) / 10;
}

/** By likelihood of missing, then of becoming critical; what is not known last, headlines before the rest. */
function worseFirst(a: RiskRow, b: RiskRow): number {
  return (
    (b.missProbability ?? b.criticalProbability ?? -1) - (a.missProbability ?? a.criticalProbability ?? -1) ||
    (b.criticalProbability ?? -1) - (a.criticalProbability ?? -1) ||
    TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier) ||
    a.name.localeCompare(b.name)
  );
}

function refusals(rows: readonly RiskRow[]) {
  const refused = rows.filter(({ state }) => state === 'refused');
  const names = refused.slice(0, 3).map(({ name }) => name);
  const more = refused.length > 3 ? ` and ${refused.length - 3} more` : '';
  return refused.length === 0
    ? []
    : [{ severity: 'info' as const, text: `${names.join(', ')}${more}: too little settled history to forecast from` }];
}

function measureConfig(kpi: Kpi, measure: RiskMeasure, name: string): FieldConfig {
  const displayName = name;
  const description = RISK_MEASURE_TEXT[measure];
  const links = [detailLink(kpi.id, `${kpi.name} in detail`)];
  switch (measure) {
    case 'expected':
      return { displayName, description, unit: shownUnit(kpi), decimals: kpi.decimals, links };
    case 'daysToBreach':
      return { displayName, description, unit: 'd', decimals: 0, links };
    default:
      return { displayName, description, ...LIKELY, links };
  }
}
