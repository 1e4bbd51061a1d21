/** The JSONata expressions of a source: read once, evaluated on each answer. */
import { KpiError } from '@kpi-monitor/model/errors';
import jsonata from 'jsonata';

export interface JsonExpression {
  /** @throws KpiError SOURCE_FORMAT; `shown` says on whose answer */
  on(answer: unknown, bindings: Record<string, unknown>, shown: string): Promise<unknown>;
}

/** @param name what it is for, as messages say it: `mapping` @throws KpiError KPI_SOURCE */
export function expression(text: string, name: string): JsonExpression {
  let compiled: jsonata.Expression;
  try {
    compiled = jsonata(text);
  } catch (error) {
    const { message, position } = error as { message: string; position?: number };
    const at = position === undefined ? '' : ` at character ${position}`;
    throw new KpiError('KPI_SOURCE', `the ${name} cannot be read${at}: ${message}`, { [name]: text });
  }
  return {
    async on(answer, bindings, shown) {
      try {
        return await compiled.evaluate(answer, bindings);
      } catch (error) {
        const message = `the ${name} fails on the answer of ${shown}: ${(error as Error).message}`;
        throw new KpiError('SOURCE_FORMAT', message, { url: shown });
      }
    },
  };
}
