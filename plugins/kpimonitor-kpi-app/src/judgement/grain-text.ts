import { t } from '@grafana/i18n';
import type { Grain } from '@kpi-monitor/model/time/grain';

export function grainText(grain: Grain): string {
  switch (grain) {
    case 'minute':
      return t('grain.minute', 'minute');
    case 'hour':
      return t('grain.hour', 'hour');
    case 'day':
      return t('grain.day', 'day');
    case 'week':
      return t('grain.week', 'week');
    case 'month':
      return t('grain.month', 'month');
    case 'quarter':
      return t('grain.quarter', 'quarter');
    case 'year':
      return t('grain.year', 'year');
    case 'fiscal_quarter':
      return t('grain.fiscal-quarter', 'fiscal quarter');
    case 'fiscal_year':
      return t('grain.fiscal-year', 'fiscal year');
  }
}
