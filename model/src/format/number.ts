/** Numbers as a reader of a locale expects them, by Grafana unit id: written in full unless compact is asked for. */

export interface NumberStyle {
  /** a Grafana unit id */
  unit: string;
  decimals: number;
  /** BCP 47; default en-US */
  locale?: string;
  /** `$1.25M` instead of `$1,254,998` */
  compact?: boolean;
  /** `+` before what is above zero */
  signed?: boolean;
}

/** What is shown for a value that is not known. */
export const NO_VALUE = '–';

const CURRENCY_BY_SYMBOL: Record<string, string> = {
  $: 'USD',
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'JPY',
  '₹': 'INR',
  Fr: 'CHF',
};
const formats = new Map<string, Intl.NumberFormat>();

export function formatValue(value: number | null, style: NumberStyle): string {
  if (value === null || !Number.isFinite(value)) {
    return NO_VALUE;
  }
  const { prefix, suffix, factor, options } = unitStyle(style.unit);
  const scaled = value * factor;
  const text = numberFormat(style, options).format(Math.abs(scaled) < 10 ** -style.decimals / 2 ? 0 : scaled);
  return `${prefix}${text}${suffix}`;
}

export function isPercent(unit: string): boolean {
  return unit === 'percent' || unit === 'percentunit';
}

/** A difference of two values of a unit: percentages differ by points, scores too. */
export function formatDifference(value: number | null, style: NumberStyle, isScore = false): string {
  if (value !== null && (isPercent(style.unit) || isScore)) {
    const points = style.unit === 'percentunit' ? value * 100 : value;
    return `${formatValue(points, { ...style, unit: 'none' })} ${isPercent(style.unit) ? 'pp' : 'points'}`;
  }
  return formatValue(value, style);
}

interface UnitStyle {
  prefix: string;
  suffix: string;
  factor: number;
  options: Intl.NumberFormatOptions;
}

function unitStyle(unit: string): UnitStyle {
  const plain = { prefix: '', suffix: '', factor: 1, options: {} };
  const money = /^currency(?::(?:financial:)?)?(.+)$/.exec(unit)?.[1];
  if (money) {
    const [symbol, place] = money.split(':') as [string, string?];
    const currency = CURRENCY_BY_SYMBOL[symbol] ?? (/^[A-Z]{3}$/.test(symbol) ? symbol : undefined);
    if (currency && !place) {
      return { ...plain, options: { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } };
    }
    return place === 'suffix' ? { ...plain, suffix: ` ${symbol}` } : { ...plain, prefix: symbol };
  }
  if (unit === 'percent') {
    return { ...plain, suffix: ' %' };
  }
  if (unit === 'percentunit') {
    return { ...plain, suffix: ' %', factor: 100 };
  }
  const affix = /^(prefix|suffix):(.*)$/.exec(unit);
  if (affix) {
    return affix[1] === 'prefix' ? { ...plain, prefix: affix[2]! } : { ...plain, suffix: ` ${affix[2]!.trim()}` };
  }
  return plain;
}

function numberFormat(style: NumberStyle, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify([style.locale, style.decimals, style.compact, style.signed, options]);
  let format = formats.get(key);
  if (!format) {
    const digits = style.compact
      ? { notation: 'compact' as const, maximumFractionDigits: Math.max(1, Math.min(2, style.decimals)) }
      : { minimumFractionDigits: style.decimals, maximumFractionDigits: style.decimals };
    format = new Intl.NumberFormat(style.locale ?? 'en-US', {
      ...options,
      ...digits,
      ...(style.signed && { signDisplay: 'exceptZero' as const }),
    });
    formats.set(key, format);
  }
  return format;
}
