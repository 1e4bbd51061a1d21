import { type Field, formattedValueToString, getDisplayProcessor, type GrafanaTheme2 } from '@grafana/data';

/** Writes values of a field in its unit, as everything else in the panel does. */
export function valueWriter(field: Field, theme: GrafanaTheme2): (value: number) => string {
  const display = field.display ?? getDisplayProcessor({ field, theme });
  return (value) => formattedValueToString(display(value)).trim();
}

/** Writes an axis's ticks: as many decimals as tell them apart, whatever the field shows elsewhere. */
export function tickWriter(field: Field, ticks: readonly number[], theme: GrafanaTheme2): (value: number) => string {
  const step = ticks.length > 1 ? Math.abs(ticks[1]! - ticks[0]!) : Math.abs(ticks[0] ?? 1);
  const decimals = Math.max(0, Math.min(6, -Math.floor(Math.log10(step || 1) + 1e-9)));
  const plain = { ...field, config: { ...field.config, decimals, mappings: [] }, display: undefined };
  return valueWriter(plain, theme);
}
