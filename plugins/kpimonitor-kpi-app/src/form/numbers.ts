/** Numbers as people type them. */
import type { ThresholdForm } from '@kpi-monitor/model/query/judgement-answer';

/** With a point before decimals, grouped or not: `900,000`, `900 000.5`, `-3`. A comma before decimals is not guessed at. */
const GROUPED = /^[-+−]?\d{1,3}([, '\u00a0\u202f]\d{3})+(\.\d*)?$/;
const BARE = /^[-+−]?(\d+\.?\d*|\.\d+)$/;

/** null for nothing, NaN for what is no number. */
export function readNumber(text: string): number | null {
  const typed = text.trim();
  if (typed === '') {
    return null;
  }
  if (!GROUPED.test(typed) && !BARE.test(typed)) {
    return NaN;
  }
  return Number(typed.replace(/[, '\u00a0\u202f]/g, '').replace('−', '-'));
}

/** A share is shown and typed as per cent, unless it already is per cent of something. */
export function typedFactor(unit: string, as: ThresholdForm): number {
  return unit === 'percentunit' && as !== 'percent_of_target' ? 100 : 1;
}

/** `900,000`; without the noise of binary fractions. */
export function typedText(value: number, factor: number): string {
  return Number((value * factor).toPrecision(12)).toLocaleString('en-US', { maximumFractionDigits: 10 });
}

/** The value of a typed number, without the noise of binary fractions. */
export function valueOf(typed: number, factor: number): number {
  return factor === 1 ? typed : Number((typed / factor).toPrecision(12));
}
