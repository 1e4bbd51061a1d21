/** A status query of 200 KPIs over two years of days, as a ratio to the store's own time for the same rows. */
import { createEngine } from '@kpi-monitor/engine/engine';
import type { Catalogue } from '@kpi-monitor/model/catalogue/catalogue';
import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { DAY_MS } from '@kpi-monitor/model/time/civil';
import { createDuckdbStore } from '@kpi-monitor/store/duckdb/duckdb-store';
import type { Store } from '@kpi-monitor/store/store';

import { createInfluxStore } from '@kpi-monitor/store/influx/influx-store';

import { startInfluxd } from '../../store/test/influxd';
import { need } from '../../tests/support/need';

import { AS_OF, companyOf, DAYS, pointsOf } from './company-of';
import { type BenchOptions, type Finding, medianMs, ms } from './measure';

const BUDGET = 2;

export async function benchStatus({ smoke }: BenchOptions): Promise<Finding[]> {
  const catalogue = companyOf(smoke ? 10 : 200);
  const runs = smoke ? 2 : 15;
  const findings = await statusOn(createDuckdbStore({ path: ':memory:', memoryLimit: '1GB' }), catalogue, runs);
  const influxd = need('influxd', 'the status benchmark on InfluxDB');
  if (influxd) {
    const server = await startInfluxd(influxd);
    try {
      const options = { url: server.url, token: 'none', bucket: 'kpi', metaBucket: 'kpi_meta' };
      findings.push(...(await statusOn(createInfluxStore(options), catalogue, runs)));
    } finally {
      await server.stop();
    }
  }
  return findings;
}

async function statusOn(store: Store, catalogue: Catalogue, runs: number): Promise<Finding[]> {
  await store.open({ zone: 'UTC', createdBy: 'bench' });
  try {
    await store.write(pointsOf(catalogue));
    const engine = createEngine({
      catalogue: () => catalogue,
      calendar: createCalendar(),
      store,
      clock: () => AS_OF,
      version: 'bench',
    });
    const series = catalogue.kpis.map((kpi) => ({ kpi: kpi.id, v: kpi.version }));
    const request = {
      queries: [{ refId: 'A', v: 1 as const, type: 'status' as const, select: {} }],
      from: String(AS_OF - 30 * DAY_MS),
      to: String(AS_OF),
    };
    const own = await medianMs(runs, () => store.read({ series, from: AS_OF - (DAYS + 1) * DAY_MS, to: AS_OF }));
    const whole = await medianMs(runs, async () => {
      const { results } = await engine.answer(request);
      if (results.A?.frames?.[0]?.data.values[0]?.length !== catalogue.kpis.length) {
        throw new Error(`the answer is not whole: ${results.A?.error}`);
      }
    });
    const ratio = whole / own;
    return [
      {
        what: `status of ${catalogue.kpis.length} KPIs x ${DAYS} days on ${store.name.split(' ')[0]}: answer over the store's own time`,
        value: `${ratio.toFixed(2)} (${ms(whole)} over ${ms(own)})`,
        budget: `${BUDGET}`,
        holds: ratio <= BUDGET,
      },
    ];
  } finally {
    await store.close();
  }
}
