/** What a message says about how good the values of a KPI are. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { formatPeriod } from '@kpi-monitor/model/format/period';
import { findingsOf } from '@kpi-monitor/model/quality/finding-text';
import type { QualityText } from '@kpi-monitor/model/query/alert-texts';
import { DAY_MS } from '@kpi-monitor/model/time/civil';

import type { KpiQuality } from '../quality/read-quality';
import type { Context } from '../queries/context';

const SHOWN_MS = 30 * DAY_MS;

export function noQualityTexts(kpi: Kpi, { range }: Context): Record<QualityText, string> {
  return {
    qualityText: 'not known',
    qualitySentence: `${kpi.name}: not known how good its values are`,
    scoreText: 'not known',
    qualityLink: addressOf(range.asOf),
  };
}

/** Of the day with the lowest score. */
export function qualityTexts({ kpi, grain, points }: KpiQuality, context: Context): Record<QualityText, string> {
  const { calendar, range } = context;
  const worst = points.reduce<(typeof points)[number] | null>(
    (a, b) => (a === null || (b.score ?? 101) < (a.score ?? 101) ? b : a),
    null
  );
  if (!worst || worst.score === null) {
    return noQualityTexts(kpi, context);
  }
  const found = findingsOf(worst, kpi, calendar);
  const text = found.map((one) => one.text).join('; ') || 'nothing is wrong with its values';
  return {
    qualityText: text,
    qualitySentence: `${kpi.name}: ${formatPeriod(worst.start, grain, calendar)}, ${text}`,
    scoreText: `${Math.round(worst.score)} of 100`,
    qualityLink: addressOf(range.asOf),
  };
}

function addressOf(asOf: number): string {
  return `d/kpi-data-quality?from=${asOf - SHOWN_MS}&to=${asOf}`;
}
