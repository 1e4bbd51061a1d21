/** What the schema cannot say of `quality:`: what a KPI is reconciled with, at which grain. */
import { isFiner } from '../time/grain';

import type { Kpi } from './catalogue';
import type { Mistake } from './check-thresholds';

export function checkQuality(kpi: Kpi, byId: ReadonlyMap<string, Kpi>): Mistake[] {
  const { range, reconcile } = kpi.quality;
  const mistakes: Mistake[] = [];
  if (range.min !== undefined && range.max !== undefined && range.min > range.max) {
    const message = `no value lies between ${range.min} and ${range.max}; the least comes first`;
    mistakes.push({ code: 'KPI_FILE_SCHEMA', path: ['quality', 'range'], message });
  }
  for (const { with: text, inputs, at } of reconcile) {
    const path = ['quality', 'reconcile'];
    if (inputs.length === 0 || inputs.includes(kpi.id)) {
      const message = `\`${text}\` tells nothing about \`${kpi.id}\`; name the KPIs or measures that it should agree with`;
      mistakes.push({ code: 'KPI_FORMULA_UNKNOWN', path, message });
    }
    for (const id of inputs.filter((one) => !byId.has(one))) {
      const message = `it is reconciled with \`${id}\`, which is neither a KPI nor a measure of this catalogue`;
      mistakes.push({ code: 'KPI_FORMULA_UNKNOWN', path, message });
    }
    for (const one of [kpi, ...inputs.flatMap((id) => byId.get(id) ?? [])]) {
      if (isFiner(at, one.grain)) {
        const message = `it is reconciled by the ${at}, but \`${one.id}\` arrives by the ${one.grain}; set \`at\``;
        mistakes.push({ code: 'KPI_GRAIN', path, message });
      }
    }
  }
  return mistakes;
}
