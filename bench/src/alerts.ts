/** A year of alerts of 200 KPIs, with 2,000 notes on them, as a ratio to the status query of the same KPIs. */
import { createEngine } from '@kpi-monitor/engine/engine';
import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { DAY_MS } from '@kpi-monitor/model/time/civil';
import { createDuckdbStore } from '@kpi-monitor/store/duckdb/duckdb-store';

import { AS_OF, companyOf, pointsOf } from './company-of';
import { type BenchOptions, type Finding, medianMs, ms } from './measure';

const BUDGET = 1.5;

export async function benchAlerts({ smoke }: BenchOptions): Promise<Finding[]> {
  const catalogue = companyOf(smoke ? 10 : 200);
  const store = createDuckdbStore({ path: ':memory:', memoryLimit: '1GB' });
  await store.open({ zone: 'UTC', createdBy: 'bench' });
  try {
    await store.write(pointsOf(catalogue));
    for (let i = 0; i < 10 * catalogue.kpis.length; i++) {
      const kpi = catalogue.kpis[i % catalogue.kpis.length]!.id;
      const data = { kind: 'note', text: `note ${i}`, period: null, by: 'ada', role: 'Editor' };
      await store.append('note', { time: AS_OF - i * 4 * 3_600_000, kpi, data });
    }
    const calendar = createCalendar({ holidays: 'US' });
    const engine = createEngine({ catalogue: () => catalogue, calendar, store, clock: () => AS_OF, version: 'bench' });
    const timeOf = (query: object) =>
      medianMs(smoke ? 2 : 9, async () => {
        const queries = [{ refId: 'A', v: 1, select: {}, ...query }];
        const { results } = await engine.answer({ queries, from: String(AS_OF - 365 * DAY_MS), to: String(AS_OF) });
        if (!results.A?.frames) {
          throw new Error(`no answer: ${results.A?.error}`);
        }
      });
    const status = await timeOf({ type: 'status' });
    const findings: Finding[] = [];
    for (const [words, query] of [
      ['listed', {}],
      ['as numbers for a rule', { format: 'numeric' }],
    ] as const) {
      const alerts = await timeOf({ type: 'alerts', ...query });
      const ratio = alerts / status;
      findings.push({
        what: `a year of alerts of ${catalogue.kpis.length} KPIs, ${words}: over where they stand`,
        value: `${ratio.toFixed(2)} (${ms(alerts)} over ${ms(status)})`,
        budget: `${BUDGET}`,
        holds: ratio <= BUDGET,
      });
    }
    return findings;
  } finally {
    await store.close();
  }
}
