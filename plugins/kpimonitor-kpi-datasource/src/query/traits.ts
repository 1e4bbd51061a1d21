/** What can be chosen for each kind of question. */
import type { Format, QueryType } from '@kpi-monitor/model/query/query';

export interface QueryTraits {
  hasGrain: boolean;
  hasSplit: boolean;
  hasComparison: boolean;
  /** of KPIs as a whole: a condition on a dimension is refused */
  isOfWhole?: boolean;
  /** beside the automatic one; empty when there is only one */
  formats: readonly Format[];
  /** what an alert rule gets, whose conditions need one number a KPI */
  inRules?: Format;
}

export const TRAITS: Record<QueryType, QueryTraits> = {
  series: { hasGrain: true, hasSplit: true, hasComparison: true, formats: ['timeseries', 'table', 'numeric'] },
  status: {
    ...{ hasGrain: false, hasSplit: true, hasComparison: true },
    ...{ formats: ['table', 'numeric'], inRules: 'numeric' },
  },
  statusHistory: { hasGrain: false, hasSplit: true, hasComparison: false, formats: ['timeseries', 'table'] },
  alerts: {
    ...{ hasGrain: false, hasSplit: false, hasComparison: false, isOfWhole: true },
    ...{ formats: ['table', 'timeseries', 'numeric'], inRules: 'numeric' },
  },
  forecast: { hasGrain: true, hasSplit: true, hasComparison: false, formats: [] },
  forecastRisk: {
    ...{ hasGrain: false, hasSplit: true, hasComparison: false },
    ...{ formats: ['table', 'numeric'], inRules: 'numeric' },
  },
  anomalies: {
    ...{ hasGrain: true, hasSplit: true, hasComparison: false },
    ...{ formats: ['table', 'timeseries', 'numeric'], inRules: 'numeric' },
  },
  distribution: { hasGrain: true, hasSplit: true, hasComparison: false, formats: ['table', 'numeric'] },
  decomposition: { hasGrain: true, hasSplit: true, hasComparison: false, formats: [] },
  outlook: { hasGrain: false, hasSplit: true, hasComparison: false, formats: [], inRules: 'numeric' },
  freshness: { hasGrain: false, hasSplit: false, hasComparison: false, formats: [], inRules: 'numeric' },
  quality: {
    ...{ hasGrain: false, hasSplit: false, hasComparison: false, isOfWhole: true },
    ...{ formats: ['table', 'timeseries', 'numeric'], inRules: 'numeric' },
  },
  collector: {
    ...{ hasGrain: false, hasSplit: false, hasComparison: false, isOfWhole: true },
    ...{ formats: ['table', 'timeseries'] },
  },
  alertContext: { hasGrain: false, hasSplit: true, hasComparison: false, formats: [], inRules: 'numeric' },
  correlation: { hasGrain: true, hasSplit: false, hasComparison: false, formats: [] },
  audit: { hasGrain: false, hasSplit: false, hasComparison: false, formats: [] },
};
