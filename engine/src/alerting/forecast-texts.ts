/** What a message says about where a KPI is going. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { formatValue } from '@kpi-monitor/model/format/number';
import { formatPeriod } from '@kpi-monitor/model/format/period';
import type { ForecastText } from '@kpi-monitor/model/query/alert-texts';

import type { Outlook } from '../forecasting/outlook';
import { riskOf } from '../forecasting/risk';
import { riskText } from '../forecasting/risk-text';
import type { Context } from '../queries/context';

export function noForecastTexts(kpi: Kpi, reason = ''): Record<ForecastText, string> {
  const forecastText = reason ? `there is no forecast: ${reason}` : 'there is no forecast';
  return {
    forecastText,
    forecastSentence: `${kpi.name}: ${forecastText}`,
    expectedText: 'not known',
    breachText: 'not known',
  };
}

export function forecastTexts(kpi: Kpi, outlook: Outlook, context: Context): Record<ForecastText, string> {
  const { calendar } = context;
  const risk = riskOf(kpi, outlook, context);
  if (!risk) {
    return noForecastTexts(kpi, outlook.text);
  }
  const text = (value: number) =>
    formatValue(value, { unit: kpi.unit, decimals: kpi.decimals, locale: calendar.locale });
  const { expected, lower90, upper90, breach } = risk;
  const period = breach && formatPeriod(breach.period.start, breach.period.grain, calendar);
  const days = breach && (breach.days === 1 ? '1 day' : `${breach.days} days`);
  const { sentence } = riskText(kpi, risk, outlook.open, calendar);
  return {
    forecastText: sentence,
    forecastSentence: `${kpi.name}: ${sentence}`,
    expectedText: `${text(expected)}, 90 % between ${text(lower90)} and ${text(upper90)}`,
    breachText: breach ? `critical by the end of ${period}, in ${days}` : 'not critical as far as is foreseen',
  };
}
