import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { fitForecast } from '@kpi-monitor/analysis/forecast/fit';

import { createForecastShelf } from './forecast-shelf';

const root = mkdtempSync(join(tmpdir(), 'kpi-shelf-'));
const folder = join(root, 'forecasts');
afterAll(() => rmSync(root, { recursive: true }));

const values = Float64Array.from({ length: 60 }, (_, t) => 100 + t + 10 * Math.sin(t));

it('gives back what was put on it, also to the next process', async () => {
  const fit = fitForecast({ values, seasons: [7], horizon: 5 });
  await createForecastShelf(folder).save('sales v1 day region=West/East', {
    key: 'k',
    until: 3,
    fit,
  });
  const shelf = createForecastShelf(folder);
  expect(await shelf.load('sales v1 day region=West/East')).toMatchObject({ key: 'k', until: 3, fit });
  expect(await shelf.load('sales v1 day')).toBeNull();
  for (const file of readdirSync(folder)) {
    writeFileSync(join(folder, file), '{"name":"sal');
  }
  expect(await shelf.load('sales v1 day region=West/East')).toBeNull();
});
