/** The panel's own words. Values, periods and comparisons come as texts with the data, in the reader's locale. */
import { t } from '@grafana/i18n';
import { type Status, STATUS_TEXT } from '@kpi-monitor/model/status';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';

import type { ScoreRow } from './data/row';

export function statusWord(status: Status): string {
  switch (status) {
    case 'emergency':
      return t('status.emergency', STATUS_TEXT.emergency);
    case 'critical':
      return t('status.critical', STATUS_TEXT.critical);
    case 'warning':
      return t('status.warning', STATUS_TEXT.warning);
    case 'normal':
      return t('status.normal', STATUS_TEXT.normal);
    case 'late':
      return t('status.late', STATUS_TEXT.late);
    case 'no_data':
      return t('status.no_data', STATUS_TEXT.no_data);
    case 'provisional':
      return t('status.provisional', STATUS_TEXT.provisional);
    case 'not_judged':
      return t('status.not_judged', STATUS_TEXT.not_judged);
  }
}

/** Of a change that lies in what the KPI's own past varies by. */
export function usualWord(): string {
  return t('change.usual', 'usual variation');
}

/** `2 critical`, as counts stand in a group's header. */
export function countWords(status: Status, count: number): string {
  return `${count} ${statusWord(status).toLowerCase()}`;
}

/** Name and slice: `Revenue · West`. */
export function fullName(row: ScoreRow): string {
  return row.slice ? `${row.name} · ${row.slice}` : row.name;
}

/** Where there is no room to say by how much. */
export function restatedWord(): string {
  return t('card.restated', 'restated');
}

/** A row as a sentence, for those who hear it: `Revenue, critical, $812,400 in February 2026, 19 % below target, March on pace`. */
export function spoken(row: ScoreRow): string {
  const value = row.periodText
    ? t('card.value-in-period', '{{value}} in {{period}}', {
        value: row.valueText,
        period: row.periodText,
        interpolation,
      })
    : row.valueText;
  const parts = [
    fullName(row),
    statusWord(row.status).toLowerCase(),
    value,
    row.gapText || row.reason,
    row.outlookText,
    row.restatedText,
  ];
  return parts.filter(Boolean).join(', ');
}
