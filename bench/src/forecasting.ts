/** The process that `forecasts` watches: forecasts KPI after KPI, and tells of each. */
import { fitForecast } from '@kpi-monitor/analysis/forecast/fit';

import { dailyKpis } from './daily-kpis';
import { DAYS, HORIZON, type Told } from './forecasts';

const [kpis, rounds] = process.argv.slice(2).map(Number) as [number, number];
const { series, calendar } = dailyKpis(kpis, DAYS + HORIZON);
for (let i = 0; i < kpis * rounds; i++) {
  const kpi = i % kpis;
  const start = process.cpuUsage();
  const fit = fitForecast({ values: series[kpi]!.subarray(0, DAYS), seasons: [7, 365], horizon: HORIZON, calendar });
  const { user, system } = process.cpuUsage(start);
  if (fit.state === 'refused') {
    throw new Error(`refused with ${fit.has} of ${fit.needs} values`);
  }
  const forecast = { point: fit.point, lo: fit.band90.lower, hi: fit.band90.upper };
  const told: Told = { kpi, ms: (user + system) / 1000, rss: process.memoryUsage().rss / 2 ** 20, forecast };
  await new Promise((resolve) => process.send!(told, resolve));
}
process.disconnect();
