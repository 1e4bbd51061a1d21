/**
 * What an `alertContext` answers: one frame a KPI (or feed) with the labels that identify it, and these beside them as
 * labels. A rule reads them in its annotations: `{{ $values.C.Labels.driver }}`. Every one of them is there in every frame
 * and never empty: what is not known says so. They change with every evaluation, so nothing is identified or routed by them.
 */

/** Of a KPI: `about: status` (the default) and `about: forecast`. */
export const KPI_TEXTS = {
  name: 'Revenue',
  categoryText: 'Financial',
  sentence: 'Revenue is critical: $2,240 in February 2026, 25 % below target, since January 2026, for 2 months',
  statusText: 'Critical',
  valueText: '$2,240',
  periodText: 'February 2026',
  changeText: '-27.7 % against the month before',
  targetText: '$3,000',
  gapText: '25 % below target',
  thresholdText: 'critical at $2,400 or below, normal above $2,700',
  bandText: '$2,800 to $3,200',
  unusual: 'below its usual range, the lowest of 14 months',
  unusualSentence: 'Revenue stands out: $2,240 in February 2026, usually $2,800 to $3,200',
  since: 'January 2026, for 2 months',
  driver: 'West (region): -$680 of the -$760 against target, 89 %',
  outlookText: 'March on pace: landing at $2,974, target $3,000',
  outlookSentence: 'Revenue: March on pace: landing at $2,974, target $3,000',
  freshnessText: 'up to date: through 17 Mar',
  missingText: 'complete',
  missingSentence: 'Revenue: complete',
  ownerText: 'finance, accountable: cfo',
  definition: 'Invoiced, net',
  link: 'd/kpi-detail?var-kpi=revenue&from=1739000000000&to=1773000000000',
} as const;

/** Beside them with `about: forecast`. */
export const FORECAST_TEXTS = {
  forecastText: "82 % likely to miss November's target, by about $41,000",
  forecastSentence: "Revenue: 82 % likely to miss November's target, by about $41,000",
  expectedText: '$2,760, 90 % between $2,500 and $3,020',
  breachText: 'critical by the end of March 2026, in 13 days',
} as const;

/** Beside them with `about: quality`. */
export const QUALITY_TEXTS = {
  qualityText: '50 % of its values are missing',
  qualitySentence: 'Revenue: 12 March 2026, 50 % of its values are missing',
  scoreText: '62 of 100',
  qualityLink: 'd/kpi-data-quality?from=1739000000000&to=1773000000000',
} as const;

/** Of a feed: `about: feed`. */
export const FEED_TEXTS = {
  name: 'the connection erp',
  sentence: 'The connection erp is 2 days late: Revenue and 2 other KPIs stand on it',
  overdueText: '2 days',
  lateText: 'Revenue (2 days), Operating profit (1 day)',
  impacted: 'Revenue, Profit margin, Return on investment',
  ownerText: 'kpi-office',
  link: 'd/kpi-overview?from=1770000000000&to=1773000000000',
} as const;

export type KpiText = keyof typeof KPI_TEXTS;
export type ForecastText = keyof typeof FORECAST_TEXTS;
export type QualityText = keyof typeof QUALITY_TEXTS;
export type FeedText = keyof typeof FEED_TEXTS;

/** Labels that identify an instance of a rule on KPIs, and of one on feeds; beside them stands the rule's `severity`. */
export const KPI_IDENTITY = ['kpi', 'category', 'tier', 'owner', 'grain'] as const;
export const FEED_IDENTITY = ['feed', 'owner'] as const;
