/** One evaluation of an alert rule on 200 KPIs with two dimensions: its number, and the texts of its messages. */
import { createEngine } from '@kpi-monitor/engine/engine';
import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { createDuckdbStore } from '@kpi-monitor/store/duckdb/duckdb-store';
import { sharingReads } from '@kpi-monitor/store/sharing-reads';

import { AS_OF, companyOf, pointsOf } from './company-of';
import { type BenchOptions, type Finding, medianMs, ms } from './measure';

/** Texts are computed from what the condition has read: they may take as long again. */
const BUDGET = 2;

export async function benchAlerting({ smoke }: BenchOptions): Promise<Finding[]> {
  const catalogue = companyOf(smoke ? 10 : 200, ['region', 'channel']);
  // As the house opens it, but for nothing being kept from one evaluation to the next.
  let now = AS_OF;
  const store = sharingReads(createDuckdbStore({ path: ':memory:', memoryLimit: '1GB' }), { clock: () => now });
  await store.open({ zone: 'UTC', createdBy: 'bench' });
  try {
    await store.write(pointsOf(catalogue));
    const engine = createEngine({
      ...{ catalogue: () => catalogue, calendar: createCalendar(), store },
      ...{ clock: () => AS_OF, version: 'bench' },
    });
    const answer = async (types: Array<'status' | 'alertContext'>) => {
      now += 60_000;
      const queries = types.map((type) => ({
        refId: type,
        ...({ v: 1, type, format: 'numeric', select: {} } as const),
      }));
      const { results } = await engine.answer({ queries, from: String(AS_OF - 600_000), to: String(AS_OF) });
      if (types.some((type) => results[type]?.frames?.length !== catalogue.kpis.length)) {
        throw new Error(`the answer is not whole: ${results.status?.error ?? results.alertContext?.error}`);
      }
    };
    const runs = smoke ? 2 : 9;
    const number = await medianMs(runs, () => answer(['status']));
    const both = await medianMs(runs, () => answer(['status', 'alertContext']));
    const of = `${catalogue.kpis.length} KPIs, four series each`;
    const ratio = both / number;
    return [
      {
        what: `a rule with the texts of its messages on ${of}: over its condition alone`,
        value: `${ratio.toFixed(2)} (${ms(both)} over ${ms(number)})`,
        budget: `${BUDGET}`,
        holds: ratio <= BUDGET,
      },
    ];
  } finally {
    await store.close();
  }
}
