/** How good the values of 200 KPIs were over a year: scores as they are recorded, and computed anew; what each takes beside the store. */
import { createEngine } from '@kpi-monitor/engine/engine';
import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { DAY_MS } from '@kpi-monitor/model/time/civil';
import { createDuckdbStore } from '@kpi-monitor/store/duckdb/duckdb-store';

import { AS_OF, companyOf, pointsOf } from './company-of';
import { type BenchOptions, type Finding, medianMs, ms } from './measure';

const DAYS = 365;
/** what a look at a dashboard may take: a second is not "well under a second" */
const BUDGET_MS = 500;

export async function benchQuality({ smoke }: BenchOptions): Promise<Finding[]> {
  const catalogue = companyOf(smoke ? 10 : 200);
  const runs = smoke ? 2 : 9;
  const store = createDuckdbStore({ path: ':memory:', memoryLimit: '1GB' });
  await store.open({ zone: 'UTC', createdBy: 'bench' });
  try {
    await store.write(pointsOf(catalogue));
    const clock = () => AS_OF;
    const engine = createEngine({
      catalogue: () => catalogue,
      calendar: createCalendar(),
      store,
      clock,
      version: 'bench',
    });
    const range = { from: String(AS_OF - DAYS * DAY_MS), to: String(AS_OF) };
    const ask = async (more: object) => {
      const queries = [{ refId: 'A', v: 1 as const, type: 'quality' as const, select: {}, ...more }];
      const { results } = await engine.answer({ queries, ...range });
      if (!results.A?.frames) {
        throw new Error(`no answer: ${results.A?.error}`);
      }
    };
    const started = performance.now();
    await engine.recordScores();
    const first = performance.now() - started;
    const about = `${catalogue.kpis.length} KPIs x ${DAYS} days`;
    const asked = async (what: string, more: object): Promise<Finding> => {
      const time = await medianMs(runs, () => ask(more));
      return { what: `${about}: ${what}`, value: ms(time), budget: ms(BUDGET_MS), holds: time <= BUDGET_MS };
    };
    return [
      await asked('scores over time', { format: 'timeseries' }),
      await asked('grades over time', { format: 'timeseries', part: 'grades' }),
      await asked('what is wrong, computed', { part: 'findings' }),
      await asked('a table of KPIs, computed', {}),
      await asked('numbers for a rule', { format: 'numeric' }),
      { what: `${about}: recording all scores for the first time`, value: ms(first) },
      { what: `${about}: finding that none has changed`, value: ms(await medianMs(runs, () => engine.recordScores())) },
    ];
  } finally {
    await store.close();
  }
}
