/** What formulas refer to: known inputs, no circles, one currency, grains that fit. */
import { KpiError } from '../errors';
import type { Formula } from '../formula/parse';
import { isFiner } from '../time/grain';

import type { Kpi } from './catalogue';
import type { Mistake } from './check-thresholds';

/** @param broken ids of files that could not be read: what reads them has no mistake of its own */
export function checkFormula(
  kpi: Kpi,
  byId: ReadonlyMap<string, Kpi>,
  broken: ReadonlySet<string> = new Set()
): Mistake[] {
  if (!kpi.formula || !kpi.expression) {
    return [];
  }
  const mistakes: Mistake[] = [];
  let isReadable = true;
  for (const id of kpi.inputs) {
    const input = byId.get(id);
    if (!input && broken.has(id)) {
      isReadable = false;
    } else if (!input) {
      const message = `the formula reads \`${id}\`, which is neither a KPI nor a measure of this catalogue`;
      mistakes.push({ code: 'KPI_FORMULA_UNKNOWN', path: ['formula'], message });
    } else if (isFiner(kpi.judge.at, input.grain)) {
      const message = `it is judged by the ${kpi.judge.at}, but its input \`${id}\` arrives by the ${input.grain}`;
      mistakes.push({ code: 'KPI_GRAIN', path: ['formula'], message });
    }
  }
  if (mistakes.length > 0 || !isReadable) {
    return mistakes;
  }
  const circle = circleFrom(kpi, byId);
  if (circle) {
    return [
      { code: 'KPI_FORMULA_CYCLE', path: ['formula'], message: `formulas refer to each other: ${circle.join(' -> ')}` },
    ];
  }
  try {
    currencyOf(kpi.expression, kpi.formula, byId);
  } catch (error) {
    if (error instanceof KpiError) {
      mistakes.push({ code: error.code, path: ['formula'], message: error.message });
    }
  }
  return mistakes;
}

/** The way from a KPI back to itself, or null. */
function circleFrom(kpi: Kpi, byId: ReadonlyMap<string, Kpi>): string[] | null {
  const walk = (id: string, way: string[]): string[] | null => {
    if (way.includes(id)) {
      return way[0] === id ? [...way, id] : null;
    }
    for (const input of byId.get(id)?.inputs ?? []) {
      const found = walk(input, [...way, id]);
      if (found) {
        return found;
      }
    }
    return null;
  };
  return walk(kpi.id, []);
}

/** `$` for currency:financial:$, `USD` for currencyUSD; null for what is not money. */
export function currencyOfUnit(unit: string): string | null {
  const match = /^currency(?::(?:financial:)?)?(.+)$/.exec(unit);
  return match ? match[1]! : null;
}

/** The currency of a formula's value. Sums of two currencies are refused; a ratio of two has none. */
function currencyOf(node: Formula, text: string, byId: ReadonlyMap<string, Kpi>): string | null {
  switch (node.op) {
    case 'number':
      return null;
    case 'input':
    case 'trailing':
    case 'toDate':
      return currencyOfUnit(byId.get(node.id)!.unit);
    case 'negate':
    case 'abs':
    case 'prev':
      return currencyOf(node.a, text, byId);
    case 'min':
    case 'max':
      return node.of.map((part) => currencyOf(part, text, byId)).reduce((a, b) => same(a, b, text), null);
    case '+':
    case '-':
      return same(currencyOf(node.a, text, byId), currencyOf(node.b, text, byId), text);
    case '*':
      return currencyOf(node.a, text, byId) ?? currencyOf(node.b, text, byId);
    case '/': {
      const a = currencyOf(node.a, text, byId);
      const b = currencyOf(node.b, text, byId);
      if (a && b && a !== b) {
        throw mixed(a, b, text);
      }
      return a && b ? null : (a ?? b);
    }
  }
}

function same(a: string | null, b: string | null, text: string): string | null {
  if (a && b && a !== b) {
    throw mixed(a, b, text);
  }
  return a ?? b;
}

function mixed(a: string, b: string, text: string): KpiError {
  return new KpiError(
    'KPI_CURRENCY_MIXED',
    `the formula \`${text}\` combines ${a} with ${b}; convert one of them at its source`
  );
}
