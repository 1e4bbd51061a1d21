/** The value of a formula over a span: any missing input makes it missing, with the reason; so does a division by zero. */
import type { SpanValue } from '../aggregation/spans';
import type { Calendar } from '../time/calendar';
import { addDays, addMonths } from '../time/civil';
import { periodAt } from '../time/period';

import type { Formula, FormulaPeriod } from './parse';

/** Something that has a value over spans of the asked grain's kind of time. */
export interface Valued {
  over(start: number, end: number): SpanValue;
  begin: number | null;
  end: number | null;
}

export interface Scope {
  inputs: ReadonlyMap<string, Valued>;
  start: number;
  end: number;
  calendar: Calendar;
}

export function evaluateFormula(node: Formula, scope: Scope): SpanValue {
  switch (node.op) {
    case 'number':
      return known(node.value, 1);
    case 'input':
      return read(node.id, scope, scope.start, scope.end);
    case 'trailing':
      return filledWindow(read(node.id, scope, shiftBy(scope.end, node.period, -node.n), scope.end));
    case 'toDate':
      return read(node.id, scope, periodAt(scope.end - 1, node.period, scope.calendar).start, scope.end);
    case 'prev':
      return evaluateFormula(node.a, {
        ...scope,
        start: shiftBy(scope.start, node.period, -1),
        end: shiftBy(scope.end, node.period, -1),
      });
    case 'negate':
      return combine([evaluateFormula(node.a, scope)], ([a]) => -a!);
    case 'abs':
      return combine([evaluateFormula(node.a, scope)], ([a]) => Math.abs(a!));
    case 'min':
      return combine(
        node.of.map((part) => evaluateFormula(part, scope)),
        (values) => Math.min(...values)
      );
    case 'max':
      return combine(
        node.of.map((part) => evaluateFormula(part, scope)),
        (values) => Math.max(...values)
      );
    default: {
      const parts = [evaluateFormula(node.a, scope), evaluateFormula(node.b, scope)];
      if (node.op === '/' && parts[1]!.value === 0) {
        return { ...combine(parts, () => 0), value: null, reason: 'it would divide by zero' };
      }
      return combine(parts, ([a, b]) => ARITHMETIC[node.op](a!, b!));
    }
  }
}

/** Share of a moving window below which it has no value: ten of twelve months are not a year. */
const MIN_WINDOW = 0.9;

/** The value over a moving window, unless the window reaches back before the values do. */
export function filledWindow(value: SpanValue): SpanValue {
  if (value.value === null || value.completeness >= MIN_WINDOW) {
    return value;
  }
  const share = Math.floor(value.completeness * 100);
  return { ...value, value: null, reason: `only ${share} % of its moving window is there` };
}

const ARITHMETIC: Record<'+' | '-' | '*' | '/', (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};

function read(id: string, { inputs }: Scope, start: number, end: number): SpanValue {
  const result = inputs.get(id)!.over(start, end);
  return result.value === null ? { ...result, reason: `${id}: ${result.reason}` } : result;
}

function known(value: number, completeness: number): SpanValue {
  return { value, weight: null, completeness, reason: '' };
}

function combine(parts: readonly SpanValue[], calculate: (values: number[]) => number): SpanValue {
  const completeness = Math.min(...parts.map((part) => part.completeness));
  const missing = parts.find((part) => part.value === null);
  if (missing) {
    return { value: null, weight: null, completeness, reason: missing.reason };
  }
  const value = calculate(parts.map((part) => part.value!));
  return Number.isFinite(value)
    ? known(value, completeness)
    : { value: null, weight: null, completeness, reason: 'the result is not a finite number' };
}

const MONTHS: Partial<Record<FormulaPeriod, number>> = { month: 1, quarter: 3, year: 12 };

/** A store time, `n` periods later. */
export function shiftBy(time: number, period: FormulaPeriod, n: number): number {
  const months = MONTHS[period];
  return months ? addMonths(time, months * n) : addDays(time, n * (period === 'week' ? 7 : 1));
}
