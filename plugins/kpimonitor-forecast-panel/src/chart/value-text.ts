import { type Field, formattedValueToString, getDisplayProcessor, type GrafanaTheme2 } from '@grafana/data';
import { formatValue } from '@kpi-monitor/model/format/number';

import type { Write } from '../words';

/** Writes values of a field in its unit, as everything else in the panel does. */
export function valueWriter(field: Field | undefined, theme: GrafanaTheme2): Write {
  const display = field && (field.display ?? getDisplayProcessor({ field, theme }));
  return (value) => (display ? formattedValueToString(display(value)).trim() : value.toLocaleString());
}

/** Numbers from here up are shortened at an axis, which is read by its distances. */
const LONG = 10_000;
const SHORTENED = /^(currency|prefix:|none$|locale$|short$)/;

/** Writes an axis's ticks: as many decimals as tell them apart, whatever the field shows elsewhere. */
export function tickWriter(field: Field | undefined, theme: GrafanaTheme2) {
  const unit = field?.config.unit ?? 'none';
  const { locale } = new Intl.NumberFormat().resolvedOptions();
  return (value: number, ticks: readonly number[]): string => {
    const step = ticks.length > 1 ? Math.abs(ticks[1]! - ticks[0]!) : Math.abs(value);
    const size = Math.max(...ticks.map(Math.abs));
    if (size >= LONG && SHORTENED.test(unit)) {
      return formatValue(value, { unit, decimals: 2, locale, compact: true });
    }
    const decimals = Math.max(0, Math.min(6, -Math.floor(Math.log10(step || 1) + 1e-9)));
    const config = { ...field?.config, decimals, mappings: [] };
    return valueWriter(field && { ...field, config, display: undefined }, theme)(value);
  };
}
