/** The JSONata expressions of a source: read once, evaluated on each answer, within bounds of time, depth and length. */
import { KpiError } from '@kpi-monitor/model/errors';
import jsonata from 'jsonata';

import { BoundedRegExp } from './bounded-regex';

/**
 * Milliseconds, calls inside of calls, and items of one list, of one evaluation: it runs on the thread that everything
 * else waits for.
 */
export const EXPRESSION_LIMITS = { timeout: 5000, stack: 200, sequence: 1_000_000 };

export interface JsonExpression {
  /** @throws KpiError SOURCE_FORMAT; `shown` says on what: `the answer of …` */
  on(json: unknown, bindings: Record<string, unknown>, shown: string): Promise<unknown>;
}

/** @param name what it is for, as messages say it: `mapping` @throws KpiError KPI_SOURCE */
export function expression(text: string, name: string, limits = EXPRESSION_LIMITS): JsonExpression {
  let compiled: jsonata.Expression;
  try {
    compiled = jsonata(text, { ...limits, RegexEngine: BoundedRegExp as RegExpConstructor });
  } catch (error) {
    const { message, position } = error as { message: string; position?: number };
    const at = position === undefined ? '' : ` at character ${position}`;
    throw new KpiError('KPI_SOURCE', `the ${name} cannot be read${at}: ${message}`, { [name]: text });
  }
  return {
    async on(json, bindings, shown) {
      try {
        return await compiled.evaluate(json, bindings);
      } catch (error) {
        throw new KpiError('SOURCE_FORMAT', `the ${name} fails on ${shown}: ${reasonOf(error)}`, { on: shown });
      }
    },
  };
}

function reasonOf(error: unknown): string {
  const { message } = error as Error;
  return message === 'Maximum call stack size exceeded' ? 'it calls itself too deeply' : message;
}
