/** `outlook`: where the open periods land, as one number a KPI for alert rules; cards have it beside the status. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { LEVEL_COLORS } from '@kpi-monitor/model/judgement/levels';
import { type FieldConfig, LOWEST } from '@kpi-monitor/model/query/frames';
import { MEASURE_TEXT, type OUTLOOK_MEASURES } from '@kpi-monitor/model/query/query';
import { type Outlook, OUTLOOK_TEXT } from '@kpi-monitor/model/status';

import { detailLink, shownUnit } from '../frames/field-config';

import type { Answerer } from './context';
import { numberFrames } from './numbers';
import { readStandings } from './standings';

type OutlookMeasure = (typeof OUTLOOK_MEASURES)[number];

/** 0 on pace, 1 at risk, 2 likely miss */
const OUTLOOKS: Outlook[] = ['on_pace', 'at_risk', 'likely_miss'];

export const answerOutlook: Answerer = async (query, context) => {
  const { standings, silent, notices } = await readStandings(query, context);
  const measure = (query.measure ?? 'outlook') as OutlookMeasure;
  const numbers = standings.map(({ kpi, labels, row }) => {
    const value = measure === 'landing' ? row.landing : row.outlook && OUTLOOKS.indexOf(row.outlook);
    return { kpi, labels, slice: row.slice, value };
  });
  return numberFrames(query, context, { numbers, silent, notices }, measure, (kpi, name) =>
    outlookConfig(kpi, measure, name)
  );
};

function outlookConfig(kpi: Kpi, measure: OutlookMeasure, displayName: string): FieldConfig {
  const common = {
    displayName,
    description: MEASURE_TEXT[measure],
    links: [detailLink(kpi.id, `${kpi.name} in detail`)],
  };
  if (measure === 'landing') {
    return { ...common, unit: shownUnit(kpi), decimals: kpi.decimals };
  }
  // It is never shown as more than a warning: the period is not over.
  const colors = [LEVEL_COLORS[0], LEVEL_COLORS[1], LEVEL_COLORS[1]];
  const options = OUTLOOKS.map((outlook, index) => {
    return [String(index), { text: OUTLOOK_TEXT[outlook], color: colors[index]!, index }] as const;
  });
  return {
    ...common,
    decimals: 0,
    min: 0,
    max: 2,
    thresholds: { mode: 'absolute', steps: colors.slice(0, 2).map((color, i) => ({ value: i || LOWEST, color })) },
    mappings: [{ type: 'value', options: Object.fromEntries(options) }],
  };
}
